/**
 * BER to DER for the containers that are BER in the wild (CMS: RFC 5652, 10; PKCS#12: RFC 7292): indefinite
 * lengths become definite and octet strings in pieces become one. What a signature covers must itself be DER
 * and passes through unchanged.
 */
import { children, DerError, readDerAt, tag } from './der.ts';
import { encode } from './der-write.ts';

const MAX_DEPTH = 48;
const MAX_VALUES = 200_000;
const CONSTRUCTED_OCTET_STRING = tag.octetString | 0x20;
const CONSTRUCTED_CONTEXT_ZERO = 0xa0;

interface Normalised {
  readonly der: Uint8Array;
  /** Bytes of the input the value took, with its end-of-contents octets. */
  readonly length: number;
}

/** The first value in `bytes` as DER, and how many input bytes it took; bytes behind it are the caller's matter. */
export function normaliseBer(bytes: Uint8Array): Normalised {
  const budget = { values: MAX_VALUES };
  return normalise(bytes, 0, 0, budget);
}

function normalise(bytes: Uint8Array, offset: number, depth: number, budget: { values: number }): Normalised {
  if (depth > MAX_DEPTH) throw new DerError('nested too deep');
  if (--budget.values < 0) throw new DerError('too many values');
  const identifier = bytes[offset];
  if (identifier === undefined) throw new DerError('value ends early');
  const isConstructed = (identifier & 0x20) !== 0;
  if (bytes[offset + 1] !== 0x80) {
    const node = readDerAt(bytes, offset);
    if (!isConstructed) return { der: node.raw, length: node.raw.length };
    const parts: Uint8Array[] = [];
    for (let at = 0; at < node.content.length;) {
      const part = normalise(node.content, at, depth + 1, budget);
      parts.push(part.der);
      at += part.length;
    }
    return { der: assemble(identifier, parts), length: node.raw.length };
  }
  if (!isConstructed) throw new DerError('indefinite length of a primitive value');
  const parts: Uint8Array[] = [];
  let at = offset + 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const part = normalise(bytes, at, depth + 1, budget);
    parts.push(part.der);
    at += part.length;
  }
  return { der: assemble(identifier, parts), length: at + 2 - offset };
}

function assemble(identifier: number, parts: readonly Uint8Array[]): Uint8Array {
  if (identifier !== CONSTRUCTED_OCTET_STRING) return encode(identifier, Buffer.concat(parts));
  return encode(tag.octetString, Buffer.concat(parts.map(octets)));
}

function octets(part: Uint8Array): Uint8Array {
  const node = readDerAt(part);
  if (node.tag !== tag.octetString) throw new DerError('octet string of other parts');
  return node.content;
}

/** Contents of `[0] IMPLICIT OCTET STRING`, which BER may split into pieces (EncryptedContentInfo). */
export function implicitOctets(value: Uint8Array): Uint8Array {
  const node = readDerAt(value);
  if (node.tag !== CONSTRUCTED_CONTEXT_ZERO) return node.content;
  return Buffer.concat(children(node).map(({ raw }) => octets(raw)));
}
