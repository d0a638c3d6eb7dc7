/** The server's side of OCSP (RFC 6960): answers as a delegated responder does, or with one chosen fault. */
import { createHash } from 'node:crypto';
import {
  bitString,
  context,
  contextOctets,
  encode,
  enumerated,
  generalizedTime,
  octetString,
  oid,
  sequence,
} from '../../../src/main/asn1/der-write.ts';
import { contextTag, fields, inner, readDer, readBitOctets, tag } from '../../../src/main/asn1/der.ts';
import { oids } from '../../../src/main/asn1/oids.ts';
import type { Identity } from '../ca.ts';
import { signatureAlgorithm, signBytes, spkiOf } from '../ca.ts';

export type OcspFault =
  | 'garbage'
  | 'try-later'
  | 'unknown'
  | 'nonce'
  | 'other-certificate'
  | 'expired'
  | 'signature'
  | 'stranger'
  | 'no-nonce';

export interface Answering {
  readonly responder: Identity;
  /** Signs instead of the responder for the fault `stranger`. */
  readonly stranger: Identity;
  /** UTC milliseconds. */
  readonly now: number;
  /** When the certificate with this serial number (upper-case hexadecimal) was revoked. */
  readonly revokedAt: (serial: string) => number | undefined;
  readonly fault?: OcspFault | undefined;
}

const HOUR = 3_600_000;

/** OCSPResponse to an OCSPRequest for one certificate. */
export function ocspAnswer(request: Uint8Array, answering: Answering): Uint8Array {
  const { fault, now, stranger } = answering;
  if (fault === 'garbage') return Buffer.from('no such service');
  if (fault === 'try-later') return sequence(enumerated(3));
  const responder = fault === 'stranger' ? stranger : answering.responder;
  const { certId, serial, nonce } = readRequest(request, fault === 'other-certificate');
  const start = fault === 'expired' ? now - 48 * HOUR : now - 60_000;
  const single = sequence(
    certId,
    status(answering, serial),
    generalizedTime(start),
    context(0, generalizedTime(start + 24 * HOUR)),
  );
  const echoed = fault === 'nonce' ? octetString(octetString(Buffer.alloc(16))) : nonce;
  const extensions = sequence(sequence(oid(oids.ocspNonce), echoed));
  const tbs = sequence(
    context(2, octetString(keyHash(responder))),
    generalizedTime(start),
    sequence(single),
    ...(fault === 'no-nonce' ? [] : [context(1, extensions)]),
  );
  const signature = new Uint8Array(signBytes(responder.key, tbs));
  if (fault === 'signature') signature[9]! ^= 1;
  const basic = sequence(
    tbs,
    signatureAlgorithm(responder.key),
    bitString(signature),
    context(0, sequence(responder.certificate)),
  );
  return sequence(enumerated(0), context(0, sequence(oid(oids.ocspBasic), octetString(basic))));
}

function status({ fault, revokedAt }: Answering, serial: string): Uint8Array {
  if (fault === 'unknown') return contextOctets(2, new Uint8Array());
  const at = revokedAt(serial);
  return at === undefined ? contextOctets(0, new Uint8Array()) : context(1, generalizedTime(at));
}

interface Wanted {
  readonly certId: Uint8Array;
  readonly serial: string;
  /** Value of the nonce extension. */
  readonly nonce: Uint8Array;
}

function readRequest(request: Uint8Array, changeSerial: boolean): Wanted {
  const parts = fields(fields(readDer(request)).next(tag.sequence));
  const wanted = fields(parts.next(tag.sequence)).next(tag.sequence);
  const id = fields(fields(wanted).next(tag.sequence));
  const before = [id.next(), id.next(), id.next()].map(({ raw }) => raw);
  const serial = id.next(tag.integer).content;
  const extension = fields(fields(inner(parts.next(contextTag(2)))).next(tag.sequence));
  extension.next(tag.oid);
  const named = changeSerial ? Buffer.from('01020304', 'hex') : serial;
  return {
    certId: sequence(...before, encode(tag.integer, named)),
    serial: Buffer.from(serial).toString('hex').toUpperCase(),
    nonce: extension.next(tag.octetString).raw,
  };
}

function keyHash({ certificate }: Identity): Uint8Array {
  const parts = fields(readDer(spkiOf(certificate)));
  parts.next(tag.sequence);
  return createHash('sha1').update(readBitOctets(parts.next())).digest();
}
