/** CMS SignedData (RFC 5652, 5) as found in /Contents and in timestamp tokens, read strictly into plain data. */
import { normaliseBer } from '../asn1/ber.ts';
import { readAlgorithm } from '../x509/algorithms.ts';
import type { AlgorithmIdentifier } from '../x509/algorithms.ts';
import {
  children,
  contextPrimitive,
  contextTag,
  DerError,
  expectTag,
  fields,
  inner,
  readDer,
  readDerAt,
  readOid,
  readTime,
  tag,
} from '../asn1/der.ts';
import type { Der } from '../asn1/der.ts';
import { retag } from '../asn1/der-write.ts';
import { readName } from '../x509/names.ts';
import type { Name } from '../x509/names.ts';
import { oids } from '../asn1/oids.ts';
import { sameBytes, tryReadCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export type SignerIdentifier =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: Name; readonly serial: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array };

/** ESSCertID or ESSCertIDv2: the hash of the certificate the signer meant (RFC 5035, 3). */
export interface CertificateBinding {
  /** Null for the SHA-256 default and for SHA-1 of the first version. */
  readonly algorithm: AlgorithmIdentifier | null;
  readonly version: 1 | 2;
  readonly hash: Uint8Array;
}

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** The SET OF that was signed; undefined when the content itself was. */
  readonly signedAttributes: Uint8Array | undefined;
  readonly contentType: string | undefined;
  readonly messageDigest: Uint8Array | undefined;
  /** UTC milliseconds, as claimed. */
  readonly signingTime: number | undefined;
  readonly bindings: readonly CertificateBinding[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Timestamp tokens over the signature value. */
  readonly timestamps: readonly Uint8Array[];
  /** CRLs and OCSP responses Adobe keeps among the signed attributes. */
  readonly archivedCrls: readonly Uint8Array[];
  readonly archivedOcsps: readonly Uint8Array[];
}

