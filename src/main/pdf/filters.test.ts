import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { qpdf } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import type { CosObject } from './cos.ts';
import { dict, name } from './cos.ts';
import { decodeStream } from './filters.ts';
import { needs } from '../../../tests/needs.ts';

const decode = (filter: CosObject, data: Uint8Array, parms?: CosObject) =>
  Buffer.from(decodeStream(dict({ Filter: filter, DecodeParms: parms }), data, (o) => o ?? null));
const text = (content: string) => Buffer.from(content, 'latin1');

describe('stream filters', () => {
  it('undo the example of ISO 32000-2, 7.4.4.2', () => {
    const packed = Buffer.from('800b6050220c0c8501', 'hex');
    expect(decode(name('LZWDecode'), packed).toString('latin1')).toBe('-----A---B');
  });

  needs('qpdf')('undo LZW codes of every width', () => {
    const plain = Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * i * 7 + (i >> 3)) & 255));
    const packed = lzw(plain);
    expect(decode(name('LZWDecode'), packed)).toEqual(plain);
    const body = '<< /Filter /LZWDecode >>';
    const pdf = samples.rawPdf([
      { num: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
      { num: 2, body: '<< /Type /Pages /Kids [] /Count 0 /Extra 3 0 R >>' },
      { num: 3, body, data: packed },
    ]);
    expect(Buffer.from(qpdf(pdf, '--stream-data=uncompress')).includes(plain)).toBe(true);
  });

  it('undo ASCII85, with z and a short last group', () => {
    expect(decode(name('ASCII85Decode'), text('87cUR\nD]i,"Ebo80~>')).toString()).toBe('Hello World!');
    expect(decode(name('A85'), text('z87c~>'))).toEqual(Buffer.from([0, 0, 0, 0, 72, 101]));
    expect(() => decode(name('A85'), text('87cU\x7f~>'))).toThrow('pdf.damaged');
    expect(() => decode(name('A85'), text('uuuuu~>'))).toThrow('pdf.damaged');
  });

  it('undo ASCIIHex, with an odd last digit', () => {
    expect(decode(name('ASCIIHexDecode'), text('48 65 6C6c 6F7>')).toString()).toBe('Hellop');
    expect(() => decode(name('AHx'), text('4x>'))).toThrow('pdf.damaged');
  });

  it('undo run lengths', () => {
    const packed = Uint8Array.of(2, 65, 66, 67, 254, 68, 128, 99);
    expect(decode(name('RunLengthDecode'), packed).toString()).toBe('ABCDDD');
  });

  it('are undone in the order given, parameters beside them', () => {
    const packed = text(`${deflateSync(Buffer.of(2, 1, 1, 2, 1, 1)).toString('hex')}>`);
    const parms = [null, dict({ Predictor: 12, Columns: 2 })];
    expect([...decode([name('AHx'), name('Fl')], packed, parms)]).toEqual([1, 1, 2, 2]);
  });

  it('undo each PNG predictor and the TIFF one', () => {
    const rows = [
      [0, 10, 20, 30],
      [1, 1, 1, 1],
      [2, 1, 1, 1],
      [3, 10, 10, 10],
      [4, 5, 5, 5],
    ];
    const parms = dict({ Predictor: 15, Columns: 3 });
    expect([...decode(name('FlateDecode'), deflateSync(Buffer.from(rows.flat())), parms)]).toEqual([
      10, 20, 30, 1, 2, 3, 2, 3, 4, 11, 17, 20, 16, 22, 27,
    ]);
    const tiff = dict({ Predictor: 2, Columns: 2, Colors: 2 });
    const packed = deflateSync(Buffer.of(1, 2, 3, 4, 5, 6, 7, 8));
    expect([...decode(name('FlateDecode'), packed, tiff)]).toEqual([1, 2, 4, 6, 5, 6, 12, 14]);
  });
});

/** LZW as 7.4.4.2 describes it, early change included. */
function lzw(plain: Uint8Array): Uint8Array {
  let bits = '';
  let table = new Map<string, number>();
  let width = 9;
  const emit = (symbol: number) => (bits += symbol.toString(2).padStart(width, '0'));
  const reset = () => {
    emit(256);
    table = new Map(Array.from({ length: 256 }, (_, i) => [String.fromCharCode(i), i]));
    width = 9;
  };
  reset();
  let held = '';
  let next = 258;
  for (const byte of plain) {
    const longer = held + String.fromCharCode(byte);
    if (table.has(longer)) {
      held = longer;
      continue;
    }
    emit(table.get(held) ?? 0);
    table.set(longer, next++);
    if (next === 4094) {
      reset();
      next = 258;
    } else width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
    held = String.fromCharCode(byte);
  }
  emit(table.get(held) ?? 0);
  next++;
  width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
  emit(257);
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (group) => parseInt(group.padEnd(8, '0'), 2));
}
