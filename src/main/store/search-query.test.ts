import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { foldForSearch } from '../../shared/text/fold.ts';
import { ftsQuery, searchTerms } from './search-query.ts';

const texts = [
  'Số 12/CV-THPTVD báo cáo số liệu đầu năm học',
  'Số 120/QĐ-SGDĐT điều động giáo viên; hướng dẫn "mới" 100%',
  'Hợp đồng lao động NEAR(a b) col:x',
];

/** Row numbers found in a real index made as the store makes it. */
function find(query: string): number[] {
  const tables = new Database(':memory:');
  tables.exec(
    `CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3')`,
  );
  for (const text of texts) tables.prepare('INSERT INTO t VALUES (?)').run(foldForSearch(text));
  const match = ftsQuery(query);
  if (match === undefined) return [];
  const rows = tables.prepare('SELECT rowid AS id FROM t WHERE t MATCH ? ORDER BY rowid').all(match);
  return (rows as { id: number }[]).map(({ id }) => id);
}

describe('search', () => {
  it.each([
    ['bao cao', [1]],
    ['BÁO CÁO', [1]],
    ['báo', [1]],
    ['hop dong lao dong', [3]],
    ['đống', [2, 3]],
    ['12/CV-THPTVD', [1]],
    ['12/cv-thpt', [1]],
    ['12', [1]],
    ['12/', [1]],
    ['120', [2]],
    ['cao bao', [1]],
    ['"cao bao"', []],
    ['"so lieu dau"', [1]],
    ['"so lieu da"', []],
    ['"so lieu', [1]],
    ['SGDĐT giao vien', [2]],
    ['giao vien lao dong', []],
    ['', []],
    ['…', []],
  ])('%j finds %j', (query, rows) => {
    expect(find(query)).toEqual(rows);
  });

  it.each([
    '"',
    '"""',
    '*',
    'a* OR b',
    'NEAR(a b)',
    'x:y',
    '-a',
    '^a',
    'a AND',
    '(',
    '{a b}: c',
    'NOT',
    '\0',
    "'; DROP",
  ])('takes %j as words, never as syntax', (query) => {
    expect(() => find(query)).not.toThrow();
  });

  it('looks at a bounded number of words', () => {
    expect(searchTerms('tu '.repeat(1000))).toHaveLength(16);
  });
});
