import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealPng, signaturePng } from '../../../tests/fixtures/pdf/images.ts';
import {
  pdfsigVerdicts,
  pdfToText,
  qpdf,
  qpdfComplaints,
  renderPage,
  throwawaySigner,
} from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import type { Appearance } from './appearance.ts';
import { imageAppearance } from './appearance.ts';
import { textOf } from './cos.ts';
import { listFields, signatureOf } from './form.ts';
import { mmToPt } from './geometry.ts';
import { openPdf } from './reader.ts';
import type { SignatureRequest } from './signature-field.ts';
import { embedSignature, prepareSignature } from './signature-field.ts';
import { memorySource, prefixSource } from './source.ts';
import { needs } from '../../../tests/needs.ts';

needs('openssl', 'pdfsig', 'pdftotext', 'qpdf');

const TIME = new Date('2026-11-20T09:04:05Z');
let cms: (signedBytes: Uint8Array) => Uint8Array;
let seal: Appearance;
let handwriting: Appearance;
let kinds: ReadonlyMap<string, Uint8Array>;

beforeAll(async () => {
  cms = throwawaySigner();
  seal = await imageAppearance(sealPng(), mmToPt(36), mmToPt(36));
  handwriting = await imageAppearance(signaturePng(), 120, 60);
  kinds = await samples.wellFormed();
});

const open = (bytes: Uint8Array, password?: string) =>
  openPdf(memorySource(bytes), password === undefined ? {} : { password });

function request(entries: Partial<SignatureRequest> = {}): SignatureRequest {
  const box = { x: 100, y: 300, width: 120, height: 60 };
  return {
    target: { kind: 'new', page: 0, box },
    subFilter: 'ETSI.CAdES.detached',
    appearance: handwriting,
    signingTime: TIME,
    contentsBytes: 4096,
    ...entries,
  };
}

function sign(bytes: Uint8Array, wanted: SignatureRequest, password?: string): Uint8Array {
  const prepared = prepareSignature(open(bytes, password), wanted);
  const whole = Buffer.concat([bytes, prepared.tail]);
  const [, a, b, c] = prepared.byteRange;
  const signed = Buffer.concat([whole.subarray(0, a), whole.subarray(b, b + c)]);
  expect(whole[a]).toBe(0x3c);
  expect(whole[b - 1]).toBe(0x3e);
  expect(b + c).toBe(whole.length);
  expect(createHash('sha256').update(signed).digest()).toEqual(Buffer.from(prepared.digest));
  return Buffer.concat([bytes, embedSignature(prepared, cms(signed))]);
}

/** Three signatures in sequence, each the original as its prefix, all valid for poppler. */
function signThrice(original: Uint8Array, password?: string): Uint8Array {
  let bytes = original;
  const boxes = [
    { appearance: handwriting, x: 60, width: 120, height: 60 },
    { appearance: seal, x: 30, width: mmToPt(36), height: mmToPt(36) },
    { appearance: handwriting, x: 220, width: 120, height: 60 },
  ];
  for (const { appearance, ...box } of boxes) {
    const target = { kind: 'new', page: 0, box: { ...box, y: 150 } } as const;
    const next = sign(bytes, request({ target, appearance }), password);
    expect(Buffer.compare(next.subarray(0, bytes.length), bytes)).toBe(0);
    bytes = next;
  }
  return bytes;
}

function isRed(rgb: Uint8Array, at: number): boolean {
  const [r = 0, g = 0, b = 0] = rgb.subarray(at, at + 3);
  return r > 150 && g < 90 && b < 90;
}
const existing = (name: string) => ({ kind: 'existing', name }) as const;
const VALID = 'Signature is Valid.';

