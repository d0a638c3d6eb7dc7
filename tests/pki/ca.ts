/**
 * A certification authority for tests and the demo: every name is fictional, every key made fresh. Certificates
 * follow RFC 5280 unless a spec asks for a fault.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import {
  bitList,
  bitString,
  boolean,
  context,
  contextOctets,
  encode,
  enumerated,
  ia5String,
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from '../../src/main/asn1/der-write.ts';
import { fields, readBitOctets, readDer, tag } from '../../src/main/asn1/der.ts';
import { oids } from '../../src/main/asn1/oids.ts';

export type KeyType =
  'rsa-1024' | 'rsa-2048' | 'rsa-3072' | 'p-256' | 'p-384' | 'p-521' | 'ed25519' | Unsupported;

/** What Node can make and the program must refuse by name: Electron could not check it. */
type Unsupported = 'ed448' | 'secp256k1' | 'brainpoolP256r1';

/** A certificate with its private key. */
export interface Identity {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
  /** Unencrypted PKCS#8 DER of the key. */
  readonly pkcs8: Uint8Array;
  /** DER of the certificates above, issuer first, root last. */
  readonly chain: readonly Uint8Array[];
}

/** Name attributes outermost first: `[['C', 'VN'], ['O', '…'], ['CN', '…']]`. */
export type Subject = readonly (readonly [keyof typeof ATTRIBUTES, string])[];

const ATTRIBUTES = {
  C: oids.country,
  L: oids.locality,
  O: oids.organisation,
  OU: oids.organisationalUnit,
  CN: oids.commonName,
  T: oids.title,
  UID: oids.userId,
  E: oids.emailAddress,
} as const;

export type Profile = 'root' | 'ca' | 'signer' | 'ocsp' | 'tsa';

export interface CertificateSpec {
  readonly subject: Subject;
  readonly profile: Profile;
  readonly keyType?: KeyType;
  /** UTC milliseconds; default the first day of 2026. */
  readonly notBefore?: number;
  /** Default ten years on. */
  readonly notAfter?: number;
  readonly serial?: Uint8Array;
  readonly crlUrl?: string;
  readonly ocspUrl?: string;
  readonly issuerUrl?: string;
  /** Extensions instead of or besides the profile's own, by identifier; null leaves one out. */
  readonly extensions?: Readonly<Record<string, Uint8Array | null>>;
  /** Extensions marked critical besides those that always are. */
  readonly critical?: readonly string[];
}

const DAY = 86_400_000;
/** Before every day that a test pretends it is. */
const LONG_AGO = Date.UTC(2026, 0, 1);
const makeKeyPair = promisify(generateKeyPair);

async function makeKey(type: KeyType): Promise<KeyObject> {
  const [family, size = ''] = type.split('-');
  if (family === 'rsa')
    return (await makeKeyPair('rsa', { modulusLength: Number(size), publicExponent: 0x10001 })).privateKey;
  if (family === 'p') return (await makeKeyPair('ec', { namedCurve: `P-${size}` })).privateKey;
  if (type === 'ed25519') return (await makeKeyPair('ed25519')).privateKey;
  if (type === 'ed448') return (await makeKeyPair('ed448')).privateKey;
  return (await makeKeyPair('ec', { namedCurve: type })).privateKey;
}

/** A self-signed root when `issuer` is null, otherwise a certificate signed by it. */
export async function issue(issuer: Identity | null, spec: CertificateSpec): Promise<Identity> {
  const key = await makeKey(spec.keyType ?? 'rsa-2048');
  return issueFor(issuer, spec, key);
}

