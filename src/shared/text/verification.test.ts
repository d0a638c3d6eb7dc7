import { describe, expect, it } from 'vitest';
import { changeKindSchema, findingCodeSchema, worstLight } from '../domain/verification.ts';
import { changeSentence, changeTexts, findingSentence, findingTexts } from './verification.ts';

const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

describe('verification sentences', () => {
  it.each(Object.entries({ ...findingTexts, ...changeTexts }))(
    '%s says the same things in both languages',
    (_, text) => {
      expect(text.vi).toMatch(/\.$/);
      expect(text.en).toMatch(/\.$/);
      expect(text.vi).toBe(text.vi.normalize('NFC'));
      expect(places(text.vi)).toEqual(places(text.en));
    },
  );

  it('cover every code', () => {
    expect(Object.keys(findingTexts).sort()).toEqual([...findingCodeSchema.options].sort());
    expect(Object.keys(changeTexts).sort()).toEqual([...changeKindSchema.options].sort());
  });

  it('show times as Vietnamese local time', () => {
    const finding = {
      code: 'validity.expired' as const,
      params: { notAfterAt: Date.UTC(2026, 10, 19, 17, 30) },
    };
    expect(findingSentence(finding, 'vi')).toBe('Chứng thư số đã hết hạn sử dụng (từ 20/11/2026 00:30:00).');
  });

  it('show what a field said before and after', () => {
    const change = { kind: 'field-filled' as const, params: { field: 'SoVanBan', from: '', to: '12' } };
    expect(changeSentence(change, 'vi')).toBe('Điền ô SoVanBan: “” → “12”.');
  });
});

it('the most serious light wins', () => {
  expect(worstLight([])).toBe('good');
  expect(worstLight(['caution', 'unknown', 'good'])).toBe('unknown');
  expect(worstLight(['bad', 'unknown'])).toBe('bad');
});