describe('three signatures in sequence', () => {
  it.each([
    'classic table',
    'letter',
    'object streams',
    'hybrid',
    'boxes at an offset',
    'turned by 90',
    'turned by 180',
    'turned by 270',
    'UserUnit',
    'form of a library',
    'indirect form',
    'shadow copy',
  ])('stay valid on: %s', (kind) => {
    const signed = signThrice(kinds.get(kind)!);
    expect(pdfsigVerdicts(signed)).toEqual([VALID, VALID, VALID]);
    expect(qpdfComplaints(signed)).toBe('');
    const document = open(signed);
    expect(document.xrefSections.slice(0, 3).map((s) => s.kind)).toEqual(
      Array(3).fill(kind === 'object streams' ? 'stream' : 'table'),
    );
  });

  it.each([
    ['linearized', ['--linearize']],
    ['linearized with object streams', ['--linearize', '--object-streams=generate']],
    ['object streams of qpdf', ['--object-streams=generate']],
    ['AES-256', ['--encrypt', '', 'owner', '256', '--']],
    ['AES-256 with object streams', ['--object-streams=generate', '--encrypt', '', 'o', '256', '--']],
    ['AES-128', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--']],
    ['RC4-128', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--']],
    ['RC4-40', ['--allow-weak-crypto', '--encrypt', '', 'owner', '40', '--']],
  ])('stay valid on: %s', (_, options) => {
    const signed = signThrice(qpdf(kinds.get('letter')!, ...options));
    expect(pdfsigVerdicts(signed)).toEqual([VALID, VALID, VALID]);
    expect(qpdfComplaints(signed)).toBe('');
  });

  it('stay valid under a user password', () => {
    const locked = qpdf(kinds.get('letter')!, '--encrypt', 'mở', 'owner', '256', '--');
    const signed = signThrice(locked, 'mở');
    expect(pdfsigVerdicts(signed, 'mở')).toEqual([VALID, VALID, VALID]);
    expect(qpdfComplaints(signed, 'mở')).toBe('');
  });
});

describe('revisions', () => {
  it.each(['letter', 'object streams'])('are prefixes that open on their own: %s', (kind) => {
    const bytes = signThrice(kinds.get(kind)!);
    const ends = open(bytes).xrefSections.map((section) => section.end ?? 0);
    const signatures = ends.map((end) => {
      const revision = openPdf(prefixSource(memorySource(bytes), end));
      return listFields(revision).filter((field) => signatureOf(field)).length;
    });
    expect(signatures).toEqual([3, 2, 1, 0]);
    expect(ends[0]).toBe(bytes.length);
  });
});

describe('what is shown', () => {
  it.each([
    ['boxes at an offset', 1],
    ['turned by 90', 1],
    ['turned by 180', 1],
    ['turned by 270', 1],
    ['UserUnit', 0.5],
    ['letter', 1],
  ])('puts the seal upright where it was wanted on: %s', (kind, dotsPerPoint) => {
    const side = mmToPt(36);
    const box = { x: 200, y: 120, width: side, height: side };
    const target = { kind: 'new', page: 0, box } as const;
    const { width, height, rgb } = renderPage(sign(kinds.get(kind)!, request({ target, appearance: seal })));
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!isRed(rgb, (y * width + x) * 3)) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
    }
    const expected = [200, 200 + side, 120, 120 + side].map((n) => n * dotsPerPoint);
    [left, right + 1, top, bottom + 1].forEach((n, i) =>
      expect(Math.abs(n - (expected[i] ?? NaN))).toBeLessThan(1.5),
    );
  });

  it('leaves the page content alone when an unreferenced copy of it lies in the file', () => {
    expect(pdfToText(sign(samples.shadowCopy(), request()))).toContain('PAY 100');
    expect(pdfToText(sign(samples.shadowCopy(), request()))).not.toContain('9000000');
  });
});

