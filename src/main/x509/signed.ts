import { DerError, fields, readBitOctets, readDer, tag } from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { readAlgorithm, type AlgorithmIdentifier } from './algorithms.ts';

/** What an authority signed, as certificates and CRLs carry it (RFC 5280, 4.1 and 5.1). */
export interface Signed {
  readonly tbs: Der;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** @throws DerError when the bytes are not exactly one signed structure */
export function readSigned(der: Uint8Array): Signed {
  const outer = fields(readDer(der));
  const tbs = outer.next(tag.sequence);
  const signatureAlgorithm = readAlgorithm(outer.next(tag.sequence));
  const signature = readBitOctets(outer.next());
  outer.end();
  return { tbs, signatureAlgorithm, signature };
}

/**
 * The algorithm inside what was signed is the one beside it; else an unsigned field would choose it (RFC 5280, 4.1.1.2
 * and 5.1.1.2). @throws DerError
 */
export function requireSameAlgorithm(inside: Der, { signatureAlgorithm }: Signed): void {
  if (Buffer.compare(readAlgorithm(inside).raw, signatureAlgorithm.raw) !== 0)
    throw new DerError('two signature algorithms');
}
