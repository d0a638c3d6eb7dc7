import { describe, expect, it } from 'vitest';
import { markMatches } from './marks.ts';

const shown = (excerpt: string, query: string) =>
  markMatches(excerpt, query)
    .map(({ text, match }) => (match ? `[${text}]` : text))
    .join('');

describe('markMatches', () => {
  it.each([
    ['Sở Giáo dục và Đào tạo', 'dao tao', 'Sở Giáo dục và [Đào] [tạo]'],
    ['báo cáo số 12/CV', 'Báo 12/CV', '[báo] cáo số [12/CV]'],
    ['Quyết định', 'xyz', 'Quyết định'],
    ['ÁÁÁ', 'aa', '[ÁÁÁ]'],
    ['a.b(c', '.b(', 'a[.b(]c'],
  ])('%j for %j', (excerpt, query, marked) => expect(shown(excerpt, query)).toBe(marked));

  it('keeps every letter, also decomposed ones', () => {
    const excerpt = 'Trường Ví Dụ'.normalize('NFD');
    expect(
      markMatches(excerpt, 'vi du')
        .map(({ text }) => text)
        .join(''),
    ).toBe('Trường Ví Dụ');
  });
});
