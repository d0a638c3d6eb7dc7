/** Every reader of bytes from outside, each with what must hold whatever the bytes are. */
import assert from 'node:assert/strict';
import { readEdxml } from '../../src/main/axis/edxml-read.ts';
import { writeEdoc, writeStatus } from '../../src/main/axis/edxml-write.ts';
import { isArray, isDict, isName, isRef, isStream, isString } from '../../src/main/pdf/cos.ts';
import type { CosObject } from '../../src/main/pdf/cos.ts';
import { decodeStream } from '../../src/main/pdf/filters.ts';
import { describeFields } from '../../src/main/paper/fields.ts';
import { Lexer } from '../../src/main/pdf/lexer.ts';
import { LIMITS } from '../../src/main/pdf/limits.ts';
import { normalizeCopy } from '../../src/main/pdf/normalize.ts';
import { countPages, getPage, pageGeometry } from '../../src/main/pdf/pages.ts';
import { readPng } from '../../src/main/pdf/png.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { formatClear } from '../../src/main/pdf/serialize.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { UnsupportedAlgorithm } from '../../src/main/x509/algorithms.ts';
import { normaliseBer } from '../../src/main/asn1/ber.ts';
import { paintedBy } from '../../src/main/signature/changes/painted.ts';
import { readPaddedSignedData } from '../../src/main/cms/signed-data-read.ts';
import { checkSignedData } from '../../src/main/cms/signed-data-verify.ts';
import { findRevocation, isCrlSignedBy, readCrl } from '../../src/main/x509/crl.ts';
import { children, DerError, readDer, readInteger, readOid, tag } from '../../src/main/asn1/der.ts';
import type { Der } from '../../src/main/asn1/der.ts';
import * as der from '../../src/main/asn1/der.ts';
import { integer, oid } from '../../src/main/asn1/der-write.ts';
import { answerFor, authorisedResponder, readOcspResponse } from '../../src/main/x509/ocsp.ts';
import { readTimestampAnswer } from '../../src/main/signature/online/tsa.ts';
import { oids } from '../../src/main/asn1/oids.ts';
import { isSignedBy } from '../../src/main/x509/path.ts';
import { findPath } from '../../src/main/x509/path-build.ts';
import { checkTimestamp } from '../../src/main/cms/timestamp.ts';
import { importedAnchor } from '../../src/main/x509/trust.ts';
import { readTrustFile } from '../../src/main/cms/trust-file.ts';
import { verifySource } from '../../src/main/signature/verify.ts';
import { readCertificate, sameBytes, tryReadCertificate } from '../../src/main/x509/certificate.ts';
import { readPe } from '../../src/main/token/pe.ts';
import { openCertificates } from '../../src/main/token/pkcs12.ts';
import { DeskError, isErrorCode } from '../../src/shared/errors/index.ts';
import { sampleEdoc, sampleStatus, SENT_AT } from '../axis/samples.ts';
import { signaturePng } from '../fixtures/pdf/images.ts';
import { issue, pem } from '../pki/ca.ts';
import { writePkcs12 } from '../pki/pkcs12.ts';
import { machines, makePe } from '../token/make-pe.ts';
import type { Target } from './explore.ts';
import { derMutations } from './mutate-der.ts';
import { pdfMutations } from './mutate-pdf.ts';
import { ASKED, makeSeeds } from './seeds.ts';

/** A refusal of ours with a sentence for people; inside of a room also its own errors. */
const isRefusal = (error: unknown, inRoom: boolean): boolean =>
  (error instanceof DeskError && isErrorCode(error.code)) ||
  (inRoom && (error instanceof DerError || error instanceof UnsupportedAlgorithm));

const refusing =
  (inRoom: boolean) =>
  (act: (bytes: Buffer) => unknown) =>
  async (bytes: Buffer): Promise<void> => {
    try {
      await act(bytes);
    } catch (error) {
      if (!isRefusal(error, inRoom)) throw error;
    }
  };
/** For readers whose callers know `DerError`; for those people's calls end in. */
const room = refusing(true);
const door = refusing(false);

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Everything a signer and a verifier look at. */
function readWhole(bytes: Buffer): void {
  const document = openPdf(memorySource(bytes));
  assert.ok(document.nextObjectNumber > 0);
  const streams: CosObject[] = [];
  for (const section of document.xrefSections)
    for (const num of [...section.entries.keys()].slice(0, 200))
      tolerated(() => streams.push(document.get({ kind: 'ref', num, gen: 0 })));
  for (const object of streams.slice(0, 50)) {
    if (!isStream(object)) continue;
    tolerated(() => assert.ok(document.decode(object).length <= LIMITS.inflatedBytes));
    tolerated(() => paintedBy(document, object));
  }
  tolerated(() => describeFields(document));
  tolerated(() => countPages(document));
  pageGeometry(document, getPage(document, 0));
}

function tolerated(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!isRefusal(error, false)) throw error;
  }
}

