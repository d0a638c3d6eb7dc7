import { describe, expect, it } from 'vitest';
import { errorSentence, errorTexts } from './index.ts';

const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

describe('error catalogue', () => {
  it.each(Object.entries(errorTexts))('%s says the same things in both languages', (_, text) => {
    expect(text.vi).toMatch(/[.…]$/);
    expect(text.en).toMatch(/[.…]$/);
    expect(text.vi).toBe(text.vi.normalize('NFC'));
    expect(places(text.vi)).toEqual(places(text.en));
  });

  it('fills places', () => {
    expect(errorSentence('host.bad-request', { field: 'subject' }, 'en')).toContain('at subject');
  });
});
