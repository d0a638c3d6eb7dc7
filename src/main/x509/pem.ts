const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;

/** The DER values in a file: those of its PEM blocks, or the file itself when it has none (RFC 7468). */
export function pemBlocks(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const blocks = Array.from(text.matchAll(BLOCK), ([, , body = '']) => Buffer.from(body, 'base64'));
  return blocks.length > 0 ? blocks : [bytes];
}
