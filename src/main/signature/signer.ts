/**
 * Something that can sign: a token, a PKCS#12 file, a key in a test. Made by `token/`; this room never sees a
 * private key or a PIN.
 */
export interface Signer {
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  /** DER of the certificates above it, issuer first; as many as the token carries. */
  readonly chain: readonly Uint8Array[];
  /**
   * Signs a finished digest: RSASSA-PKCS1-v1_5 (RFC 8017, 8.2, the DigestInfo made by the signer) for an RSA
   * key, DER `SEQUENCE {r, s}` for an EC key.
   * @param message what was hashed (about 300 bytes of signed attributes), for software keys: node:crypto has
   *   no ECDSA over a finished digest
   */
  signDigest(algorithm: 'SHA-256', digest: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
}
