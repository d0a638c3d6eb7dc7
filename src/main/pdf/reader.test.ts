import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { qpdf } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { decodeText, isStream, textOf, textString } from './cos.ts';
import { pageGeometry, countPages, getPage, pages } from './pages.ts';
import type { PdfDocument } from './reader.ts';
import { openPdf } from './reader.ts';
import { memorySource, openFileSource, prefixSource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

let kinds: ReadonlyMap<string, Uint8Array>;
let letter: Uint8Array;
beforeAll(async () => {
  kinds = await samples.wellFormed();
  letter = await samples.letter();
});

const open = (bytes: Uint8Array, password?: string) =>
  openPdf(memorySource(bytes), password === undefined ? {} : { password });

/** The content of the first page as the reader sees it. */
function content(document: PdfDocument): string {
  const stream = document.get(getPage(document, 0).dict.get('Contents'));
  return isStream(stream) ? Buffer.from(document.decode(stream)).toString('latin1') : '';
}

describe('opening', () => {
  it.each([
    ['classic table', 'table'],
    ['object streams', 'stream'],
    ['hybrid', 'hybrid'],
  ])('follows the cross-references of: %s', (kind, expected) => {
    const document = open(kinds.get(kind) ?? new Uint8Array(0));
    expect(document.lastXrefKind).toBe(expected);
    expect(document.damage).toBeNull();
    expect(document.encryption).toBeNull();
    expect(countPages(document)).toBeGreaterThan(0);
  });

  it('reads what a hybrid file hides from old readers', () => {
    const document = open(samples.hybrid());
    const resources = document.dict(getPage(document, 0).inherited.get('Resources'));
    const font = document.dict(document.dict(resources?.get('Font'))?.get('F1'));
    expect(document.objectEntry(5)?.type).toBe('compressed');
    expect(font?.get('BaseFont')).toEqual({ kind: 'name', name: 'Helvetica' });
  });

  it('shows what the cross-references say, not the last copy in the file', () => {
    expect(content(open(samples.shadowCopy()))).toContain('PAY 100');
  });

  needs('qpdf')('follows both sections of a linearized file', () => {
    const document = open(qpdf(letter, '--linearize'));
    expect(document.xrefSections).toHaveLength(2);
    expect(countPages(document)).toBe(1);
  });

  it('gives the bytes of objects and the ends of revisions', () => {
    const bytes = samples.classicTable();
    const document = open(bytes);
    const span = document.objectSpan(5);
    const text = Buffer.from(bytes.subarray(span?.offset, span?.end)).toString('latin1');
    expect(text).toMatch(/^5 0 obj\n<<.*>>\nendobj$/s);
    expect(document.xrefSections[0]?.end).toBe(bytes.length);
    expect(document.objectSpan(99)).toBeUndefined();
  });

  it('reads a file by range', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
    const path = join(folder, 'big.pdf');
    samples.writeBigPdf(path, 5);
    const file = openFileSource(path);
    let read = 0;
    const counting = {
      size: file.size,
      read: (offset: number, length: number) => {
        read += length;
        return file.read(offset, length);
      },
    };
    expect(countPages(openPdf(counting))).toBe(5);
    expect(read).toBeLessThan(100_000);
    expect(() => file.read(file.size - 1, 2)).toThrow(RangeError);
    expect(() => prefixSource(file, 10).read(5, 6)).toThrow(RangeError);
    truncateSync(path, 1_000_000);
    expect(() => file.read(file.size - 200_000, 100_000)).toThrow('pdf.truncated');
    file.close();
    rmSync(folder, { recursive: true });
  });
});

