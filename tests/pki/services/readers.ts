/** openssl's judgement of the signatures and timestamps in a PDF. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSignedData } from '../../../src/main/cms/signed-data-read.ts';
import { oids } from '../../../src/main/asn1/oids.ts';
import { pem } from '../ca.ts';
import { extractSignatures } from '../readers.ts';

type Extracted = ReturnType<typeof extractSignatures>[number];
const isTimestamp = ({ cms }: Extracted): boolean => readSignedData(cms).contentType === oids.timestampInfo;

function inFolder<T>(
  root: Uint8Array,
  work: (put: (name: string, bytes: Uint8Array) => string, trust: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const put = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  try {
    return work(put, put('root.pem', Buffer.from(pem('CERTIFICATE', root))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `openssl ts -verify` on every document timestamp; throws with openssl's words when one fails. */
export function readTimestamps(file: string, root: Uint8Array): number {
  const timestamps = extractSignatures(readFileSync(file)).filter(isTimestamp);
  return inFolder(root, (put, trust) => {
    for (const { cms, signedBytes } of timestamps) verifyToken(cms, signedBytes, put, trust);
    return timestamps.length;
  });
}

/** `openssl cms -verify -cades` on every signature, and `ts -verify` on the timestamps inside. */
export function readInner(file: string, root: Uint8Array): { signatures: number; timestamps: number } {
  const signatures = extractSignatures(readFileSync(file)).filter((one) => !isTimestamp(one));
  return inFolder(root, (put, trust) => {
    let timestamps = 0;
    for (const { cms, signedBytes } of signatures) {
      const files = ['-in', put('cms', cms), '-content', put('content', signedBytes), '-CAfile', trust];
      const options = ['-binary', '-cades', '-inform', 'DER', '-purpose', 'any', '-out', '/dev/null'];
      execFileSync('openssl', ['cms', '-verify', ...options, ...files], { stdio: 'pipe' });
      const { signer } = readSignedData(cms);
      for (const token of signer.timestamps) verifyToken(token, signer.signature, put, trust);
      timestamps += signer.timestamps.length;
    }
    return { signatures: signatures.length, timestamps };
  });
}

function verifyToken(
  token: Uint8Array,
  content: Uint8Array,
  put: (name: string, bytes: Uint8Array) => string,
  trust: string,
): void {
  const files = ['-in', put('token', token), '-data', put('data', content), '-CAfile', trust];
  execFileSync('openssl', ['ts', '-verify', '-token_in', ...files], { stdio: 'pipe' });
}
