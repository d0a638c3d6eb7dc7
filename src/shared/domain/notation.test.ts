import { describe, expect, it } from 'vitest';
import { documentKinds, kindById } from './kinds.ts';
import { codeKey, notationFor, parseCode, showCode, writeNumber } from './notation.ts';

describe('document codes', () => {
  it.each([
    ['12/CV-THPTVD', '12', 'CV-THPTVD'],
    ['2700 /SGDĐT-VP', '2700', 'SGDĐT-VP'],
    ['30/2020/NĐ-CP', '30', '2020/NĐ-CP'],
    ['20/2023/QH15', '20', '2023/QH15'],
    ['12-NQ/ĐU', '12', 'NQ/ĐU'],
    ['19130-CV/VPTW', '19130', 'CV/VPTW'],
    ['05/QÐ-THPTVD', '05', 'QĐ-THPTVD'],
  ])('reads %s', (text, number, notation) => {
    expect(parseCode(text)).toEqual({ number, notation });
  });
  it.each(['', 'không số', '12', '/CV', 'a/b', '12/'])('does not read %s', (text) => {
    expect(parseCode(text)).toBeUndefined();
  });
  it('writes back what it read', () => {
    for (const text of ['12/CV-THPTVD', '30/2020/NĐ-CP', '12-NQ/ĐU']) {
      const code = parseCode(text)!;
      expect(showCode(code.number, code.notation)).toBe(text);
    }
  });
  it('knows two spellings of one code, and keeps HD and HĐ apart', () => {
    expect(codeKey('05 / QÐ-THPTVD')).toBe(codeKey('5/QĐ-thptvd'));
    expect(codeKey('5/HD-A')).not.toBe(codeKey('5/HĐ-A'));
  });
  it('makes notations by kind', () => {
    expect(documentKinds).toHaveLength(29);
    expect(notationFor(kindById('QD')!, 'THPTVD', 'VP')).toBe('QĐ-THPTVD');
    expect(notationFor(kindById('CV')!, 'THPTVD', 'VP')).toBe('THPTVD-VP');
    expect(notationFor(kindById('CV')!, 'THPTVD', '')).toBe('THPTVD');
    expect(writeNumber(7)).toBe('07');
    expect(writeNumber(1204)).toBe('1204');
  });
});
