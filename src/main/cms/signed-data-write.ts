/**
 * CMS SignedData for PAdES-B-B (ETSI EN 319 142-1, 6.3; RFC 5652, 5): detached, SHA-256, one signer, the
 * certificate bound by signing-certificate-v2, no signing-time (PDF keeps the time in /M). Built in two steps,
 * because the token signs between them.
 */
import { createHash } from '../crypto/index.ts';
import { keyBits } from '../x509/algorithms.ts';
import {
  context,
  encode,
  integer,
  nullValue,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
} from '../asn1/der-write.ts';
import { contextTag, tag } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';
import type { Certificate } from '../x509/certificate.ts';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value));
const sha256Identifier = (): Uint8Array => sequence(oid(oids.sha256));

export interface ToBeSigned {
  /** SignedAttributes as the SET OF that is hashed (RFC 5652, 5.4). */
  readonly attributes: Uint8Array;
  /** SHA-256 of it: what the token signs. */
  readonly digest: Uint8Array;
}

/** @param documentDigest SHA-256 of the bytes the signature covers */
export function signedAttributes(certificate: Certificate, documentDigest: Uint8Array): ToBeSigned {
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octetString(documentDigest)),
    attribute(oids.signingCertificateV2, signingCertificateV2(certificate)),
  );
  return { attributes, digest: sha256(attributes) };
}

/** RFC 5035, 3: SHA-256 is the default and DER leaves defaults out. */
function signingCertificateV2(certificate: Certificate): Uint8Array {
  const issuer = sequence(context(4, certificate.issuer.raw));
  const issuerSerial = sequence(issuer, encode(tag.integer, certificate.serial));
  return sequence(sequence(sequence(octetString(sha256(certificate.der)), issuerSerial)));
}

export interface SignedDataParts {
  readonly certificate: Certificate;
  /** Certificates to carry along; the signer's own is added. */
  readonly chain: readonly Uint8Array[];
  readonly attributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Unsigned attribute values by type: a timestamp token (RFC 3161, appendix A). */
  readonly unsigned?: readonly { readonly type: string; readonly value: Uint8Array }[];
}

/** The ContentInfo that goes into /Contents. */
export function signedData({
  certificate,
  chain,
  attributes,
  signature,
  unsigned = [],
}: SignedDataParts): Uint8Array {
  const carried = [certificate.der, ...chain].filter(
    (der, index, all) => all.findIndex((other) => Buffer.compare(der, other) === 0) === index,
  );
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.raw, encode(tag.integer, certificate.serial)),
    sha256Identifier(),
    retag(contextTag(0), attributes),
    signatureIdentifier(certificate),
    octetString(signature),
    ...(unsigned.length > 0
      ? [retag(contextTag(1), setOf(...unsigned.map(({ type, value }) => attribute(type, value))))]
      : []),
  );
  return sequence(
    oid(oids.signedData),
    context(
      0,
      sequence(
        integer(1),
        setOf(sha256Identifier()),
        sequence(oid(oids.data)),
        retag(contextTag(0), setOf(...carried)),
        encode(tag.set, signerInfo),
      ),
    ),
  );
}

/** RFC 3370, 3.2 and RFC 5754, 3.2: rsaEncryption with NULL; ecdsa-with-SHA256 without parameters. */
function signatureIdentifier({ keyAlgorithm }: Certificate): Uint8Array {
  return keyAlgorithm.oid === oids.ecPublicKey
    ? sequence(oid(oids.ecdsaWithSha256))
    : sequence(oid(oids.rsaEncryption), nullValue());
}

/** Bytes the finished SignedData takes at most; exact for RSA, up to a few bytes more for ECDSA. */
export function signedDataSize(certificate: Certificate, chain: readonly Uint8Array[]): number {
  const { attributes } = signedAttributes(certificate, new Uint8Array(32));
  return signedData({ certificate, chain, attributes, signature: new Uint8Array(signatureSize(certificate)) })
    .length;
}

function signatureSize(certificate: Certificate): number {
  const octets = Math.ceil(keyBits(certificate.spki) / 8);
  if (certificate.keyAlgorithm.oid !== oids.ecPublicKey) return octets;
  const largest = integer(new Uint8Array(octets).fill(0xff));
  return sequence(largest, largest).length;
}
