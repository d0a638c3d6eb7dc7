/** DER as values in general: what is written is read back, BER becomes the same DER, everything else is refused. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseBer } from '../../src/main/asn1/ber.ts';
import {
  children,
  DerError,
  readBoolean,
  readDer,
  readInteger,
  readOid,
  readText,
  readTime,
} from '../../src/main/asn1/der.ts';
import type { Der } from '../../src/main/asn1/der.ts';
import * as write from '../../src/main/asn1/der-write.ts';

/** The same values in every run. */
const seed = { seed: 20_261_126, endOnFailure: true };

interface Value {
  readonly tag: number;
  readonly content: Uint8Array | readonly Value[];
}

const primitive = fc.record({
  tag: fc.constantFrom(0x01, 0x02, 0x04, 0x05, 0x0c, 0x17, 0x80, 0x81, 0x9e),
  content: fc.uint8Array({ maxLength: 300 }),
});
const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    primitive,
    fc.record({
      tag: fc.constantFrom(0x30, 0x31, 0xa0, 0xa3),
      content: fc.array(tie('value'), { maxLength: 5 }),
    }),
  ),
})).value;
const constructed = values.filter(({ content }) => !(content instanceof Uint8Array));

const der = ({ tag, content }: Value): Uint8Array =>
  content instanceof Uint8Array ? write.encode(tag, content) : write.encode(tag, ...content.map(der));

/** The same value in another of BER's many forms (X.690, 8.1.3.6 and 8.7.3), decided by `choices`. */
function ber({ tag, content }: Value, choices: Iterator<number>): Uint8Array {
  const choice = choices.next().value ?? 0;
  if (content instanceof Uint8Array) {
    if (tag !== 0x04 || choice % 3 === 0) return write.encode(tag, content);
    const cut = choice % (content.length + 1);
    const pieces = [content.subarray(0, cut), content.subarray(cut)].map((piece) =>
      write.encode(0x04, piece),
    );
    return choice % 3 === 1 ? write.encode(0x24, ...pieces) : endless(0x24, pieces);
  }
  const parts = content.map((part) => ber(part, choices));
  return choice % 2 === 0 ? write.encode(tag, ...parts) : endless(tag, parts);
}
const endless = (tag: number, parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.of(tag, 0x80), ...parts, Buffer.of(0, 0)]);

function read(node: Der): Value {
  const isConstructed = (node.tag & 0x20) !== 0;
  return { tag: node.tag, content: isConstructed ? children(node).map(read) : Uint8Array.from(node.content) };
}

const refused = (act: () => unknown): void => expect(act).toThrow(DerError);

describe('any value', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(read(readDer(der(value)))).toEqual(value);
      }),
      { ...seed, numRuns: 300 },
    );
  });

  it('in any BER form becomes the one DER form', () => {
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat(1000)), (value, choices) => {
        const input = ber(value, choices[Symbol.iterator]());
        const { der: whole, length } = normaliseBer(input);
        expect(length).toBe(input.length);
        expect(Buffer.compare(whole, der(value))).toBe(0);
      }),
      { ...seed, numRuns: 300 },
    );
  });

  it('is refused when it is cut anywhere, and never read beyond its end', () => {
    fc.assert(
      fc.property(constructed, fc.nat(), (value, at) => {
        const bytes = der(value);
        const cut = bytes.subarray(0, at % bytes.length);
        refused(() => readDer(cut));
        refused(() => normaliseBer(cut));
        // Of a larger buffer, as of a file read by range, nothing behind the view counts.
        refused(() => readDer(Buffer.concat([cut, bytes]).subarray(0, cut.length)));
      }),
      { ...seed, numRuns: 300 },
    );
  });

  it('is refused with a length longer than it must be, or than there is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (content, octets) => {
        const padded = Buffer.concat([Buffer.of(0x04, 0x80 | octets), Buffer.alloc(octets), content]);
        padded.writeUInt8(content.length, 1 + octets);
        if (content.length >= 0x80 && octets === 1)
          expect(readDer(padded).content).toHaveLength(content.length);
        else refused(() => readDer(padded));
        const long = Buffer.from(write.encode(0x04, content));
        long[1] = Math.max(long[1]! + 1, 0x85);
        refused(() => readDer(long));
      }),
      { ...seed, numRuns: 300 },
    );
  });

  it('of any depth ends in an answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.boolean(), (depth, isEndless) => {
        const bytes = isEndless ? Buffer.alloc(depth * 2, '3080', 'hex') : Buffer.alloc(depth, 0x30);
        refused(() => normaliseBer(bytes));
        refused(() => readDer(bytes));
      }),
      { ...seed, numRuns: 50 },
    );
  });
});

describe('values of a type come back', () => {
  const everyMs = fc
    .integer({ min: Date.UTC(1950, 0), max: Date.UTC(9999, 11, 31) / 1000 })
    .map((s) => s * 1000);
  const arcs = fc.tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.nat(39),
    fc.array(fc.bigInt(0n, 2n ** 96n), { maxLength: 8 }),
  );
  it('numbers, object identifiers, times, booleans, texts', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 200n), 2n ** 200n),
        arcs,
        everyMs,
        fc.boolean(),
        fc.string({ unit: 'grapheme' }),
        (number, [first, second, rest], ms, truth, text) => {
          expect(readInteger(readDer(write.integer(number)))).toBe(number);
          const dotted = [first, second, ...rest].join('.');
          expect(readOid(readDer(write.oid(dotted)))).toBe(dotted);
          if (ms >= Date.UTC(1950, 0)) expect(readTime(readDer(write.time(ms)))).toBe(ms);
          expect(readBoolean(readDer(write.boolean(truth)))).toBe(truth);
          expect(readText(readDer(write.utf8String(text)))).toBe(text.normalize('NFC'));
        },
      ),
      { ...seed, numRuns: 1000 },
    );
  });
});