/** As `issue`, for a key that already exists (one made inside a token: only its public half is needed). */
export function issueFor(issuer: Identity | null, spec: CertificateSpec, key: KeyObject): Identity {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const signingKey = issuer?.key ?? key;
  const now = Date.now();
  const algorithm = signatureAlgorithm(signingKey);
  const subject = name(spec.subject);
  const tbs = sequence(
    context(0, integer(2)),
    integer(spec.serial ?? serialNumber()),
    algorithm,
    issuer ? subjectOf(issuer.certificate) : subject,
    sequence(time(spec.notBefore ?? LONG_AGO), time(spec.notAfter ?? now + 3650 * DAY)),
    subject,
    spki,
    context(3, sequence(...extensions(spec, spki, issuer ? spkiOf(issuer.certificate) : spki))),
  );
  return {
    certificate: sequence(tbs, algorithm, bitString(signBytes(signingKey, tbs))),
    key,
    pkcs8:
      key.type === 'private'
        ? new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
        : new Uint8Array(),
    chain: issuer ? [issuer.certificate, ...issuer.chain] : [],
  };
}

/** Positive, 16 random octets (RFC 5280, 4.1.2.2). */
const serialNumber = (): Uint8Array => {
  const octets = randomBytes(16);
  octets[0] = (octets[0]! & 0x7f) | 0x40;
  return octets;
};

export const name = (subject: Subject): Uint8Array =>
  sequence(
    ...subject.map(([type, value]) => {
      const text =
        type === 'C' ? printableString(value) : type === 'E' ? ia5String(value) : utf8String(value);
      return setOf(sequence(oid(ATTRIBUTES[type]), text));
    }),
  );

function extensions(spec: CertificateSpec, spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array[] {
  const values: Record<string, Uint8Array | null> = { ...PROFILES[spec.profile] };
  values[oids.subjectKeyIdentifier] = octetString(keyIdentifier(spki));
  if (spec.profile !== 'root')
    values[oids.authorityKeyIdentifier] = sequence(contextOctets(0, keyIdentifier(issuerSpki)));
  if (spec.crlUrl)
    values[oids.crlDistributionPoints] = sequence(sequence(context(0, context(0, uri(spec.crlUrl)))));
  const access = [
    ...(spec.ocspUrl ? [sequence(oid(oids.accessOcsp), uri(spec.ocspUrl))] : []),
    ...(spec.issuerUrl ? [sequence(oid(oids.accessIssuers), uri(spec.issuerUrl))] : []),
  ];
  if (access.length > 0) values[oids.authorityInfoAccess] = sequence(...access);
  return Object.entries({ ...values, ...spec.extensions }).flatMap(([id, value]) =>
    value ? [extension(id, value, isCritical(spec, id))] : [],
  );
}

const isCritical = ({ profile, critical }: CertificateSpec, id: string): boolean =>
  CRITICAL.has(id) ||
  (profile === 'tsa' && id === oids.extendedKeyUsage) ||
  (critical?.includes(id) ?? false);

const CRITICAL: ReadonlySet<string> = new Set([oids.basicConstraints, oids.keyUsage, oids.nameConstraints]);

export const extension = (id: string, value: Uint8Array, critical: boolean): Uint8Array =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

const usages = (...ids: readonly string[]): Uint8Array => sequence(...ids.map(oid));

const PROFILES: Readonly<Record<Profile, Readonly<Record<string, Uint8Array>>>> = {
  root: { [oids.basicConstraints]: sequence(boolean(true)), [oids.keyUsage]: bitList(5, 6) },
  ca: { [oids.basicConstraints]: sequence(boolean(true), integer(0)), [oids.keyUsage]: bitList(5, 6) },
  signer: {
    [oids.keyUsage]: bitList(0, 1),
    [oids.extendedKeyUsage]: usages(oids.emailProtection, oids.microsoftDocumentSigning),
  },
  ocsp: {
    [oids.keyUsage]: bitList(0),
    [oids.extendedKeyUsage]: usages(oids.ocspSigning),
    [oids.ocspNoCheck]: nullValue(),
  },
  tsa: { [oids.keyUsage]: bitList(0, 1), [oids.extendedKeyUsage]: usages(oids.timeStamping) },
};

const uri = (url: string): Uint8Array => contextOctets(6, Buffer.from(url, 'latin1'));

/** RFC 5280, 4.2.1.2 (1): SHA-1 of the key's bits. */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const parts = fields(readDer(spki));
  parts.next(tag.sequence);
  return createHash('sha1').update(readBitOctets(parts.next())).digest();
}

