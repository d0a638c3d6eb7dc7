/** A signer over a key in memory: the token of tests that are not about tokens. */
import { constants, privateEncrypt, sign } from 'node:crypto';
import type { Signer } from '../../src/main/signature/signer.ts';
import type { Identity } from './ca.ts';

/** DigestInfo of SHA-256 up to the digest (RFC 8017, 9.2). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export function softSigner({ certificate, chain, key }: Identity): Signer {
  return {
    certificate,
    chain,
    signDigest: async (_, digest, message) =>
      key.asymmetricKeyType === 'ec'
        ? sign('sha256', message, key)
        : privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, digest])),
  };
}
