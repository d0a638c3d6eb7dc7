/** Objects and whole files in general: what is written is read back, whatever the structure around it. */
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDict, isRef, isStream } from '../../src/main/pdf/cos.ts';
import type { CosObject } from '../../src/main/pdf/cos.ts';
import { bytesString, dict, name, ref } from '../../src/main/pdf/cos.ts';
import { Lexer } from '../../src/main/pdf/lexer.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import type { PdfDocument } from '../../src/main/pdf/reader.ts';
import { formatClear } from '../../src/main/pdf/serialize.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { revisionsOf } from '../../src/main/pdf/revisions.ts';
import { DeskError, isErrorCode } from '../../src/shared/errors/index.ts';

/** The same values in every run. */
const seed = { seed: 20_261_126, endOnFailure: true };
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const bytes = fc.uint8Array({ maxLength: 40 });
const names = fc.uint8Array({ maxLength: 20 }).map((octets) => Buffer.from(octets).toString('latin1'));
const numbers = fc.oneof(
  fc.integer({ min: -999_999_999, max: 999_999_999 }),
  fc.integer({ min: -99_999_999, max: 99_999_999 }).map((n) => n / 1000),
);
const objects: fc.Arbitrary<CosObject> = fc.letrec<{ object: CosObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    numbers,
    fc.boolean(),
    names.map(name),
    bytes.map(bytesString),
    fc.tuple(fc.integer({ min: 1, max: 8_388_607 }), fc.nat(65_535)).map(([num, gen]) => ref(num, gen)),
    fc.array(fc.oneof(fc.constant(null), tie('object')), { maxLength: 6 }),
    fc.dictionary(names, tie('object'), { maxKeys: 6, noNullPrototype: true }).map(dict),
  ),
})).object;

const written = (object: CosObject): string =>
  formatClear(new Map([['O', object]])).slice(3 + '/O '.length, -3);
const comparable = (object: CosObject): unknown =>
  isStream(object) ? { ...object, raw: Buffer.from(object.raw()).toString('hex') } : object;

describe('any object', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const lexer = new Lexer(latin1(`${written(object)} `));
        expect(lexer.object()).toEqual(object);
      }),
      { ...seed, numRuns: 1000 },
    );
  });

  it('means the same with comments and white space between its tokens (ISO 32000-2, 7.2.3)', () => {
    const gaps = fc.constantFrom(' ', '\r\n', '\t\0', '%x\n', ' %(<[\r', '\f%\r\n ');
    const simple = fc.array(fc.oneof(fc.nat(999), fc.constantFrom(name('A'), true, null, ref(7, 0))), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(simple, fc.infiniteStream(gaps), (list, stream) => {
        const gap = () => stream.next().value ?? ' ';
        const spaced = written(list)
          .replace(/ /g, () => gap())
          .replace('[', () => `[${gap()}`);
        expect(new Lexer(latin1(`${spaced} `)).object()).toEqual(list);
      }),
      { ...seed, numRuns: 500 },
    );
  });

  it('cut anywhere is refused by name or is another object, and tells that it ran out', () => {
    fc.assert(
      fc.property(objects, fc.nat(), (object, at) => {
        const text = written(object);
        const lexer = new Lexer(latin1(text.slice(0, at % (text.length + 1))));
        try {
          lexer.object();
        } catch (error) {
          expect(error).toBeInstanceOf(DeskError);
        }
        expect(lexer.ranOut || lexer.pos <= text.length).toBe(true);
      }),
      { ...seed, numRuns: 1000 },
    );
  });
});

/** What one revision does: objects put, and objects freed; null frees. */
interface Revision {
  readonly kind: 'table' | 'stream' | 'hybrid';
  readonly put: ReadonlyMap<number, CosObject | Uint8Array>;
  readonly free: readonly number[];
  /** Objects that are no streams stand in an object stream, where the kind allows it. */
  readonly packed: boolean;
}

const FIRST_FREE_NUMBER = 10;
const someNumber = fc.integer({ min: FIRST_FREE_NUMBER, max: 30 });
const revisions: fc.Arbitrary<Revision> = fc.record({
  kind: fc.constantFrom('table', 'stream', 'hybrid'),
  put: fc
    .array(
      fc.tuple(
        someNumber,
        fc.oneof(
          objects.filter((object) => object !== null && !isRef(object)),
          bytes,
        ),
      ),
      { maxLength: 8 },
    )
    .map((list) => new Map(list)),
  free: fc.uniqueArray(someNumber, { maxLength: 3 }),
  packed: fc.boolean(),
});

