import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { qpdfComplaints } from '../../../tests/fixtures/pdf/outside.ts';
import { classicTable, rawPdf, trailingJunk } from '../../../tests/fixtures/pdf/samples.ts';
import { isDict, isRef } from './cos.ts';
import type { CosDict } from './cos.ts';
import { openPdf } from './reader.ts';
import { memorySource } from './source.ts';
import { readStore, storeUpdate, vriKey } from './dss.ts';
import type { SignatureProof } from './dss.ts';
import { needs } from '../../../tests/needs.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const texts = (values: readonly Uint8Array[]): string[] => values.map((one) => Buffer.from(one).toString());
const proof = (more: Partial<SignatureProof> = {}): SignatureProof => ({
  contents: bytes('CMS 1'),
  Certs: [bytes('cert A'), bytes('cert B')],
  OCSPs: [bytes('ocsp A')],
  CRLs: [bytes('crl B')],
  ...more,
});
const open = (file: Uint8Array) => openPdf(memorySource(file));
const updated = (file: Uint8Array, ...proofs: SignatureProof[]): Uint8Array =>
  Buffer.concat([file, storeUpdate(open(file), proofs) ?? new Uint8Array()]);
function storeOf(file: Uint8Array): CosDict {
  const document = open(file);
  const store = document.dict(document.catalog.get('DSS'));
  if (!store) throw new Error('no DSS');
  return store;
}

/** A catalog with these entries, a page, and what else is given from object 5 on. */
function withCatalog(entries: string, ...more: { body: string; data?: Uint8Array }[]): Uint8Array {
  return rawPdf([
    { num: 1, body: `<< /Type /Catalog /Pages 2 0 R ${entries} >>` },
    { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { num: 3, body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>' },
    ...more.map((object, index) => ({ num: 5 + index, ...object })),
  ]);
}

describe('document security store', () => {
  needs('qpdf')('is made where there is none, as an extension of PDF 1.7', () => {
    const file = updated(classicTable(), proof());
    const store = readStore(open(file));
    expect(texts(store.Certs)).toEqual(['cert A', 'cert B']);
    expect(texts(store.OCSPs)).toEqual(['ocsp A']);
    expect(texts(store.CRLs)).toEqual(['crl B']);
    const document = open(file);
    const level = document.dict(document.dict(document.catalog.get('Extensions'))?.get('ESIC'));
    expect(level?.get('ExtensionLevel')).toBe(5);
    expect(storeOf(file).get('Type')).toMatchObject({ name: 'DSS' });
    expect(qpdfComplaints(file)).toBe('');
  });

  it('relates values to signatures by the hash of their contents, shared ones by reference', () => {
    const two = proof({ contents: bytes('CMS 2'), Certs: [bytes('cert B'), bytes('cert C')], OCSPs: [] });
    const file = updated(classicTable(), proof(), two);
    expect(texts(readStore(open(file)).Certs)).toEqual(['cert A', 'cert B', 'cert C']);
    const vri = open(file).dict(storeOf(file).get('VRI'));
    expect([...(vri?.keys() ?? [])]).toEqual([vriKey(bytes('CMS 1')), vriKey(bytes('CMS 2'))]);
    const certs = open(file).array(
      open(file)
        .dict(vri?.get(vriKey(bytes('CMS 2'))))
        ?.get('Cert'),
    );
    expect(certs?.every(isRef)).toBe(true);
    expect(certs).toHaveLength(2);
  });

  it('is nothing when nothing is new', () => {
    const file = updated(classicTable(), proof());
    expect(storeUpdate(open(file), [proof()])).toBeNull();
    expect(storeUpdate(open(file), [])).toBeNull();
    expect(storeUpdate(open(file), [proof({ contents: bytes('CMS 3') })])).not.toBeNull();
  });

  needs('qpdf')(
    'grows by what is new, keeping all there is: a direct store, indirect arrays, other keys',
    () => {
      const old = { body: '<< /Filter /FlateDecode >>', data: deflateSync(bytes('cert A')) };
      const file = withCatalog(
        `/DSS << /Certs 6 0 R /VRI 7 0 R /Note (kept) >> /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >>
        /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >>`,
        old,
        { body: '[5 0 R]' },
        {
          body: `<< /0123456789ABCDEF0123456789ABCDEF01234567 8 0 R /${vriKey(bytes('CMS 1'))} << /Cert [5 0 R] >> >>`,
        },
        { body: '<< /Cert [5 0 R] >>' },
      );
      const after = updated(file, proof());
      expect(texts(readStore(open(after)).Certs)).toEqual(['cert A', 'cert B']);
      const document = open(after);
      const store = storeOf(after);
      expect(store.has('Note')).toBe(true);
      const vri = document.dict(store.get('VRI'));
      expect(vri?.has('0123456789ABCDEF0123456789ABCDEF01234567')).toBe(true);
      expect(document.array(document.dict(vri?.get(vriKey(bytes('CMS 1'))))?.get('Cert'))).toHaveLength(2);
      const extensions = document.dict(document.catalog.get('Extensions'));
      expect(isDict(extensions?.get('ADBE'))).toBe(true);
      expect(document.dict(extensions?.get('ESIC'))?.get('ExtensionLevel')).toBe(5);
      expect(qpdfComplaints(after)).toBe('');
    },
  );

  it('passes over what cannot be read in a store, without dropping it', () => {
    const broken = { body: '<< /Filter /FlateDecode >>', data: bytes('not deflated') };
    const file = withCatalog('/DSS << /Certs [5 0 R 99 0 R 3 0 R null] >>', broken);
    expect(readStore(open(file)).Certs).toEqual([]);
    const after = updated(file, proof());
    expect(texts(readStore(open(after)).Certs)).toEqual(['cert A', 'cert B']);
    expect(open(after).array(storeOf(after).get('Certs'))).toHaveLength(6);
  });

  it('is not added to a file whose end is ambiguous', () => {
    expect(() => storeUpdate(open(trailingJunk()), [proof()])).toThrow(
      expect.objectContaining({ code: 'pdf.damaged' }) as Error,
    );
  });
});
