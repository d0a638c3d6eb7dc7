import { describe, expect, it } from 'vitest';
import { LETTER, writePdf } from '../../../tests/attacks/pdf-text.ts';
import { isDict, ref } from '../pdf/cos.ts';
import { openPdf } from '../pdf/reader.ts';
import { memorySource } from '../pdf/source.ts';
import { signedRange } from './byte-range.ts';
import { isBlank, revisionEndingAt } from '../pdf/revisions.ts';

const BLANKS = '[0 0000000000 0000000000 0000000000]';
const HEX = '<00aBfF>';

interface Place {
  /** What the dictionary holds besides. */
  readonly entries?: string;
  /** Object number the dictionary is looked for in. */
  readonly holder?: number | null;
  /** What stands in the gap. */
  readonly where?: string;
}

/** A letter whose object 7 is a signature dictionary; `range` is given where the hexadecimal string begins and ends. */
function rangeOf(
  range: (from: number, to: number, size: number) => (number | string)[],
  { entries = `/Contents ${HEX}`, holder = 7, where = HEX }: Place = {},
) {
  const file = writePdf({ ...LETTER, 7: `<< /Type /Sig /ByteRange ${BLANKS} ${entries} >>`, 8: '<< >>' });
  const from = file.indexOf(where, undefined, 'latin1');
  const numbers = range(from, from + where.length, file.length);
  file.write(`[${numbers.join(' ')}]`.padEnd(BLANKS.length), file.indexOf(BLANKS), 'latin1');
  const document = openPdf(memorySource(file));
  const signature = document.get(ref(7, 0));
  return signedRange(document, isDict(signature) ? signature : new Map(), holder ?? undefined);
}
const exact = (from: number, to: number, size: number) => [0, from, to, size - to];

describe('a signed range', () => {
  it('leaves out the contents and nothing else', () => {
    expect(rangeOf(exact)).toMatchObject({ contents: Uint8Array.of(0, 0xab, 0xff) });
  });

  it.each<[string, string, Parameters<typeof rangeOf>]>([
    ['of three numbers', 'array', [(a, b) => [0, a, b]]],
    ['of five', 'array', [(a, b, size) => [0, a, b, size - b, 0]]],
    ['of a word', 'array', [(a, b) => [0, a, b, '/A']]],
    ['of a broken number', 'array', [(a, b, size) => [0, a, b + 0.5, size - b]]],
    ['that begins with a word', 'array', [(a, b, size) => ['/A', a, b, size - b]]],
    ['with a word for the gap', 'array', [(_, b, size) => [0, '/A', b, size - b]]],
    ['of no contents', 'array', [exact, { entries: `/Kontents ${HEX}` }]],
    ['that leaves out the start', 'start', [(a, b, size) => [1, a - 1, b, size - b]]],
    ['that signs nothing before', 'bounds', [(_, b, size) => [0, 0, b, size - b]]],
    ['that begins before the file', 'bounds', [(_, b, size) => [0, -5, b, size - b]]],
    ['that goes back', 'bounds', [(a, _, size) => [0, a, a - 4, size - a + 4]]],
    ['without a gap', 'bounds', [(a, _, size) => [0, a, a, size - a]]],
    ['that signs nothing behind', 'bounds', [(a, b) => [0, a, b, 0]]],
    ['that ends before the gap', 'bounds', [(a, b) => [0, a, b, -5]]],
    ['that ends behind the file', 'bounds', [(a, b, size) => [0, a, b, size - b + 1]]],
    ['with a byte too many in the gap', 'gap', [(a, b, size) => [0, a, b + 1, size - b - 1]]],
    ['with a byte too few', 'gap', [(a, b, size) => [0, a, b - 1, size - b + 1]]],
    ['moved to the left', 'gap', [(a, b, size) => [0, a - 1, b - 1, size - b + 1]]],
    ['moved to the right', 'gap', [(a, b, size) => [0, a + 1, b + 1, size - b - 1]]],
    [
      'that does not begin a string',
      'gap',
      [exact, { where: '(00aBfF>', entries: `/A (00aBfF>) /Contents ${HEX}` }],
    ],
    [
      'that does not end a string',
      'gap',
      [exact, { where: '<00aBfF)', entries: `/A (<00aBfF) /Contents ${HEX}` }],
    ],
    ['around another string', 'gap', [exact, { where: '<00aBfE>', entries: `/A <00aBfE> /Contents ${HEX}` }]],
    ['in an object of nobody', 'place', [exact, { holder: null }]],
    ['in an object that is not there', 'place', [exact, { holder: 99 }]],
    ['in front of its object', 'place', [exact, { holder: 8 }]],
    ['behind its object', 'place', [exact, { holder: 3 }]],
  ])('%s is none', (_, fault, wanted) => {
    expect(rangeOf(...wanted)).toBe(fault);
  });
});

describe('the revision a range closes', () => {
  const source = memorySource(Buffer.from('123456\r\n \t\f\0abc\r\n'));
  const revision = { number: 1, start: 0, end: 8, sections: [] };
  const closed = (end: number) => revisionEndingAt(source, [revision], end)?.number;

  it('ends there, give or take a line end, and white space behind', () => {
    expect([8, 7, 6, 5].map(closed)).toEqual([1, 1, 1, undefined]);
    expect([9, 12, 13].map(closed)).toEqual([1, 1, undefined]);
  });

  it('is followed by nothing but white space as PDF knows it, and little of that', () => {
    expect([isBlank(source, 6, 12), isBlank(source, 5, 12), isBlank(source, 12, 12)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isBlank(source, 12, 6)).toBe(true);
    const spaces = memorySource(Buffer.alloc(70_000, ' '));
    expect([isBlank(spaces, 0, 65_536), isBlank(spaces, 0, 65_537)]).toEqual([true, false]);
  });
});
