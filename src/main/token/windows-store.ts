/** The current user's certificates as the registry keeps them (MS-GPEF, 2.2.1.1.1): whose each is, and where its key is. */

export interface StoredHolder {
  /** DER. */
  readonly certificate: Uint8Array;
  /** Name of the CSP or KSP that has the private key; empty for a certificate without one. */
  readonly provider: string;
}

const KEY_PROV_INFO = 2;
const CERTIFICATE = 32;
const PROPERTY_HEADER = 12;

/** One "Blob" value: properties one after another, the certificate among them. Null for what is none. */
export function readStoredCertificate(blob: Buffer): StoredHolder | null {
  let certificate: Buffer | undefined;
  let provider = '';
  for (let at = 0; at + PROPERTY_HEADER <= blob.length;) {
    const id = blob.readUInt32LE(at);
    const end = at + PROPERTY_HEADER + blob.readUInt32LE(at + 8);
    const value = blob.subarray(at + PROPERTY_HEADER, end);
    if (id === CERTIFICATE) certificate = value;
    if (id === KEY_PROV_INFO) provider = providerName(value);
    at = end;
  }
  return certificate ? { certificate: Uint8Array.from(certificate), provider } : null;
}

/** MS-GPEF, 2.2.1.1.1.1.1: the second number is where the provider's name begins; UTF-16, ended by a zero. */
function providerName(keyProvInfo: Buffer): string {
  if (keyProvInfo.length < 8) return '';
  const text = keyProvInfo.toString('utf16le', keyProvInfo.readUInt32LE(4));
  return text.split('\0', 1)[0]!;
}
