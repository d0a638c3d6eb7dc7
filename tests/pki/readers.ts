/** Independent readers of what we sign: openssl, pdfsig and mutool. They know nothing of our code. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pem } from './ca.ts';

export interface ExtractedSignature {
  readonly cms: Buffer;
  readonly signedBytes: Buffer;
  /** As its dictionary says; the plain PKCS #7 of other tools names no certificate in what it signs. */
  readonly isCades: boolean;
}

/** Every /ByteRange of a file with the DER in its gap, found by searching the text as a second opinion may. */
export function extractSignatures(file: Buffer): ExtractedSignature[] {
  const text = file.toString('latin1');
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((match) => {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
    const gap = Buffer.from(file.subarray(a + b + 1, c - 1).toString('latin1'), 'hex');
    const length = 4 + gap.readUInt16BE(2);
    return {
      cms: gap.subarray(0, length),
      signedBytes: Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]),
      isCades: !text.slice(match.index - 100, match.index).includes('/adbe.pkcs7.detached'),
    };
  });
}

/** `openssl cms -verify`, with `-cades` where it is one, on each signature; throws with openssl's words when one fails. */
export function opensslVerify(file: string, root: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    const trust = join(folder, 'root.pem');
    writeFileSync(trust, pem('CERTIFICATE', root));
    const signatures = extractSignatures(readFileSync(file));
    for (const { cms, signedBytes, isCades } of signatures) {
      writeFileSync(join(folder, 'cms.der'), cms);
      writeFileSync(join(folder, 'content'), signedBytes);
      const files = ['-in', join(folder, 'cms.der'), '-content', join(folder, 'content'), '-CAfile', trust];
      const ess = isCades ? ['-cades'] : [];
      const options = ['-binary', ...ess, '-inform', 'DER', '-purpose', 'any', '-out', '/dev/null'];
      execFileSync('openssl', ['cms', '-verify', ...options, ...files], { stdio: 'pipe' });
    }
    return signatures.length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words after `Signature Validation:` of each signature, and whether pdfsig says the whole file is signed. */
export function pdfsig(file: string): { validations: string[]; wholeFile: boolean[] } {
  const { stdout } = spawnSync('pdfsig', ['-no-ocsp', '-nocert', file], { encoding: 'utf8' });
  return {
    validations: [...stdout.matchAll(/Signature Validation: (.*)/g)].map((match) => match[1]!),
    wholeFile: [...stdout.matchAll(/(Total|Not total) document signed/g)].map(
      (match) => match[1] === 'Total',
    ),
  };
}

/** mutool's word on a signature that nothing was added to. */
export const MUTOOL_WHOLE = 'The document is unchanged since signing.';
/** And on any before it, however right the addition: it judges no changes. */
export const MUTOOL_EDITED = 'The signature is valid but there have been edits since signing.';

/**
 * mutool's last word on each signature, in the order of the alphabet: it goes by field, not by time. It has no trust store ("Self-signed certificate
 * in chain"), and takes a document timestamp for an empty field: those are left out.
 */
export function mutoolVerdicts(file: string): string[] {
  const { stdout } = spawnSync('mutool', ['sign', '-v', file], { encoding: 'utf8' });
  return stdout
    .split(/^Verifying signature \d+:$/m)
    .slice(1)
    .map((block) => block.trim().split('\n').at(-1)!.trim())
    .filter((word) => word !== 'Signature is not signed.')
    .toSorted();
}