const BASE: Record<number, string> = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
};

/** A writer of its own for the tests: revisions of any kind, one behind the other (7.5.4, 7.5.7, 7.5.8). */
class Writer {
  bytes = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  private previous = -1;
  private next = 100;

  add({ kind, put, free, packed }: Revision, base: Readonly<Record<number, string>> = {}): void {
    const plain = new Map<number, number>();
    const hidden = new Map<number, [container: number, index: number]>();
    const write = (num: number, body: Buffer): void => {
      plain.set(num, this.bytes.length);
      this.bytes = Buffer.concat([this.bytes, latin1(`${num} 0 obj\n`), body, latin1('\nendobj\n')]);
    };
    const streamBody = (entries: string, data: Uint8Array): Buffer =>
      Buffer.concat([
        latin1(`<< ${entries} /Length ${data.length} >>\nstream\n`),
        data,
        latin1('\nendstream'),
      ]);
    for (const [num, body] of Object.entries(base)) write(Number(num), latin1(body));
    const waiting: [number, CosObject][] = [];
    for (const [num, object] of put) {
      if (object instanceof Uint8Array) write(num, streamBody('', object));
      else if (packed && kind !== 'table') waiting.push([num, object]);
      else write(num, latin1(written(object)));
    }
    if (waiting.length > 0) {
      const bodies = waiting.map(([, object]) => `${written(object)} `);
      let at = 0;
      const head = waiting.map(([num], i) => {
        const entry = `${num} ${at}`;
        at += bodies[i]!.length;
        return entry;
      });
      const first = `${head.join(' ')} `;
      const data = deflateSync(latin1(first + bodies.join('')));
      const container = this.next++;
      write(
        container,
        streamBody(`/Type /ObjStm /N ${waiting.length} /First ${first.length} /Filter /FlateDecode`, data),
      );
      waiting.forEach(([num], index) => hidden.set(num, [container, index]));
    }
    const freed = free.filter((num) => !put.has(num));
    if (kind === 'stream') this.streamSection(plain, hidden, freed, streamBody);
    else this.tableSection(plain, hidden, freed, kind === 'hybrid', streamBody);
  }

  private rows(entries: readonly (readonly [number, readonly number[]])[]): { index: string; data: Buffer } {
    const sorted = entries.toSorted(([a], [b]) => a - b);
    const row = ([type = 0, second = 0, third = 0]: readonly number[]) => {
      const line = Buffer.alloc(7);
      line.writeUInt8(type, 0);
      line.writeUInt32BE(second, 1);
      line.writeUInt16BE(third, 5);
      return line;
    };
    return {
      index: sorted.map(([num]) => `${num} 1`).join(' '),
      data: Buffer.concat(sorted.map(([, r]) => row(r))),
    };
  }

  private streamSection(
    plain: Map<number, number>,
    hidden: Map<number, [number, number]>,
    freed: readonly number[],
    body: (entries: string, data: Uint8Array) => Buffer,
  ): void {
    const num = this.next++;
    const offset = this.bytes.length;
    const { index, data } = this.rows([
      ...[...plain, [num, offset] as const].map(([n, at]) => [n, [1, at, 0]] as const),
      ...[...hidden].map(([n, [container, i]]) => [n, [2, container, i]] as const),
      ...freed.map((n) => [n, [0, 0, 1]] as const),
    ]);
    const entries = `/Type /XRef /W [1 4 2] /Index [${index}] ${this.trailer()} /Filter /FlateDecode`;
    this.bytes = Buffer.concat([
      this.bytes,
      latin1(`${num} 0 obj\n`),
      body(entries, deflateSync(data)),
      latin1(`\nendobj\nstartxref\n${offset}\n%%EOF\n`),
    ]);
    this.previous = offset;
  }

