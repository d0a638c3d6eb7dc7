import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFileName, safeFileName } from './file-name.ts';

describe('a name for a file', () => {
  it.each(['Công văn 12.pdf', 'a', '.env', 'a.b.c', 'console.pdf', 'com10', 'b  c.pdf', 'ệ'.repeat(255)])(
    'may be %j',
    (name) => {
      expect(isFileName(name)).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    '..',
    'CON',
    'con.pdf',
    'Aux .txt',
    'NUL.tar.gz',
    'COM1',
    'lpt²',
    'conin$',
    'a.',
    'b ',
    'c:d',
    'a/b',
    'a\\b',
    'a?',
    'tab\t.pdf',
    'fdp.\u202exe',
    'x'.repeat(300),
    '\ud800.pdf',
  ])('is not %j', (name) => {
    expect(isFileName(name)).toBe(false);
  });
});

describe('a name made safe', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\x\\CON.pdf', '_CON.pdf'],
    ['a.', 'a'],
    ['b ', 'b'],
    ['c:d', 'cd'],
    ['fdp.\u202exe', 'fdp.xe'],
    ['...', 'tep-dinh-kem'],
    ['Aux .txt', '_Aux.txt'],
  ])('%j is %j', (name, safe) => {
    expect(safeFileName(name, new Set())).toBe(safe);
  });

  it('keeps the ending of a long one', () => {
    const safe = safeFileName(`${'ệ'.repeat(300)}.pdf`, new Set());
    expect(safe.length).toBeLessThanOrEqual(150);
    expect(safe).toMatch(/ệ\.pdf$/);
  });

  it('is one that any disk takes, and stands once, whatever the case', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('CON', 'a.', 'A', 'com¹.x', '.con'));
    fc.assert(
      fc.property(fc.array(text), (names) => {
        const taken = new Set<string>();
        const safe = names.map((name) => safeFileName(name, taken));
        expect(safe.filter((name) => !isFileName(name))).toEqual([]);
        expect(taken.size).toBe(names.length);
      }),
    );
  });
});