/** Objects one after another; what is written out again reads the same. */
function readObjects(bytes: Buffer): void {
  const lexer = new Lexer(bytes);
  for (let n = 0; n < 1000 && lexer.pos < bytes.length; n++) {
    const start = lexer.pos;
    const object = lexer.object();
    assert.ok(lexer.pos > start || lexer.pos >= bytes.length, 'no progress');
    assert.ok(lexer.pos <= bytes.length + 1, 'beyond the end');
    const written = formatClear(new Map([['O', object]]));
    assert.deepEqual(plain(new Lexer(latin1(written)).object()), plain(new Map([['O', object]])), written);
  }
}

/** Comparable, numbers as far as they are written. */
function plain(object: CosObject): unknown {
  if (typeof object === 'number') return Number(object.toPrecision(9)).toFixed(6);
  if (isString(object)) return `(${Buffer.from(object.bytes).toString('hex')})`;
  if (isName(object)) return `/${object.name}`;
  if (isRef(object)) return `${object.num} ${object.gen} R`;
  if (isArray(object)) return object.map(plain);
  // An entry that is null equals an absent one.
  if (isDict(object)) return [...object].filter(([, value]) => value !== null).map(([k, v]) => [k, plain(v)]);
  return object;
}

/** `<< filters >>` and its data, as the bytes themselves say. */
function unfilter(bytes: Buffer): void {
  const lexer = new Lexer(bytes);
  const dict = lexer.object();
  if (!isDict(dict)) return;
  const data = decodeStream(dict, bytes.subarray(lexer.pos + 1), (object) => object ?? null);
  assert.ok(data.length <= LIMITS.inflatedBytes * 2);
}

const READERS = [
  der.readBoolean,
  der.readInteger,
  der.readOid,
  der.readBitString,
  der.readBitOctets,
  der.readText,
  der.readTime,
  der.readSmallInteger,
];

function readTree(bytes: Buffer): void {
  const walk = (node: Der, depth: number): void => {
    assert.equal(node.raw.buffer, bytes.buffer);
    for (const read of READERS) {
      try {
        read(node);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
      }
    }
    // What is accepted is DER: written again it is the same.
    if (node.tag === tag.integer) assert.ok(sameBytes(integer(readInteger(node)), node.raw));
    if (node.tag === tag.oid) assert.ok(sameBytes(oid(readOid(node)), node.raw));
    if ((node.tag & 0x20) !== 0 && depth < 30) for (const kid of children(node)) walk(kid, depth + 1);
  };
  walk(readDer(bytes), 0);
}

/** Whatever form it had, what comes out is definite and stays as it is. */
function normalise(bytes: Buffer): void {
  const { der: whole, length } = normaliseBer(bytes);
  assert.ok(length <= bytes.length && length > 0);
  const again = normaliseBer(whole);
  assert.equal(again.length, whole.length);
  assert.ok(sameBytes(again.der, whole));
}

const filterSeeds = (): Buffer[] => [
  latin1('<< /Filter /ASCIIHexDecode >>\n48656c6c6f>'),
  latin1('<< /Filter /ASCII85Decode >>\n87cURD]i,"Ebo80~>'),
  latin1('<< /Filter /RunLengthDecode >>\n\x04Hello\xfex\x80'),
  latin1(
    '<< /Filter /LZWDecode /DecodeParms << /EarlyChange 0 /Predictor 2 /Columns 3 >> >>\n\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01',
  ),
  Buffer.concat([
    latin1(
      '<< /Filter [/AHx /FlateDecode] /DecodeParms [null << /Predictor 15 /Columns 4 /Colors 1 >>] >>\n',
    ),
    latin1('789c63e46762666161656067606460606204000b5f00e3>'),
  ]),
];

