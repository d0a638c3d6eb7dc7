/** Whom a command trusts, and the revocation lists it was given. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { crlsOf } from '../x509/crl.ts';
import { pemBlocks } from '../x509/pem.ts';
import { importedAnchor } from '../x509/trust.ts';
import { readTrustFile } from '../cms/trust-file.ts';
import type { TrustAnchor } from '../x509/trust.ts';

export const TRUST_FILES = ['.pem', '.cer', '.crt', '.der', '.p7b', '.p7c'];
export const CRL_FILES = ['.crl', '.pem', '.der'];

/** @throws signature.trust-unreadable */
export async function readAnchors(files: readonly string[]): Promise<TrustAnchor[]> {
  const read = files.map(async (file) => readTrustFile(await readFile(file), file).map(importedAnchor));
  return (await Promise.all(read)).flat();
}

/** DER. @throws signature.crl-unreadable */
export async function readCrls(files: readonly string[]): Promise<Uint8Array[]> {
  return (await Promise.all(files.map(readCrlFile))).flat();
}

async function readCrlFile(file: string): Promise<Uint8Array[]> {
  const found = crlsOf(pemBlocks(await readFile(file))).map(({ der }) => der);
  if (found.length === 0) throw new DeskError('signature.crl-unreadable', { file: basename(file) });
  return found;
}
