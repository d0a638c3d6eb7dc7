import { describe, expect, it } from 'vitest';
import {
  changeKindSchema,
  findingCodeSchema,
  type SignerSummary,
  worstLight,
} from '../domain/verification.ts';
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
    expect(findingSentence(finding, 'vi')).toBe(
      'Chứng thư số đã hết hạn sử dụng. Hiệu lực đến 20/11/2026 00:30:00.',
    );
  });

  it('show what a field said before and after', () => {
    const filled = (from: string) => ({
      kind: 'field-filled' as const,
      params: { field: 'SoVanBan', from, to: '12' },
    });
    expect(changeSentence(filled('11'), 'vi')).toBe('Điền ô SoVanBan: “11” → “12”.');
    expect(changeSentence(filled(''), 'vi')).toBe('Điền “12” vào ô SoVanBan.');
  });

  it('name the signer of a signature that was added, where the file tells', () => {
    const change = { kind: 'signature-added' as const, params: { field: 'KY_2' } };
    const signer = { name: 'Trường THPT Ví Dụ' } as SignerSummary;
    expect(changeSentence(change, 'vi', [{ field: 'KY_2', signer }])).toBe(
      'Thêm chữ ký số của Trường THPT Ví Dụ.',
    );
    expect(changeSentence(change, 'vi', [{ field: 'KY_2', signer: null }])).toBe('Thêm chữ ký KY_2.');
  });

  it('say in words why a file cannot be read', () => {
    const finding = { code: 'document.unreadable' as const, params: { code: 'pdf.truncated' } };
    expect(findingSentence(finding, 'vi')).toMatch(/^Không đọc được tệp\. Tệp PDF bị cắt cụt/);
  });
});

it('the most serious light wins', () => {
  expect(worstLight([])).toBe('good');
  expect(worstLight(['caution', 'unknown', 'good'])).toBe('unknown');
  expect(worstLight(['bad', 'unknown'])).toBe('bad');
});
