/** The server's side of RFC 3161: answers a request as a good timestamp authority does, or with one chosen fault. */
import { createHash, randomBytes } from 'node:crypto';
import {
  bitList,
  context,
  generalizedTime,
  integer,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
  utf8String,
} from '../../../src/main/asn1/der-write.ts';
import { children, contextTag, fields, readDer, readDerAt, tag } from '../../../src/main/asn1/der.ts';
import { oids } from '../../../src/main/asn1/oids.ts';
import type { Identity } from '../ca.ts';
import { issuerOf, serialOf, signatureAlgorithm, signBytes } from '../ca.ts';

export type TimestampFault =
  | 'status'
  | 'garbage'
  | 'imprint'
  | 'sha3-imprint'
  | 'nonce'
  | 'policy'
  | 'signature'
  | 'no-certificate'
  | 'bytes-behind'
  | 'granted-with-mods'
  | 'no-token'
  | 'token-refused'
  | 'unbound'
  | 'other-binding'
  | 'indefinite';

export interface Stamping {
  readonly authority: Identity;
  /** UTC milliseconds. */
  readonly at: number;
  readonly fault?: TimestampFault | undefined;
  /** Certificates sent along more often than once, to make a token big. */
  readonly copies?: number;
}

/** Below 2.999, the arc ITU-T keeps for examples. */
export const TEST_POLICY = '2.999.1';
export const OTHER_POLICY = '2.999.2';

const SHA3_256 = '2.16.840.1.101.3.4.2.8';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const sha256Identifier = (): Uint8Array => sequence(oid(oids.sha256));
const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value));

const certificateHash = (certificate: Uint8Array): Uint8Array =>
  sequence(sequence(sequence(octetString(sha256(certificate)))));

/** TimeStampResp to a TimeStampReq. */
export function timestampAnswer(request: Uint8Array, stamping: Stamping): Uint8Array {
  const { fault } = stamping;
  if (fault === 'garbage') return Buffer.from('<html>Bảo trì hệ thống</html>');
  if (fault === 'status') {
    const words = sequence(utf8String('Dịch vụ tạm dừng'));
    return sequence(sequence(integer(2), words, bitList(25)));
  }
  if (fault === 'no-token') return sequence(sequence(integer(0)));
  const status = fault === 'granted-with-mods' ? 1 : fault === 'token-refused' ? 3 : 0;
  const answer = sequence(sequence(integer(status)), timestampToken(request, stamping));
  if (fault === 'bytes-behind') return Buffer.concat([answer, Uint8Array.of(0)]);
  return fault === 'indefinite' ? indefinite(answer) : answer;
}

function timestampToken(request: Uint8Array, { authority, at, fault, copies = 1 }: Stamping): Uint8Array {
  const parts = fields(readDer(request));
  parts.next(tag.integer);
  const imprint = parts.next(tag.sequence).raw;
  parts.optional(tag.oid);
  const nonce = parts.optional(tag.integer)?.raw ?? new Uint8Array();
  const wantsCertificate = parts.optional(tag.boolean)?.content[0] === 0xff;
  const info = sequence(
    integer(1),
    oid(fault === 'policy' ? OTHER_POLICY : TEST_POLICY),
    imprintOf(imprint, fault),
    integer(randomBytes(12)),
    generalizedTime(at),
    sequence(integer(1)),
    fault === 'nonce' ? integer(12345) : nonce,
  );
  const bound = fault === 'other-binding' ? authority.chain[0]! : authority.certificate;
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.timestampInfo)),
    attribute(oids.messageDigest, octetString(sha256(info))),
    ...(fault === 'unbound' ? [] : [attribute(oids.signingCertificateV2, certificateHash(bound))]),
  );
  const signature = new Uint8Array(signBytes(authority.key, attributes));
  if (fault === 'signature') signature[20]! ^= 1;
  const chain = [authority.certificate, ...authority.chain];
  const certificates =
    fault === 'no-certificate' || !wantsCertificate ? [] : Array.from({ length: copies }, () => chain).flat();
  return sequence(
    oid(oids.signedData),
    context(
      0,
      sequence(
        integer(3),
        setOf(sha256Identifier()),
        sequence(oid(oids.timestampInfo), context(0, octetString(info))),
        ...(certificates.length > 0 ? [retag(contextTag(0), setOf(...certificates))] : []),
        setOf(
          sequence(
            integer(1),
            sequence(issuerOf(authority.certificate), serialOf(authority.certificate)),
            sha256Identifier(),
            retag(contextTag(0), attributes),
            signatureAlgorithm(authority.key),
            octetString(signature),
          ),
        ),
      ),
    ),
  );
}

/** Over what the token stands: what was asked, something else, or a digest that Electron cannot make. */
function imprintOf(asked: Uint8Array, fault: TimestampFault | undefined): Uint8Array {
  if (fault === 'imprint') return sequence(sha256Identifier(), octetString(randomBytes(32)));
  return fault === 'sha3-imprint' ? sequence(sequence(oid(SHA3_256)), octetString(randomBytes(32))) : asked;
}

const END = Uint8Array.of(0, 0);

/** The same value in BER at its loosest: indefinite lengths, long octet strings in two pieces. */
function indefinite(der: Uint8Array): Uint8Array {
  const node = readDerAt(der);
  if (node.tag === tag.octetString && node.content.length > 64) {
    const pieces = [node.content.subarray(0, 50), node.content.subarray(50)].map((piece) =>
      octetString(piece),
    );
    return Buffer.concat([Uint8Array.of(tag.octetString | 0x20, 0x80), ...pieces, END]);
  }
  if ((node.tag & 0x20) === 0) return node.raw;
  const parts = children(node).map(({ raw }) => indefinite(raw));
  return Buffer.concat([Uint8Array.of(node.tag, 0x80), ...parts, END]);
}