describe('encryption', () => {
  const ways: [string, string[]][] = [
    ['AES-256', ['--encrypt', 'user', 'owner', '256', '--']],
    [
      'AES-256 of Acrobat 9',
      ['--allow-weak-crypto', '--encrypt', 'user', 'owner', '256', '--force-R5', '--'],
    ],
    ['AES-128', ['--allow-weak-crypto', '--encrypt', 'user', 'owner', '128', '--use-aes=y', '--']],
    [
      'AES-128, metadata clear',
      ['--allow-weak-crypto', '--encrypt', 'user', 'owner', '128', '--cleartext-metadata', '--'],
    ],
    ['RC4-128', ['--allow-weak-crypto', '--encrypt', 'user', 'owner', '128', '--use-aes=n', '--']],
    ['RC4-40', ['--allow-weak-crypto', '--encrypt', 'user', 'owner', '40', '--']],
  ];

  needs('qpdf').each(ways)('opens %s with either password and no other', (_, options) => {
    const locked = qpdf(letter, ...options);
    const clear = content(open(letter));
    for (const password of ['user', 'owner']) {
      const document = open(locked, password);
      expect(document.encryption?.unlockedBy).toBe(password);
      expect(content(document)).toBe(clear);
      const info = document.dict(document.trailer.get('Info'));
      expect(textOf(info?.get('Title'))).toBe('báo cáo kết quả tổ chức ngày Nhà giáo Việt Nam');
    }
    expect(() => open(locked)).toThrow('pdf.password-needed');
    expect(() => open(locked, 'other')).toThrow('pdf.password-wrong');
  });

  needs('qpdf').each([
    ['AES-256', ['256']],
    ['AES-128', ['128', '--use-aes=y']],
    ['RC4-128', ['128', '--use-aes=n']],
  ])('opens %s with a password in Vietnamese, and as its owner where nobody else needs one', (_, how) => {
    const options = ['--password-mode=bytes', '--allow-weak-crypto', '--encrypt'];
    const lock = (user: string) => qpdf(letter, ...options, user, 'của chủ', ...how, '--');
    const clear = content(open(letter));
    for (const [locked, password, by] of [
      [lock('để mở'), 'để mở', 'user'],
      [lock('để mở'), 'của chủ', 'owner'],
      [lock('của chủ'), 'của chủ', 'owner'],
      [lock(''), 'của chủ', 'owner'],
      [lock(''), 'sai', 'user'],
    ] as const) {
      const document = open(locked, password);
      expect(document.encryption?.unlockedBy).toBe(by);
      expect(content(document)).toBe(clear);
    }
  });

  needs('qpdf')('needs no password where the user password is empty', () => {
    expect(content(open(qpdf(letter, '--encrypt', '', 'owner', '256', '--')))).toBe(content(open(letter)));
  });

  it('names a handler it does not know', () => {
    const trailer = '/Encrypt << /Filter /Adobe.PubSec /V 4 >>';
    const objects = [{ num: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' }];
    expect(() => open(samples.rawPdf(objects, trailer))).toThrow('pdf.unsupported-encryption');
  });
});

describe('bad input', () => {
  it.each([
    ['a DOCX', samples.notAPdf, 'pdf.not-a-pdf'],
    ['nothing', () => new Uint8Array(0), 'pdf.not-a-pdf'],
    ['a download cut short', samples.truncated, 'pdf.truncated'],
    ['a wrong startxref', samples.badStartXref, 'pdf.damaged'],
  ])('is named: %s', (_, make, code) => {
    expect(() => open(make())).toThrow(code);
  });

  it('is marked where readers forgive it', () => {
    expect(open(samples.junkBeforeHeader()).damage).toBe('junk-before-header');
    expect(open(samples.trailingJunk()).damage).toBe('trailing-bytes');
  });

  it('names a page that does not exist', () => {
    expect(() => getPage(open(letter), 7)).toThrow('pdf.no-such-page');
  });
});

describe('pages', () => {
  it('inherit what they do not say themselves', () => {
    const document = open(samples.userUnit());
    const geometry = pageGeometry(document, getPage(document, -1));
    expect(geometry).toEqual({ box: [0, 0, 298, 421], rotate: 0, userUnit: 2 });
  });

  it('show the part of the crop box that lies on the medium', () => {
    const document = open(samples.offsetBoxes(270));
    const geometry = pageGeometry(document, getPage(document, 0));
    expect(geometry).toEqual({ box: [120, 60, 700, 880], rotate: 270, userUnit: 1 });
  });

  it('are walked in order, twelve thousand of them', () => {
    const document = open(samples.manyPages(12_000));
    const all = [...pages(document)];
    expect(all).toHaveLength(12_000);
    const last = document.get(all.at(-1)?.dict.get('Contents'));
    expect(isStream(last) && Buffer.from(document.decode(last)).toString()).toContain('page 12000');
  });
});

describe('text strings', () => {
  it.each(['Quyết định số 12/QĐ', 'plain (with) \\ brackets', ''])('come back as they went: %s', (text) => {
    expect(textOf(textString(text))).toBe(text);
  });

  it('are read in all three encodings', () => {
    expect(decodeText(Buffer.from('\xef\xbb\xbfS\xe1\xbb\x91', 'latin1'))).toBe('Số');
    expect(decodeText(Buffer.from('\xfe\xffS\x00\x00\x31', 'latin1').subarray(0, 2))).toBe('');
    expect(decodeText(Buffer.from('\xa0 \x85 \xe9', 'latin1'))).toBe('€ – é');
  });
});