describe('signature dictionary', () => {
  it('says who, when, where and why', () => {
    const texts = { signerName: 'Nguyễn Thị Minh Hạnh', reason: 'Phê duyệt', location: 'Biên Hòa' };
    const document = open(sign(kinds.get('letter')!, request(texts)));
    const [signature] = listFields(document).map(signatureOf);
    const shown = ['Name', 'Reason', 'Location', 'M'].map((key) => textOf(signature?.get(key)));
    expect(shown).toEqual([...Object.values(texts), "D:20261120160405+07'00'"]);
  });

  it('is a document timestamp without name or time', () => {
    const target = { kind: 'new', page: 0 } as const;
    const prepared = prepareSignature(
      open(kinds.get('letter')!),
      request({ target, subFilter: 'ETSI.RFC3161', signerName: 'nobody' }),
    );
    const tail = Buffer.from(prepared.tail).toString('latin1');
    expect(tail).toContain('/Type /DocTimeStamp');
    expect(tail).not.toMatch(/\/M \(|\/Name \(/);
  });

  it('names new fields so that none is taken twice', () => {
    const once = sign(kinds.get('letter')!, request());
    const twice = sign(once, request());
    expect(listFields(open(twice)).map((field) => field.name)).toEqual(['CHU_KY_1', 'CHU_KY_2']);
    const target = { kind: 'new', page: 0, name: 'CHU_KY_2' } as const;
    expect(() => sign(twice, request({ target }))).toThrow('pdf.field-exists');
  });

  it('refuses a CMS larger than its hole', () => {
    const prepared = prepareSignature(open(kinds.get('letter')!), request({ contentsBytes: 10 }));
    expect(() => embedSignature(prepared, new Uint8Array(11))).toThrow('pdf.signature-too-big');
    expect(embedSignature(prepared, new Uint8Array(10))).toHaveLength(prepared.tail.length);
  });
});

describe('what earlier signatures and the file forbid', () => {
  it('refuses everything after a certification without changes', () => {
    const certified = sign(kinds.get('letter')!, request({ docMdp: 1 }));
    expect(() => sign(certified, request())).toThrow('pdf.certified-no-changes');
  });

  it('refuses a new field after a certification, and a second certification', () => {
    const certified = sign(kinds.get('letter')!, request({ docMdp: 2 }));
    expect(pdfsigVerdicts(certified)).toEqual([VALID]);
    expect(() => sign(certified, request())).toThrow('pdf.certified-no-new-field');
    const signed = sign(kinds.get('letter')!, request());
    expect(() => sign(signed, request({ docMdp: 2 }))).toThrow('pdf.certify-not-first');
  });

  it('takes a certification that names no level for level 2 (Table 257), and one nobody defined for the strictest', () => {
    const certified = sign(kinds.get('letter')!, request({ docMdp: 2 }));
    const at = /\/P 2(?=[\s/>])/.exec(Buffer.from(certified).toString('latin1'))!.index;
    const withLevel = (text: string) => {
      const changed = Buffer.from(certified);
      changed.write(text, at, 'latin1');
      return changed;
    };
    expect(() => sign(withLevel('    '), request())).toThrow('pdf.certified-no-new-field');
    expect(() => sign(withLevel('/P 7'), request())).toThrow('pdf.certified-no-changes');
  });

  it('refuses a field that an earlier signature locked', () => {
    const locking = request({ fieldLock: { action: 'Include', fields: ['KY_2'] } });
    const signed = sign(kinds.get('letter')!, locking);
    const wanted = (name: string) => request({ target: { kind: 'new', page: 0, name } });
    expect(() => sign(signed, wanted('KY_2'))).toThrow('pdf.field-locked');
    expect(pdfsigVerdicts(sign(signed, wanted('KY_3')))).toEqual([VALID, VALID]);
    const all = sign(kinds.get('letter')!, request({ fieldLock: { action: 'All', fields: [] } }));
    expect(() => sign(all, wanted('KY_3'))).toThrow('pdf.field-locked');
  });

  it('refuses fields that are missing or signed, and pages that are missing', () => {
    const signed = sign(kinds.get('letter')!, request());
    expect(() => sign(signed, request({ target: existing('none') }))).toThrow('pdf.no-such-field');
    expect(() => sign(signed, request({ target: existing('CHU_KY_1') }))).toThrow('pdf.field-signed');
    expect(() => sign(signed, request({ target: { kind: 'new', page: 5 } }))).toThrow('pdf.no-such-page');
  });

  it('refuses files whose bytes are ambiguous', () => {
    expect(() => sign(samples.junkBeforeHeader(), request())).toThrow('pdf.damaged');
    expect(() => sign(samples.trailingJunk(), request())).toThrow('pdf.damaged');
  });

  it('obeys the permissions of an encrypted file unless its owner asks', () => {
    const restricted = qpdf(kinds.get('letter')!, '--encrypt', '', 'owner', '256', '--modify=none', '--');
    expect(() => sign(restricted, request())).toThrow('pdf.permission-denied');
    expect(pdfsigVerdicts(sign(restricted, request(), 'owner'))).toEqual([VALID]);
  });

  it('refuses a dynamic XFA form', () => {
    const dynamic = samples.rawPdf([
      { num: 1, body: '<< /Type /Catalog /Pages 2 0 R /NeedsRendering true >>' },
      { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
      { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>' },
    ]);
    expect(() => sign(dynamic, request())).toThrow('pdf.dynamic-form');
  });
});