/** Fields of a TBSCertificate from its serial number on. */
function tbsFields(certificate: Uint8Array): ReturnType<typeof fields> {
  const tbs = fields(fields(readDer(certificate)).next(tag.sequence));
  tbs.optional(0xa0);
  return tbs;
}

export const serialOf = (certificate: Uint8Array): Uint8Array => tbsFields(certificate).next(tag.integer).raw;

export function issuerOf(certificate: Uint8Array): Uint8Array {
  const parts = tbsFields(certificate);
  parts.next(tag.integer);
  parts.next();
  return parts.next().raw;
}

export function subjectOf(certificate: Uint8Array): Uint8Array {
  const parts = tbsFields(certificate);
  for (let skipped = 0; skipped < 4; skipped++) parts.next();
  return parts.next().raw;
}

export function spkiOf(certificate: Uint8Array): Uint8Array {
  const parts = tbsFields(certificate);
  for (let skipped = 0; skipped < 5; skipped++) parts.next();
  return parts.next().raw;
}

/** The AlgorithmIdentifier this authority's key signs with: SHA-256, or EdDSA. */
export function signatureAlgorithm(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'ec') return sequence(oid(oids.ecdsaWithSha256));
  if (key.asymmetricKeyType === 'ed25519') return sequence(oid(oids.ed25519));
  if (key.asymmetricKeyType === 'ed448') return sequence(oid('1.3.101.113'));
  return sequence(oid(oids.sha256WithRsa), nullValue());
}

export const signBytes = (key: KeyObject, data: Uint8Array): Uint8Array =>
  sign(key.asymmetricKeyType?.startsWith('ed') ? null : 'sha256', data, key);

export interface CrlSpec {
  /** Contents octets of serial numbers, with when and why (RFC 5280, 5.3.1 reason number). */
  readonly revoked?: readonly {
    readonly serial: Uint8Array;
    readonly at: number;
    readonly reason?: number;
    /** Name of the certificate's issuer, in an indirect list (5.3.3). */
    readonly issuer?: Uint8Array;
  }[];
  readonly thisUpdate?: number;
  readonly nextUpdate?: number;
  readonly number?: number;
  /** More CRL extensions, encoded. */
  readonly extensions?: readonly Uint8Array[];
}

/** A version 2 CRL signed by `issuer` (RFC 5280, 5). */
export function issueCrl(issuer: Identity, spec: CrlSpec = {}): Uint8Array {
  const now = Date.now();
  const algorithm = signatureAlgorithm(issuer.key);
  const entries = (spec.revoked ?? []).map(({ serial, at, reason, issuer: of }) => {
    const more = [
      ...(reason === undefined ? [] : [extension(oids.reasonCode, enumerated(reason), false)]),
      ...(of ? [extension(oids.certificateIssuer, sequence(context(4, of)), true)] : []),
    ];
    return sequence(encode(tag.integer, serial), time(at), ...(more.length > 0 ? [sequence(...more)] : []));
  });
  const tbs = sequence(
    integer(1),
    algorithm,
    subjectOf(issuer.certificate),
    time(spec.thisUpdate ?? now - DAY),
    time(spec.nextUpdate ?? now + 7 * DAY),
    ...(entries.length > 0 ? [sequence(Buffer.concat(entries))] : []),
    context(
      0,
      sequence(
        extension(
          oids.authorityKeyIdentifier,
          sequence(contextOctets(0, keyIdentifier(spkiOf(issuer.certificate)))),
          false,
        ),
        extension(oids.crlNumber, integer(spec.number ?? 1), false),
        ...(spec.extensions ?? []),
      ),
    ),
  );
  return sequence(tbs, algorithm, bitString(signBytes(issuer.key, tbs)));
}

/** Contents octets of a certificate's serial number, as `issueCrl` wants them. */
export const serialOctets = (certificate: Uint8Array): Uint8Array => readDer(serialOf(certificate)).content;

/** The key of a PKCS#8 file again. */
export const keyFromPkcs8 = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });

export const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
