/**
 * Strict DER (X.690, clauses 8, 10, 11): one value at a time, children on demand, so that no input can make
 * the reader recurse. Every view shares the caller's bytes. A violation is a `DerError`; the room that knows
 * what was being read turns it into a sentence for people.
 */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific tag `[n]`, constructed (EXPLICIT, or IMPLICIT over a constructed type). */
export const contextTag = (n: number): number => 0xa0 | n;
/** Context-specific tag `[n]` of an IMPLICIT primitive type. */
export const contextPrimitive = (n: number): number => 0x80 | n;

export interface Der {
  /** The identifier octet; tag numbers above 30 do not occur in X.509, CMS or PKCS#12 and are refused. */
  readonly tag: number;
  /** Identifier, length and contents. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
}

/** Children one value may have; a full CRL of the state's busiest CA stays far below. */
const MAX_CHILDREN = 2_000_000;

/** Reads the value at `offset`; bytes behind it are not looked at. */
export function readDerAt(bytes: Uint8Array, offset = 0): Der {
  const identifier = bytes[offset];
  const first = bytes[offset + 1];
  if (identifier === undefined || first === undefined) throw new DerError('value ends early');
  if ((identifier & 0x1f) === 0x1f) throw new DerError('tag number above 30');
  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0) throw new DerError('indefinite length');
    if (octets > 4) throw new DerError('length above 4 GiB');
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start + i] ?? 0);
    if (length < 0x80 || length < 256 ** (octets - 1)) throw new DerError('length not minimal');
    start += octets;
  }
  const end = start + length;
  if (end > bytes.length) throw new DerError('value runs past its container');
  return { tag: identifier, raw: bytes.subarray(offset, end), content: bytes.subarray(start, end) };
}

/** Reads bytes that are exactly one value. */
export function readDer(bytes: Uint8Array): Der {
  const node = readDerAt(bytes);
  if (node.raw.length !== bytes.length) throw new DerError('bytes behind the value');
  return node;
}

/** The values inside a constructed one. */
export function children(node: Der): Der[] {
  const list: Der[] = [];
  for (let at = 0; at < node.content.length;) {
    const child = readDerAt(node.content, at);
    if (list.push(child) > MAX_CHILDREN) throw new DerError('too many values');
    at += child.raw.length;
  }
  return list;
}

/** The single value inside an EXPLICIT tag or another one-value container. */
export const inner = (node: Der): Der => readDer(node.content);

/** Walks the fields of a SEQUENCE in their order, as an ASN.1 module lists them. */
export interface Fields {
  /** The next field, which must have this tag (any tag when omitted). */
  next(expected?: number): Der;
  /** The next field if it has this tag. */
  optional(expected: number): Der | undefined;
  /** Everything not yet taken. */
  rest(): Der[];
  /** Demands that nothing is left. */
  end(): void;
}

/** The fields of `node`, which must carry `expected` (a SEQUENCE unless an IMPLICIT tag replaces it). */
export function fields(node: Der, expected: number = tag.sequence): Fields {
  expectTag(node, expected);
  let at = 0;
  const peek = (): Der | undefined => (at < node.content.length ? readDerAt(node.content, at) : undefined);
  const take = (field: Der): Der => {
    at += field.raw.length;
    return field;
  };
  return {
    next(wanted) {
      const field = peek();
      if (!field) throw new DerError('field missing');
      if (wanted !== undefined) expectTag(field, wanted);
      return take(field);
    },
    optional(wanted) {
      const field = peek();
      return field?.tag === wanted ? take(field) : undefined;
    },
    rest() {
      const left = children({ ...node, content: node.content.subarray(at) });
      at = node.content.length;
      return left;
    },
    end() {
      if (at < node.content.length) throw new DerError('unexpected field');
    },
  };
}

/** The node itself. @param expected its identifier octet @throws DerError when it has another */
export function expectTag(node: Der, expected: number): Der {
  if (node.tag !== expected) throw new DerError(`tag ${node.tag.toString(16)}, not ${expected.toString(16)}`);
  return node;
}

/** The value of a BOOLEAN in DER (X.690, 11.1). @throws DerError */
export function readBoolean(node: Der): boolean {
  expectTag(node, tag.boolean);
  const value = node.content[0];
  // X.690, 11.1: TRUE is FF and nothing else.
  if (node.content.length !== 1 || (value !== 0x00 && value !== 0xff)) throw new DerError('not a BOOLEAN');
  return value === 0xff;
}

/** The contents octets of an INTEGER, checked to be minimal (X.690, 8.3.2). The tag may be IMPLICIT. */
export function integerOctets(node: Der): Uint8Array {
  const [first, second] = node.content;
  if (first === undefined) throw new DerError('empty INTEGER');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new DerError('INTEGER not minimal');
  return node.content;
}

