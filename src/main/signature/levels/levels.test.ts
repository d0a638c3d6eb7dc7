import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { qpdf, qpdfComplaints } from '../../../../tests/fixtures/pdf/outside.ts';
import { classicTable, hybrid, libraryForm, objectStreams } from '../../../../tests/fixtures/pdf/samples.ts';
import type { Identity } from '../../../../tests/pki/ca.ts';
import { MUTOOL_EDITED, MUTOOL_WHOLE, mutoolVerdicts, pdfsig } from '../../../../tests/pki/readers.ts';
import { startServices } from '../../../../tests/pki/services/server.ts';
import type { Services } from '../../../../tests/pki/services/server.ts';
import { readTimestamps, readInner } from '../../../../tests/pki/services/readers.ts';
import { softSigner } from '../../../../tests/pki/soft-signer.ts';
import { openPdf } from '../../pdf/reader.ts';
import { memorySource } from '../../pdf/source.ts';
import { openCache } from '../online/cache.ts';
import { httpClient } from '../online/http.ts';
import type { TimestampService } from '../online/tsa.ts';
import { signPdf } from '../sign.ts';
import type { SigningRequest } from '../sign.ts';
import { importedAnchor } from '../../x509/trust.ts';
import { verifyFile } from '../verify.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { readStore, vriKey } from '../../pdf/dss.ts';
import { addDocumentTimestamp, addValidationData, raiseLevel, signatureTimestamping } from './index.ts';
import type { LevelServices } from './index.ts';
import { openServices } from './services.ts';
import { fileState } from './state.ts';
import { needs } from '../../../../tests/needs.ts';

needs('mutool', 'openssl', 'pdfsig', 'qpdf');

const folder = mkdtempSync(join(tmpdir(), 'levels-'));
const at = (file: string): string => join(folder, file);
let services: Services;
let principal: Identity;
let agency: Identity;
beforeAll(async () => {
  services = await startServices();
  [principal, agency] = await Promise.all([
    services.certify({ subject: [['CN', 'Nguyễn Thị Ví Dụ']] }),
    services.certify({ subject: [['CN', 'Trường Tiểu học Ví Dụ']], keyType: 'p-256' }),
  ]);
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  for (const name of ['tsa', 'ocsp', 'crl', 'cer'] as const) services.always(name, null);
});

function levelServices(cache = 'cache'): LevelServices & { timestamps: TimestampService } {
  const http = httpClient({ trustedHosts: ['127.0.0.1'], maxRedirects: 3 });
  const anchors = [importedAnchor(readCertificate(services.root.certificate))];
  const settings = { urls: [services.urls.tsa], timeoutMs: 2000, tries: 2, pauseMs: 1 };
  return {
    timestamps: { settings, http, anchors },
    online: { http, cache: openCache(at(cache)), now: Date.now },
    anchors,
  };
}

const withPassword = (password?: string): { password?: string } =>
  password === undefined ? {} : { password };
const invisible: SigningRequest = { target: { kind: 'new', page: 0 } };
const sign = (input: string, output: string, who = principal, password?: string) =>
  signPdf({
    input: at(input),
    output: at(output),
    request: invisible,
    signer: softSigner(who),
    ...withPassword(password),
  });
const files = (input: string, output: string) => ({ input: at(input), output: at(output) });
const open = (file: string, password?: string) =>
  openPdf(memorySource(readFileSync(at(file))), withPassword(password));
const state = (file: string, password?: string) =>
  fileState(open(file, password), {
    anchors: levelServices().anchors,
    now: Date.now(),
    ...withPassword(password),
  });
const levels = (file: string, password?: string): string[] =>
  state(file, password).signatures.map(({ level }) => level);
const verified = (file: string) =>
  verifyFile(at(file), { anchors: [importedAnchor(readCertificate(services.root.certificate))] });

function expectPrefix(before: string, after: string): void {
  const [old, now] = [readFileSync(at(before)), readFileSync(at(after))];
  expect(now.subarray(0, old.length).equals(old)).toBe(true);
  expect(now.length).toBeGreaterThan(old.length);
}

const revisions = (file: string): number =>
  readFileSync(at(file)).toString('latin1').split('%%EOF').length - 1;

