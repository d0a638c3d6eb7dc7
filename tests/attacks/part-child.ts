/** Takes in one part in a process of its own: `part-child.ts DOOR FILE SIGNER` prints what came of it, time and memory. */
import { readFileSync } from 'node:fs';
import { UnsupportedAlgorithm } from '../../src/main/signature/algorithms.ts';
import { readPaddedSignedData } from '../../src/main/signature/cms-read.ts';
import { isCrlSignedBy, readCrl } from '../../src/main/signature/crl.ts';
import { DerError } from '../../src/main/signature/der.ts';
import { authorisedResponder, readOcspResponse } from '../../src/main/signature/online/ocsp.ts';
import { readTimestampAnswer } from '../../src/main/signature/online/tsa.ts';
import { findPath } from '../../src/main/signature/path-build.ts';
import { crlStatus } from '../../src/main/signature/revocation.ts';
import { readTrustFile } from '../../src/main/signature/trust.ts';
import { readCertificate } from '../../src/main/signature/x509.ts';
import { DeskError } from '../../src/shared/errors/index.ts';
import type { Door } from './costly-parts.ts';

const [door = '', file = '', signer = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const now = Date.now();

const doors: Readonly<Record<Door, () => string>> = {
  certificate: () => {
    const [leaf, ...above] = readTrustFile(bytes, 'a.p7b');
    const found = findPath(leaf!, above, above.slice(-1), now);
    return found.ok ? 'valid' : found.problem.fault;
  },
  cms: () => (readPaddedSignedData(bytes), 'read'),
  crl: () => {
    const crl = readCrl(bytes);
    const certificate = readCertificate(readFileSync(signer));
    if (!isCrlSignedBy(crl, certificate)) return 'unsigned';
    return crlStatus(certificate, { crls: [crl], isAuthentic: () => true, at: now, now }).status;
  },
  ocsp: () =>
    authorisedResponder(readOcspResponse(bytes), readCertificate(readFileSync(signer)))
      ? 'signed'
      : 'unsigned',
  tsa: () => {
    const asked = { digest: Buffer.alloc(32), nonce: Buffer.alloc(8, 1), host: 'tsa' };
    return String(readTimestampAnswer(bytes, asked).at);
  },
};

function outcome(): string {
  try {
    return doors[door as Door]();
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    if (error instanceof DerError || error instanceof UnsupportedAlgorithm)
      return `DerError ${error.message}`;
    throw error;
  }
}

// Of the processor: other work on the machine may keep this waiting.
const start = process.cpuUsage();
const what = outcome();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ what, ms: process.cpuUsage(start).user / 1000, megabytes }));