  private tableSection(
    plain: Map<number, number>,
    hidden: Map<number, [number, number]>,
    freed: readonly number[],
    isHybrid: boolean,
    body: (entries: string, data: Uint8Array) => Buffer,
  ): void {
    let extra = '';
    if (isHybrid) {
      const num = this.next++;
      const at = this.bytes.length;
      const { index, data } = this.rows([...hidden].map(([n, [c, i]]) => [n, [2, c, i]] as const));
      this.bytes = Buffer.concat([
        this.bytes,
        latin1(`${num} 0 obj\n`),
        body(`/Type /XRef /W [1 4 2] /Index [${index}] /Size 1000`, data),
        latin1('\nendobj\n'),
      ]);
      plain.set(num, at);
      extra = `/XRefStm ${at}`;
    }
    const offset = this.bytes.length;
    const line = (at: number, gen: number, type: string) =>
      `${String(at).padStart(10, '0')} ${String(gen).padStart(5, '0')} ${type} \n`;
    const lines = [
      ...[...plain].map(([n, at]) => [n, line(at, 0, 'n')] as const),
      ...[...freed, ...hidden.keys()].map((n) => [n, line(0, 1, 'f')] as const),
    ].toSorted(([a], [b]) => a - b);
    const table = lines.map(([n, text]) => `${n} 1\n${text}`).join('');
    const tail = `xref\n${table}trailer\n<< ${this.trailer()} ${extra} >>\nstartxref\n${offset}\n%%EOF\n`;
    this.bytes = Buffer.concat([this.bytes, latin1(tail)]);
    this.previous = offset;
  }

  private trailer(): string {
    return `/Size 1000 /Root 1 0 R ${this.previous < 0 ? '' : `/Prev ${this.previous}`}`;
  }
}

/** What a reader must see after these revisions. */
function model(all: readonly Revision[]): Map<number, CosObject | Uint8Array> {
  const state = new Map<number, CosObject | Uint8Array>();
  for (const { put, free } of all) {
    for (const num of free) state.delete(num);
    for (const [num, object] of put) state.set(num, object);
  }
  return state;
}

function expectState(document: PdfDocument, state: Map<number, CosObject | Uint8Array>): void {
  for (let num = FIRST_FREE_NUMBER; num <= 30; num++) {
    const wanted = state.get(num) ?? null;
    const found = document.get(ref(num));
    if (wanted instanceof Uint8Array)
      expect(isStream(found) && Buffer.from(found.raw()).toString('hex')).toBe(
        Buffer.from(wanted).toString('hex'),
      );
    else expect(comparable(found)).toEqual(wanted);
  }
}

function fileOf(all: readonly Revision[]): { bytes: Buffer; ends: number[] } {
  const writer = new Writer();
  const ends: number[] = [];
  all.forEach((revision, i) => {
    writer.add(revision, i === 0 ? BASE : {});
    ends.push(writer.bytes.length);
  });
  return { bytes: writer.bytes, ends };
}

const histories = fc.array(revisions, { minLength: 1, maxLength: 6 });

describe('a file of any revisions, by tables, streams and both', () => {
  it('holds what the last of them says, and each of them closes where it ends', () => {
    fc.assert(
      fc.property(histories, (all) => {
        const { bytes: file, ends } = fileOf(all);
        const document = openPdf(memorySource(file));
        expectState(document, model(all));
        expect(revisionsOf(document).map(({ end }) => end)).toEqual(ends);
        ends.forEach((end, i) => {
          expectState(openPdf(memorySource(file.subarray(0, end))), model(all.slice(0, i + 1)));
        });
      }),
      { ...seed, numRuns: 150 },
    );
  });

  it('cut anywhere is refused by name, or is one of its own revisions', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (all, at) => {
        const { bytes: file, ends } = fileOf(all);
        const cut = at % file.length;
        try {
          const document = openPdf(memorySource(file.subarray(0, cut)));
          const number = ends.findLastIndex((end) => end <= cut + 1);
          expectState(document, model(all.slice(0, number + 1)));
        } catch (error) {
          expect(error).toBeInstanceOf(DeskError);
          expect(isErrorCode((error as DeskError).code)).toBe(true);
        }
      }),
      { ...seed, numRuns: 300 },
    );
  });

  it('with any bytes exchanged makes nothing but errors with a sentence', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(histories, edits, (all, list) => {
        const { bytes: file } = fileOf(all);
        for (const [at, byte] of list) file[at % file.length] = byte;
        try {
          const document = openPdf(memorySource(file));
          for (let num = 1; num <= 30; num++) {
            const object = document.get(ref(num));
            if (isStream(object)) document.decode(object);
            if (isDict(object)) document.get(object.get('Kids'));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DeskError);
        }
      }),
      { ...seed, numRuns: 500 },
    );
  });
});