export interface SignedData {
  readonly contentType: string;
  /** Encapsulated content; undefined when the signature is detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Uint8Array[];
  readonly signer: SignerInfo;
}

const MAX_CMS = 16 * 1024 * 1024;
const MAX_CERTIFICATES = 100;
const MAX_ATTRIBUTES = 64;

/**
 * The value at the start of /Contents and how many bytes it takes; what stands behind it is the caller's to judge.
 * PDF wants DER; BER is met and read, since what the signature covers is DER in any case (RFC 5652, 10).
 * @throws DerError
 */
export function readPaddedSignedData(bytes: Uint8Array): {
  readonly data: SignedData;
  readonly length: number;
} {
  if (bytes.length > MAX_CMS) throw new DerError('CMS above 16 MiB');
  const { der, length } = normaliseBer(bytes);
  return { data: readSignedData(der), length };
}

/** @throws DerError unless the bytes are exactly one SignedData with exactly one signer */
export function readSignedData(der: Uint8Array): SignedData {
  const outer = fields(readDer(der));
  if (readOid(outer.next(tag.oid)) !== oids.signedData) throw new DerError('not SignedData');
  const parts = fields(inner(outer.next(contextTag(0))));
  outer.end();
  parts.next(tag.integer);
  parts.next(tag.set);
  const encapsulated = fields(parts.next(tag.sequence));
  const contentType = readOid(encapsulated.next(tag.oid));
  const contentField = encapsulated.optional(contextTag(0));
  encapsulated.end();
  const certificateField = parts.optional(contextTag(0));
  const crlField = parts.optional(contextTag(1));
  const signers = children(parts.next(tag.set));
  parts.end();
  const [signer, ...others] = signers;
  if (!signer || others.length > 0) throw new DerError('not exactly one signer');
  return {
    contentType,
    content: contentField && expectTag(inner(contentField), tag.octetString).content,
    certificates: certificateField ? readCertificates(certificateField) : [],
    crls: crlField ? children(crlField).map(({ raw }) => raw) : [],
    signer: readSignerInfo(signer),
  };
}

/** CertificateSet: attribute certificates and whatever else is no X.509 certificate are passed over. */
function readCertificates(node: Der): Certificate[] {
  const list = children(node);
  if (list.length > MAX_CERTIFICATES) throw new DerError('too many certificates');
  return list.flatMap(({ raw }) => tryReadCertificate(raw) ?? []);
}

function readSignerInfo(node: Der): SignerInfo {
  const parts = fields(node);
  parts.next(tag.integer);
  const identifier = readIdentifier(parts.next());
  const digestAlgorithm = readAlgorithm(parts.next(tag.sequence));
  const signedField = parts.optional(contextTag(0));
  const signatureAlgorithm = readAlgorithm(parts.next(tag.sequence));
  const signature = parts.next(tag.octetString).content;
  const unsignedField = parts.optional(contextTag(1));
  parts.end();
  const signed = readAttributes(signedField, false);
  const unsigned = readAttributes(unsignedField, true);
  const archive = readArchive(single(signed, oids.revocationInfoArchival));
  const time = single(signed, oids.signingTime);
  const type = single(signed, oids.contentType);
  return {
    identifier,
    digestAlgorithm,
    signedAttributes: signedField && retag(tag.set, signedField.raw),
    contentType: type && readOid(type),
    messageDigest: single(signed, oids.messageDigest)?.content,
    signingTime: time && timeOrNone(time),
    bindings: [
      ...readBindings(single(signed, oids.signingCertificate), 1),
      ...readBindings(single(signed, oids.signingCertificateV2), 2),
    ],
    signatureAlgorithm,
    signature,
    timestamps: (unsigned.get(oids.timestampToken) ?? []).map(({ raw }) => raw),
    ...archive,
  };
}

/** What is no DER time says nothing of when; what was signed is signed all the same (RFC 5652, 11.3). */
function timeOrNone(node: Der): number | undefined {
  try {
    return readTime(node);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function readIdentifier(node: Der): SignerIdentifier {
  if (node.tag === contextPrimitive(0)) return { kind: 'key-identifier', keyIdentifier: node.content };
  const parts = fields(node);
  const issuer = readName(parts.next(tag.sequence));
  const serial = parts.next(tag.integer).content;
  parts.end();
  return { kind: 'issuer-and-serial', issuer, serial };
}

/**
 * Attribute values by type. A signed type twice is refused: two readers could each believe another one (RFC 5652, 11).
 * Unsigned ones may repeat, one timestamp of each authority (ETSI EN 319 122-1, 5.3).
 */
function readAttributes(node: Der | undefined, mayRepeat: boolean): Map<string, readonly Der[]> {
  const list = node ? children(node) : [];
  if (list.length > MAX_ATTRIBUTES) throw new DerError('too many attributes');
  const attributes = new Map<string, readonly Der[]>();
  for (const attribute of list) {
    const parts = fields(attribute);
    const type = readOid(parts.next(tag.oid));
    const values = children(parts.next(tag.set));
    parts.end();
    if (attributes.has(type) && !mayRepeat) throw new DerError('attribute twice');
    attributes.set(type, [...(attributes.get(type) ?? []), ...values]);
  }
  return attributes;
}

function single(attributes: Map<string, readonly Der[]>, type: string): Der | undefined {
  const values = attributes.get(type);
  if (values && values.length !== 1) throw new DerError('attribute without exactly one value');
  return values?.[0];
}

function readBindings(node: Der | undefined, version: 1 | 2): CertificateBinding[] {
  if (!node) return [];
  // The first entry binds the signer; the others restrict the path and are not needed for it.
  const [first] = children(fields(node).next(tag.sequence));
  if (!first) throw new DerError('empty signing certificate attribute');
  const parts = fields(first);
  const algorithm = version === 2 ? parts.optional(tag.sequence) : undefined;
  return [
    {
      version,
      algorithm: algorithm ? readAlgorithm(algorithm) : null,
      hash: parts.next(tag.octetString).content,
    },
  ];
}

/** RevocationInfoArchival ::= SEQUENCE { crl [0] SEQUENCE OF, ocsp [1] SEQUENCE OF, … } (ISO 32000-2, 12.8.3.3.2). */
function readArchive(node: Der | undefined): Pick<SignerInfo, 'archivedCrls' | 'archivedOcsps'> {
  const parts = node && fields(node);
  const list = (n: number): Uint8Array[] => {
    const field = parts?.optional(contextTag(n));
    return field ? children(inner(field)).map(({ raw }) => raw) : [];
  };
  return { archivedCrls: list(0), archivedOcsps: list(1) };
}

/** The certificates among `candidates` the identifier names. */
export function identified(identifier: SignerIdentifier, candidates: readonly Certificate[]): Certificate[] {
  return candidates.filter((certificate) => {
    if (identifier.kind === 'issuer-and-serial')
      return (
        certificate.issuer.key === identifier.issuer.key && sameBytes(certificate.serial, identifier.serial)
      );
    const keyIdentifier = certificate.extensions.subjectKeyIdentifier;
    return keyIdentifier !== undefined && sameBytes(keyIdentifier, identifier.keyIdentifier);
  });
}

/** All bytes zero: what may stand behind the CMS in its hole. */
export const isZero = (bytes: Uint8Array): boolean => bytes.every((octet) => octet === 0);

/** Certificates of a degenerate SignedData (.p7b): no signer (RFC 5652, 5.2). */
export function bundledCertificates(bytes: Uint8Array): Certificate[] {
  const outer = fields(readDerAt(normaliseBer(bytes).der));
  if (readOid(outer.next(tag.oid)) !== oids.signedData) throw new DerError('not SignedData');
  const parts = fields(inner(outer.next(contextTag(0))));
  parts.next(tag.integer);
  parts.next(tag.set);
  parts.next(tag.sequence);
  const field = parts.optional(contextTag(0));
  return field ? readCertificates(field) : [];
}
