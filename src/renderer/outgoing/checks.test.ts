import { describe, expect, it } from 'vitest';
import { checkWords } from './checks.ts';

describe('rows of the checklist', () => {
  it('say what passed without a complaint', () => {
    const check = { rule: 'notation', result: 'pass', params: { notation: 'THPTVD-VP' } } as const;
    expect(checkWords(check, 'vi')).toEqual({ row: 'Ký hiệu: THPTVD-VP', failed: '' });
  });

  it('say what is wrong, and where', () => {
    const check = { rule: 'page-size', result: 'warn', params: { page: 3 } } as const;
    expect(checkWords(check, 'vi').failed).toBe('Trang 3 không phải khổ A4.');
    expect(checkWords(check, 'en').failed).toBe('Page 3 is not A4.');
  });

  it('never vanish, even a rule of a newer desk', () => {
    const check = { rule: 'margins', result: 'block', params: {} } as const;
    expect(checkWords(check, 'en')).toEqual({ row: 'margins', failed: '' });
  });
});