describe('a timestamp while signing (B-T)', () => {
  const signStamped = (timestamping = signatureTimestamping(levelServices().timestamps)) =>
    signPdf({
      ...files('letter.pdf', 'stamped.pdf'),
      request: invisible,
      signer: softSigner(principal),
      timestamping,
    });
  beforeAll(() => writeFileSync(at('letter.pdf'), classicTable()));

  it('lies in the signature, over its value; openssl agrees on both', async () => {
    expect(await signStamped()).toMatchObject({ timestampFailure: null });
    expect(levels('stamped.pdf')).toEqual(['B-T']);
    expect(readInner(at('stamped.pdf'), services.root.certificate)).toEqual({ signatures: 1, timestamps: 1 });
    expect(pdfsig(at('stamped.pdf')).validations).toEqual(['Signature is Valid.']);
    expect((await verified('stamped.pdf')).signatures[0]?.timestampAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it.each([
    ['refuses', 'status', 'signature.tsa-rejected'],
    ['answers wrongly', 'nonce', 'signature.tsa-wrong-answer'],
    ['is busy', 'busy', 'signature.service-refused'],
  ] as const)('never costs the signature when the server %s', async (_, fault, code) => {
    services.always('tsa', fault);
    expect(await signStamped()).toMatchObject({ timestampFailure: { code } });
    expect(levels('stamped.pdf')).toEqual(['B-B']);
    expect(readInner(at('stamped.pdf'), services.root.certificate)).toEqual({ signatures: 1, timestamps: 0 });
    expect(pdfsig(at('stamped.pdf')).validations).toEqual(['Signature is Valid.']);
  });

  it('is waited for while the service takes its time', async () => {
    services.fail('tsa', 'late');
    const { timestamps } = levelServices();
    const patient = { ...timestamps, settings: { ...timestamps.settings, timeoutMs: 180_000, tries: 1 } };
    expect(await signStamped(signatureTimestamping(patient))).toMatchObject({ timestampFailure: null });
    expect(levels('stamped.pdf')).toEqual(['B-T']);
  });

  it('never costs the signature when the wait is cut short', async () => {
    services.always('tsa', 'silent');
    const stop = new AbortController();
    void services.nextRequest().then(() => stop.abort());
    const service = { ...levelServices().timestamps, signal: stop.signal };
    expect(await signStamped(signatureTimestamping(service))).toMatchObject({
      timestampFailure: { code: 'signature.service-stopped' },
    });
    expect(levels('stamped.pdf')).toEqual(['B-B']);
  });

  it('never costs the signature when the token is too big or the hook breaks', async () => {
    services.stamping.copies = 20;
    const tooBig = await signStamped().finally(() => (services.stamping.copies = 1));
    expect(tooBig).toMatchObject({ timestampFailure: { code: 'pdf.signature-too-big' } });
    const broken = { reserveBytes: 100, request: () => Promise.reject(new TypeError('bug')) };
    expect(await signStamped(broken)).toMatchObject({
      timestampFailure: { code: 'signature.timestamp-failed' },
    });
    expect(levels('stamped.pdf')).toEqual(['B-B']);
  });
});

describe('from B-B to B-LTA, a revision at a time', () => {
  it('a document timestamp proves the time of signatures that have none', async () => {
    writeFileSync(at('a.pdf'), await libraryForm());
    await sign('a.pdf', 'a1.pdf');
    await sign('a1.pdf', 'a2.pdf', agency);
    expect(levels('a2.pdf')).toEqual(['B-B', 'B-B']);
    const added = await addDocumentTimestamp(files('a2.pdf', 'a3.pdf'), levelServices().timestamps);
    expect(added.fieldName).toBe('DAU_THOI_GIAN_1');
    expectPrefix('a2.pdf', 'a3.pdf');
    expect(revisions('a3.pdf')).toBe(revisions('a2.pdf') + 1);
    expect(levels('a3.pdf')).toEqual(['B-T', 'B-T']);
    expect(state('a3.pdf').archiveUntil).toBe(readCertificate(services.tsa.certificate).notAfter);
    expect(readTimestamps(at('a3.pdf'), services.root.certificate)).toBe(1);
  });

  it('validation data make it B-LT: chains, answers, and where they belong', async () => {
    const { isNew, evidence } = await addValidationData(files('a3.pdf', 'a4.pdf'), levelServices());
    expect(isNew).toBe(true);
    // Two signers, the timestamp authority and the issuing authority, each asked once.
    expect(evidence.map(({ type }) => type).sort()).toEqual(['CRL', 'OCSP', 'OCSP', 'OCSP']);
    expectPrefix('a3.pdf', 'a4.pdf');
    expect(revisions('a4.pdf')).toBe(revisions('a3.pdf') + 1);
    expect(levels('a4.pdf')).toEqual(['B-LT', 'B-LT']);
    const store = readStore(open('a4.pdf'));
    expect(store.Certs.length).toBe(6);
    expect([store.OCSPs.length, store.CRLs.length]).toEqual([3, 1]);
    const catalog = open('a4.pdf').catalog;
    const vri = open('a4.pdf').dict(open('a4.pdf').dict(catalog.get('DSS'))?.get('VRI'));
    expect([...(vri?.keys() ?? [])].every((key) => /^[0-9A-F]{40}$/.test(key))).toBe(true);
    expect(vri?.size).toBe(3);
  });

  it('adds nothing twice', async () => {
    const { isNew } = await addValidationData(files('a4.pdf', 'same.pdf'), levelServices());
    expect(isNew).toBe(false);
    expect(readFileSync(at('same.pdf')).equals(readFileSync(at('a4.pdf')))).toBe(true);
  });

  needs(
    'openssl',
    'pdfsig',
    'qpdf',
  )('an archive timestamp over it all makes it B-LTA, valid for every reader', async () => {
    await addDocumentTimestamp(files('a4.pdf', 'a5.pdf'), levelServices().timestamps);
    expectPrefix('a4.pdf', 'a5.pdf');
    expect(levels('a5.pdf')).toEqual(['B-LTA', 'B-LTA']);
    expect(readInner(at('a5.pdf'), services.root.certificate)).toEqual({ signatures: 2, timestamps: 0 });
    expect(readTimestamps(at('a5.pdf'), services.root.certificate)).toBe(2);
    expect(pdfsig(at('a5.pdf')).validations.slice(0, 2)).toEqual(Array(2).fill('Signature is Valid.'));
    expect(qpdfComplaints(readFileSync(at('a5.pdf')))).toBe('');
    const { verdict, changes } = await verified('a5.pdf');
    expect(changes.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(verdict).toBe('valid');
  });

  it.each([
    ['B-T', 'stamped.pdf', [MUTOOL_WHOLE]],
    ['B-LT', 'a4.pdf', [MUTOOL_EDITED, MUTOOL_EDITED]],
    ['B-LTA', 'a5.pdf', [MUTOOL_EDITED, MUTOOL_EDITED]],
  ])('%s stands before openssl, pdfsig, mutool and qpdf', (_, file, words) => {
    expect(readInner(at(file), services.root.certificate).signatures).toBe(words.length);
    expect(pdfsig(at(file)).validations.slice(0, words.length)).toEqual(
      words.map(() => 'Signature is Valid.'),
    );
    expect(mutoolVerdicts(at(file))).toEqual(words);
    expect(qpdfComplaints(readFileSync(at(file)))).toBe('');
  });

  it('and another signature afterwards needs only its own', async () => {
    const third = await services.certify({ subject: [['CN', 'Lê Ví Dụ']] });
    await sign('a5.pdf', 'a6.pdf', third);
    const raised = await raiseLevel(files('a6.pdf', 'a7.pdf'), 'B-LT', levelServices());
    expect(raised).toMatchObject({ steps: ['timestamp', 'validation-data'], failure: null });
    expectPrefix('a6.pdf', 'a7.pdf');
    expect(levels('a7.pdf')).toEqual(['B-LTA', 'B-LTA', 'B-LT']);
    const [before, after] = [readStore(open('a6.pdf')), readStore(open('a7.pdf'))];
    expect(after.Certs.slice(0, before.Certs.length)).toEqual(before.Certs);
    expect(new Set(after.Certs.map((der) => Buffer.from(der).toString('hex'))).size).toBe(after.Certs.length);
  });
});

describe('every structure of file', () => {
  const samples: readonly [string, () => Promise<Uint8Array> | Uint8Array, string | undefined][] = [
    ['classic table', classicTable, undefined],
    ['object streams', objectStreams, undefined],
    ['hybrid', hybrid, undefined],
    ['AES-256', () => qpdf(classicTable(), '--encrypt', 'mở', 'chủ', '256', '--'), 'mở'],
    [
      'RC4',
      async () =>
        qpdf(await objectStreams(), '--allow-weak-crypto', '--encrypt', 'u', 'o', '128', '--use-aes=n', '--'),
      'u',
    ],
  ];
  it.each(samples)('%s goes to B-LTA in one call', async (_, make, password) => {
    writeFileSync(at('s.pdf'), await make());
    await sign('s.pdf', 's1.pdf', principal, password);
    const raised = await raiseLevel(
      { ...files('s1.pdf', 's2.pdf'), ...withPassword(password) },
      'B-LTA',
      openServices({
        tsaUrls: [services.urls.tsa],
        cacheFolder: at('cache'),
        anchors: levelServices().anchors,
      }),
    );
    expect(raised.steps).toEqual(['timestamp', 'validation-data', 'archive-timestamp']);
    expectPrefix('s1.pdf', 's2.pdf');
    expect(levels('s2.pdf', password)).toEqual(['B-LTA']);
    expect(readInner(at('s2.pdf'), services.root.certificate).signatures).toBe(1);
    expect(readTimestamps(at('s2.pdf'), services.root.certificate)).toBe(2);
    expect(qpdfComplaints(readFileSync(at('s2.pdf')), password)).toBe('');
  });
});

it.each([1, 2] as const)(
  'a file certified at level %d, all fields locked, still becomes B-LTA',
  async (docMdp) => {
    writeFileSync(at('c.pdf'), classicTable());
    await signPdf({
      ...files('c.pdf', 'c1.pdf'),
      request: { ...invisible, docMdp, fieldLock: { action: 'All', fields: [] } },
      signer: softSigner(principal),
    });
    await raiseLevel(files('c1.pdf', 'c2.pdf'), 'B-LTA', levelServices());
    expect(levels('c2.pdf')).toEqual(['B-LTA']);
    const { changes, verdict } = await verified('c2.pdf');
    expect(changes.map(({ kind, allowed }) => [kind, allowed])).toEqual([
      ['timestamp-added', true],
      ['validation-data-added', true],
      ['timestamp-added', true],
    ]);
    expect(verdict).toBe('valid');
  },
);

it('an office that trusts nobody yet still gets every revision, and a level once it does', async () => {
  writeFileSync(at('n.pdf'), classicTable());
  await sign('n.pdf', 'n1.pdf');
  const nobody = { tsaUrls: [services.urls.tsa], cacheFolder: at('cache'), anchors: [] };
  const raised = await raiseLevel(files('n1.pdf', 'n2.pdf'), 'B-LTA', openServices(nobody));
  expect(raised.steps).toEqual(['timestamp', 'validation-data', 'archive-timestamp']);
  expect(fileState(open('n2.pdf'), { anchors: [], now: Date.now() }).signatures[0]?.level).toBe('B-B');
  expect(levels('n2.pdf')).toEqual(['B-LTA']);
});

describe('what can go wrong', () => {
  beforeAll(async () => {
    writeFileSync(at('plain.pdf'), classicTable());
    await sign('plain.pdf', 'signed.pdf');
  });
  const raise = (level: 'B-T' | 'B-LT' | 'B-LTA', input = 'signed.pdf', more: Partial<LevelServices> = {}) =>
    raiseLevel(files(input, 'raised.pdf'), level, { ...levelServices(`cache-${Math.random()}`), ...more });
  afterEach(() => rmSync(at('raised.pdf'), { force: true }));

  async function refused(work: Promise<unknown>, code: string): Promise<void> {
    await expect(work).rejects.toMatchObject({ code });
    expect(existsSync(at('raised.pdf'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  }

  it('no signature, none intact, no service, output over input', async () => {
    await refused(raise('B-T', 'plain.pdf'), 'signature.not-signed');
    const { timestamps } = openServices({ tsaUrls: [], cacheFolder: at('cache'), anchors: [] });
    await refused(raise('B-T', 'signed.pdf', { timestamps }), 'signature.tsa-missing');
    const onto = files('signed.pdf', 'signed.pdf');
    await refused(addDocumentTimestamp(onto, levelServices().timestamps), 'signature.output-is-input');
    await refused(raiseLevel(onto, 'B-T', levelServices()), 'signature.output-is-input');
    const broken = readFileSync(at('signed.pdf'));
    broken[30]! ^= 1;
    writeFileSync(at('broken.pdf'), broken);
    await refused(
      addValidationData(files('broken.pdf', 'raised.pdf'), levelServices()),
      'signature.not-intact',
    );
  });

  it('the first step: nothing is written', async () => {
    services.always('tsa', 'busy');
    await refused(raise('B-LTA'), 'signature.service-refused');
  });

  it('a later step: what was reached is kept, with the reason', async () => {
    services.always('ocsp', 'busy');
    services.always('crl', 'busy');
    const raised = await raise('B-LTA');
    expect(raised).toMatchObject({
      steps: ['timestamp'],
      failure: { code: 'signature.revocation-missing', cause: { code: 'signature.service-refused' } },
    });
    expect(levels('raised.pdf')).toEqual(['B-T']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('an issuer nobody knows', async () => {
    services.always('cer', 'garbage');
    const { certificate } = principal;
    await signPdf({
      ...files('plain.pdf', 'leaf.pdf'),
      request: invisible,
      signer: { ...softSigner(principal), certificate, chain: [] },
    });
    const bare = { ...levelServices('cache-bare'), anchors: [] };
    await refused(addValidationData(files('leaf.pdf', 'raised.pdf'), bare), 'signature.issuer-missing');
  });

  it('a certificate revoked before the proven time; one revoked later stays proven', async () => {
    const gone = await services.certify({ subject: [['CN', 'Đã thu hồi']] });
    await sign('plain.pdf', 'gone.pdf', gone);
    await addDocumentTimestamp(files('gone.pdf', 'gone-t.pdf'), levelServices().timestamps);
    services.revoke(gone, Date.now() + 3_600_000);
    await addValidationData(files('gone-t.pdf', 'gone-lt.pdf'), levelServices('cache-later'));
    expect(levels('gone-lt.pdf')).toEqual(['B-LT']);
    services.revoke(gone, Date.now() - 3_600_000);
    await refused(
      addValidationData(files('gone-t.pdf', 'raised.pdf'), levelServices('cache-before')),
      'signature.revoked',
    );
  });

  it('a signature made after the last archive timestamp is not covered by it', async () => {
    await signPdf({
      ...files('a5.pdf', 'a6.pdf'),
      request: invisible,
      signer: softSigner(principal),
      timestamping: signatureTimestamping(levelServices().timestamps),
    });
    expect(levels('a6.pdf')).toEqual(['B-LTA', 'B-LTA', 'B-LT']);
  });

  it('what was kept from before the signature: asked again, its key may have been stolen by then', async () => {
    await sign('plain.pdf', 'fresh.pdf');
    await addDocumentTimestamp(files('fresh.pdf', 'fresh-t.pdf'), levelServices().timestamps);
    const asked = async (output: string) => {
      const before = services.asked.filter((path) => path === '/ocsp').length;
      await addValidationData(files('fresh-t.pdf', output), levelServices('cache-fresh'));
      return services.asked.filter((path) => path === '/ocsp').length - before;
    };
    expect(await asked('fresh-1.pdf')).toBeGreaterThan(0);
    expect(await asked('fresh-2.pdf')).toBeGreaterThan(0);
  });

  it('a token larger than the room kept: asked for again with more', async () => {
    services.stamping.copies = 8;
    const before = services.asked.filter((path) => path === '/tsa').length;
    await raise('B-T').finally(() => (services.stamping.copies = 1));
    expect(levels('raised.pdf')).toEqual(['B-T']);
    expect(services.asked.filter((path) => path === '/tsa').length - before).toBe(2);
  });

  it('a level reached already: the output is the input', async () => {
    const raised = await raiseLevel(files('a5.pdf', 'raised.pdf'), 'B-LTA', levelServices());
    expect(raised.steps).toEqual([]);
    expect(readFileSync(at('raised.pdf')).equals(readFileSync(at('a5.pdf')))).toBe(true);
  });
});

it('names a signature in /VRI by the SHA-1 of its whole /Contents', () => {
  const contents = Buffer.from('308006092a0000', 'hex');
  expect(vriKey(contents)).toBe(createHash('sha1').update(contents).digest('hex').toUpperCase());
});
