/** Takes in one part in a process of its own: `part-child.ts DOOR FILE SIGNER` prints what a person is told of it, time and memory. */
import { readFileSync } from 'node:fs';
import { fillTextFields } from '../../src/main/paper/fields.ts';
import { normalizeCopy } from '../../src/main/pdf/normalize.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { embedSignature, prepareSignature } from '../../src/main/pdf/signature-field.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { askCrl } from '../../src/main/signature/online/crl-source.ts';
import { fetchRevocation } from '../../src/main/signature/online/revocation.ts';
import type { OnlineServices } from '../../src/main/signature/online/service.ts';
import { readTimestampAnswer } from '../../src/main/signature/online/tsa.ts';
import { findPath } from '../../src/main/x509/path-build.ts';
import { readTrustFile } from '../../src/main/cms/trust-file.ts';
import { verifySource } from '../../src/main/signature/verify.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { DeskError, errorSentence } from '../../src/shared/errors/index.ts';
import { findingSentence } from '../../src/shared/sentences/verification.ts';
import type { Door } from './costly-parts.ts';
import { LETTER, writePdf } from './pdf-text.ts';

const [door = '', file = '', signer = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const now = Date.now();
const url = 'http://ca.example.vn/';

/** The service that gives these bytes. */
const services: OnlineServices = {
  http: () => Promise.resolve(bytes),
  cache: { get: () => Promise.resolve(null), put: () => Promise.resolve() },
  now: () => now,
};
const asked = () => {
  const own = readCertificate(readFileSync(signer));
  const certificate = { ...own, extensions: { ...own.extensions, ocspUrls: [url] } };
  return { certificate, issuer: own, anchors: [own], pool: [] };
};

interface Told {
  readonly what: string;
  /** The sentence a person reads, where it went wrong. */
  readonly said?: string;
}

const doors: Readonly<Record<Door, () => Told | Promise<Told>>> = {
  certificate: () => {
    const [leaf, ...above] = readTrustFile(bytes, 'a.p7b');
    const found = findPath(leaf!, above, above.slice(-1), now);
    return { what: found.ok ? 'valid' : found.problem.fault };
  },
  cms: async () => {
    const letter = writePdf(LETTER);
    const prepared = prepareSignature(openPdf(memorySource(letter)), {
      target: { kind: 'new', page: 0 },
      subFilter: 'ETSI.CAdES.detached',
      contentsBytes: bytes.length,
    });
    const signed = Buffer.concat([letter, embedSignature(prepared, bytes)]);
    const { verdict, reasons } = await verifySource(memorySource(signed), { checkChain: false });
    const [reason] = reasons;
    return reason ? { what: reason.code, said: findingSentence(reason, 'vi') } : { what: verdict };
  },
  crl: async () => ({ what: (await askCrl(url, asked(), services, [])).result }),
  ocsp: async () => {
    const { evidence, failures } = await fetchRevocation(asked(), services);
    if (!evidence) throw failures[0]!.error;
    return { what: evidence.result };
  },
  tsa: () => {
    const imprint = { digest: Buffer.alloc(32), nonce: Buffer.alloc(8, 1), host: 'tsa' };
    return { what: String(readTimestampAnswer(bytes, imprint).at) };
  },
  damaged: () => ({ what: normalizeCopy(memorySource(bytes)).repairs.join(' ') }),
  form: async () => {
    await fillTextFields(openPdf(memorySource(bytes)), { a: '12' });
    return { what: 'filled' };
  },
};

async function outcome(): Promise<Told> {
  try {
    return await doors[door as Door]();
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { what: error.code, said: errorSentence(error.code, error.params, 'vi') };
  }
}

// Of the processor: other work on the machine may keep this waiting.
const start = process.cpuUsage();
const told = await outcome();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...told, ms: process.cpuUsage(start).user / 1000, megabytes }));