/** @returns the targets by name, their seeds made anew */
export async function makeTargets(): Promise<readonly Target[]> {
  const seeds = await makeSeeds();
  const anchors = [importedAnchor(seeds.root)];
  const stranger = await issue(null, { profile: 'signer', subject: [['CN', 'Ai Khác']] });
  const signedPart = (bytes: Uint8Array): string =>
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/<[0-9a-fA-F]{2000,}>/g, '<>')
      .trimEnd();
  const honest = seeds.signed.flatMap((bytes) =>
    versions(Buffer.from(bytes)).map((version) => ({ part: signedPart(version), page: firstPage(version) })),
  );
  const certificates = seeds.certificates.map((one) => readCertificate(one));
  const known = new Set(certificates.map(({ tbs }) => Buffer.from(tbs).toString('hex')));
  const crl = readCrl(seeds.crls[0]!);
  const stampedAt = new Set(seeds.stamps.map((bytes) => readTimestampAnswer(bytes, ASKED).at));
  return [
    { name: 'lexer', seeds: seeds.plain.slice(0, 4), mutations: pdfMutations, run: door(readObjects) },
    { name: 'reader', seeds: seeds.plain, mutations: pdfMutations, run: door(readWhole) },
    { name: 'encryption', seeds: seeds.encrypted, mutations: pdfMutations, run: door(readWhole) },
    { name: 'filters', seeds: filterSeeds(), mutations: pdfMutations.slice(1), run: door(unfilter) },
    {
      name: 'normalize',
      seeds: seeds.plain.slice(0, 6),
      mutations: pdfMutations,
      run: door((bytes) => openPdf(memorySource(normalizeCopy(memorySource(bytes)).bytes)).catalog),
    },
    {
      name: 'verify',
      seeds: seeds.signed,
      mutations: pdfMutations,
      // No door: a verdict is the only answer there is.
      run: async (bytes) => {
        const { verdict } = await verifySource(memorySource(bytes), { anchors, checkRevocation: false });
        if (!verdict.startsWith('valid')) return;
        const part = signedPart(bytes);
        const original = honest.find((one) => part.startsWith(one.part));
        assert.ok(original, 'green although a signed byte differs');
        assert.equal(firstPage(bytes), original.page, 'green although the page differs');
      },
    },
    { name: 'png', seeds: [signaturePng()], run: door(readPng) },
    {
      name: 'der',
      seeds: [...seeds.certificates, ...seeds.infos],
      mutations: derMutations,
      run: room(readTree),
    },
    { name: 'ber', seeds: seeds.cms, mutations: derMutations, run: room(normalise) },
    {
      name: 'cms',
      seeds: seeds.cms,
      mutations: derMutations,
      run: room((bytes) => {
        const { data } = readPaddedSignedData(bytes);
        checkSignedData(data, () => [ASKED.digest], oids.data, certificates);
      }),
    },
    {
      name: 'certificate',
      seeds: seeds.certificates,
      mutations: derMutations,
      run: room((bytes) => {
        const certificate = readCertificate(bytes);
        for (const leaf of [certificate, seeds.person])
          findPath(leaf, [certificate, seeds.issuing], [seeds.root, certificate], Date.now());
        if (isSignedBy(certificate, seeds.issuing))
          assert.ok(known.has(Buffer.from(certificate.tbs).toString('hex')), 'a forged certificate');
      }),
    },
    {
      name: 'trust-file',
      seeds: [...seeds.certificates, ...seeds.cms, Buffer.from(pem('CERTIFICATE', seeds.certificates[0]!))],
      mutations: derMutations,
      run: door((bytes) => readTrustFile(bytes, 'a.cer')),
    },
    {
      name: 'crl',
      seeds: seeds.crls,
      mutations: derMutations,
      run: room((bytes) => {
        const list = readCrl(bytes);
        findRevocation(list, seeds.person.serial, seeds.issuing.subject);
        if (isCrlSignedBy(list, seeds.issuing)) assert.ok(sameBytes(list.tbs, crl.tbs), 'a forged list');
      }),
    },
    {
      name: 'ocsp',
      seeds: seeds.ocsps,
      mutations: derMutations,
      run: room((bytes) => {
        const response = readOcspResponse(bytes);
        if (!authorisedResponder(response, seeds.issuing)) return;
        const status = answerFor(response, seeds.person, seeds.issuing)?.status;
        assert.equal(status, 'good', 'a forged answer');
      }),
    },
    {
      name: 'tsa',
      seeds: seeds.stamps,
      mutations: derMutations,
      run: door((bytes) => {
        assert.ok(stampedAt.has(readTimestampAnswer(bytes, ASKED).at), 'a forged time');
      }),
    },
    {
      name: 'timestamp',
      seeds: seeds.tokens,
      mutations: derMutations,
      run: room((bytes) => {
        checkTimestamp(bytes, () => [ASKED.digest], []);
      }),
    },
    {
      name: 'pkcs12',
      seeds: [writePkcs12(stranger, '1234')],
      mutations: derMutations,
      // Certificates in the clear need no PIN: this is what hostile files can reach.
      run: door(async (bytes) => (await openCertificates(bytes, 'a.p12')).map(tryReadCertificate)),
    },
    {
      name: 'edxml',
      seeds: [writeEdoc(sampleEdoc(), { now: SENT_AT, secrecy: '' }), writeStatus(sampleStatus())],
      run: door((bytes) => readEdxml(bytes)),
    },
    { name: 'pe', seeds: [makePe({ machine: machines.x64, exports: ['C_GetFunctionList'] })], run: readPe },
  ];
}

/** The file as it was after each of its signatures. */
function versions(bytes: Buffer): Buffer[] {
  const ends = [...bytes.toString('latin1').matchAll(/%%EOF\n?/g)].map(
    ({ index, 0: mark }) => index + mark.length,
  );
  return ends.map((end) => bytes.subarray(0, end));
}

/** What the first page shows, as far as its own content goes. */
function firstPage(bytes: Buffer): string {
  const document = openPdf(memorySource(bytes));
  const page = getPage(document, 0);
  const content = document.get(page.dict.get('Contents'));
  const streams = isArray(content) ? content.map((one) => document.get(one)) : [content];
  const shown = streams.map((one) =>
    isStream(one) ? Buffer.from(document.decode(one)).toString('latin1') : '',
  );
  return JSON.stringify([pageGeometry(document, page), shown]);
}