/** The value of an INTEGER of at most 4,096 octets (X.690, 8.3). @throws DerError */
export function readInteger(node: Der): bigint {
  const octets = integerOctets(node);
  if (octets.length > 4096) throw new DerError('INTEGER too long');
  return BigInt.asIntN(octets.length * 8, BigInt(`0x${Buffer.from(octets).toString('hex')}`));
}

/** A version, count or other INTEGER or ENUMERATED that a number holds exactly. */
export function readSmallInteger(node: Der): number {
  const octets = integerOctets(node);
  if (octets.length > 6) throw new DerError('INTEGER out of range');
  return Number(readInteger(node));
}

/** An OBJECT IDENTIFIER of at most 128 octets in its dotted form, `2.16.840.1` (X.690, 8.19). @throws DerError */
export function readOid(node: Der): string {
  const { content } = node;
  if (content.length === 0 || content.length > 128) throw new DerError('OBJECT IDENTIFIER length');
  const arcs: bigint[] = [];
  let value = 0n;
  let open = false;
  for (const octet of content) {
    if (!open && octet === 0x80) throw new DerError('OBJECT IDENTIFIER not minimal');
    value = (value << 7n) | BigInt(octet & 0x7f);
    open = octet >= 0x80;
    if (open) continue;
    arcs.push(value);
    value = 0n;
  }
  if (open) throw new DerError('OBJECT IDENTIFIER ends early');
  const [head = 0n, ...tail] = arcs;
  const top = head < 80n ? head / 40n : 2n;
  return [top, head - top * 40n, ...tail].join('.');
}

export interface BitString {
  readonly bytes: Uint8Array;
  /** Bits of the last octet that do not count, 0 to 7. */
  readonly unused: number;
}

/** The bits of a BIT STRING in DER, where unused bits are zero (X.690, 11.2.1). @throws DerError */
export function readBitString(node: Der): BitString {
  const unused = node.content[0];
  const bytes = node.content.subarray(1);
  if (unused === undefined || unused > 7 || (bytes.length === 0 && unused !== 0))
    throw new DerError('not a BIT STRING');
  // X.690, 11.2.1: unused bits are zero.
  if (unused > 0 && (bytes[bytes.length - 1]! & ((1 << unused) - 1)) !== 0)
    throw new DerError('BIT STRING with stray bits');
  return { bytes, unused };
}

/** A BIT STRING that carries octets (keys, signatures). */
export function readBitOctets(node: Der): Uint8Array {
  const { bytes, unused } = readBitString(expectTag(node, tag.bitString));
  if (unused !== 0) throw new DerError('BIT STRING is not whole octets');
  return bytes;
}

/** A named-bit list (KeyUsage, ReasonFlags): is bit `n` set? */
export function hasBit({ bytes }: BitString, n: number): boolean {
  return ((bytes[n >> 3] ?? 0) & (0x80 >> (n & 7))) !== 0;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');
const utf16 = new TextDecoder('utf-16be', { fatal: true });

/** The text of any ASN.1 string type met in names; NFC. Teletex is read as Latin-1, as every CA meant it. */
export function readText(node: Der): string {
  return decodeText(node).normalize('NFC');
}

function decodeText({ tag: type, content }: Der): string {
  try {
    switch (type) {
      case tag.utf8String:
        return utf8.decode(content);
      case tag.bmpString:
        return utf16.decode(content);
      case tag.universalString:
        return readUcs4(content);
      case tag.numericString:
      case tag.printableString:
      case tag.teletexString:
      case tag.ia5String:
      case tag.visibleString:
        return latin1.decode(content);
      default:
        throw new DerError('not a character string');
    }
  } catch (error) {
    throw error instanceof DerError ? error : new DerError('badly encoded character string');
  }
}

function readUcs4(content: Uint8Array): string {
  if (content.length % 4 !== 0) throw new DerError('UniversalString length');
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  let text = '';
  for (let at = 0; at < content.length; at += 4) text += String.fromCodePoint(view.getUint32(at));
  return text;
}

const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/;

/** UTCTime or GeneralizedTime in DER form (RFC 5280, 4.1.2.5), as UTC milliseconds. */
export function readTime(node: Der): number {
  const parts = TIME.exec(latin1.decode(node.content.subarray(0, 32)));
  const isUtcTime = node.tag === tag.utcTime;
  if (!parts || (!isUtcTime && node.tag !== tag.generalizedTime)) throw new DerError('not a time');
  const [, year = '', month, day, hour, minute, second, fraction = ''] = parts;
  if (year.length !== (isUtcTime ? 2 : 4) || (isUtcTime && fraction)) throw new DerError('not a time');
  // RFC 5280, 4.1.2.5.1: two digits from 50 on mean 19xx.
  const fullYear = isUtcTime ? Number(year) + (Number(year) >= 50 ? 1900 : 2000) : Number(year);
  const iso = `${String(fullYear).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
  const ms = Date.parse(`${iso}Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== iso) throw new DerError('no such time');
  return ms + (fraction ? Math.floor(Number(fraction) * 1000) : 0);
}
