import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject } from './cos.ts';
import { intOf, isString, nameOf, textOf } from './cos.ts';
import type { FormField } from './form.ts';
import type { PdfDocument } from './reader.ts';

/** The signer's certificate, as far as the author of a field may have a say in it (Table 238). */
export interface SigningCertificate {
  readonly der: Uint8Array;
  /** Attributes of the subject by object identifier, `{ type: '2.5.4.3', value: '…' }`. */
  readonly subject: readonly { readonly type: string; readonly value: string }[];
  /** By the names of RFC 5280, 4.2.1.3; undefined when the certificate leaves its use open. */
  readonly keyUsage: ReadonlySet<string> | undefined;
  /** Object identifiers. */
  readonly policies: readonly string[];
}

/** What a signature is about to be, as far as the author of a field may have a say in it. */
export interface SignatureWish {
  readonly subFilter: string;
  readonly reason?: string;
  readonly docMdp?: 1 | 2 | 3;
  /** The CMS will carry a timestamp of the signature. */
  readonly timestamped?: boolean;
  /** Null while nobody knows which it will be: what is demanded of it is not judged then. */
  readonly certificate?: SigningCertificate | null;
  /** DER of the certificates above it. */
  readonly chain?: readonly Uint8Array[];
}

/** What the author decides for the signer. */
export interface SeedDecision {
  readonly reason: string | undefined;
  readonly docMdp: 1 | 2 | 3 | undefined;
  /** The signature must not stand without a timestamp in it. */
  readonly needsTimestamp: boolean;
}

/** Bits of /Ff in a seed value dictionary (ISO 32000-2, Table 237), counted from 1. */
const REQUIRED = {
  Filter: 1,
  SubFilter: 2,
  V: 3,
  Reasons: 4,
  LegalAttestation: 5,
  AddRevInfo: 6,
  DigestMethod: 7,
  LockDocument: 8,
  AppearanceFilter: 9,
} as const;
/** Bits of /Ff in a certificate seed value dictionary (Table 238). */
const CERTIFICATE = { Subject: 1, Issuer: 2, OID: 3, SubjectDN: 4, KeyUsage: 6 } as const;
/** The version of the seed value dictionary this module knows (Table 237, /V): that of PDF 2.0. */
const VERSION = 3;
const NO_REASON = '.';

const isSet = (flags: number, bit: number) => ((flags >> (bit - 1)) & 1) === 1;

/** Entries as text, for comparing and for naming them in an error. */
function texts(document: PdfDocument, object: CosObject | undefined): string[] {
  const value = document.get(object);
  const items = document.array(value) ?? (value === null ? [] : [value]);
  return items.flatMap((item) => {
    const held = document.get(item);
    return nameOf(held) ?? (isString(held) ? (textOf(held) ?? []) : []);
  });
}

const oneIs = (ours: string) => (values: readonly string[]) => values.length === 0 || values.includes(ours);
const named = (values: readonly string[]) => values.join(', ').slice(0, 80);

/**
 * Honours what the author of a signature field demands of its signature (ISO 32000-2, 12.7.5.5): a demand is met,
 * or the field is not signed. Wishes the author left open (no flag) bind nobody.
 * Errors: `pdf.seed-value`, `pdf.seed-reason`, `pdf.seed-timestamp`, `pdf.seed-certificate`, `pdf.certify-not-first`.
 * @param isFirst nothing in the file is signed yet
 */
export function honourSeedValues(
  document: PdfDocument,
  field: FormField,
  wish: SignatureWish,
  isFirst: boolean,
): SeedDecision {
  const seed = document.dict(field.dict.get('SV'));
  if (!seed) return { reason: wish.reason, docMdp: wish.docMdp, needsTimestamp: false };
  const flags = intOf(document.get(seed.get('Ff'))) ?? 0;
  const demand = (key: keyof typeof REQUIRED, isMet: (values: readonly string[]) => boolean) => {
    const values = texts(document, seed.get(key));
    if (isSet(flags, REQUIRED[key]) && !isMet(values)) throw unmet(field, `${key} ${named(values)}`);
  };
  demand('Filter', oneIs('Adobe.PPKLite'));
  demand('SubFilter', oneIs(wish.subFilter));
  demand('DigestMethod', oneIs('SHA256'));
  const version = document.get(seed.get('V'));
  demand('V', () => typeof version !== 'number' || version <= VERSION);
  // Revocation data of ours goes to the document security store, never into the CMS.
  demand('AddRevInfo', () => document.get(seed.get('AddRevInfo')) !== true);
  demand('LockDocument', (values) => values.every((value) => value !== 'true'));
  demand('LockDocument', () => document.get(seed.get('LockDocument')) !== true);
  demand('AppearanceFilter', (values) => values.length === 0);
  const docMdp = certification(document, field, seed, wish, isFirst);
  if (docMdp !== undefined) demand('LegalAttestation', (values) => values.length === 0);
  const needsTimestamp = demandsTimestamp(document, field, seed, wish);
  checkCertificates(document, field, seed, wish);
  return { reason: chosenReason(document, field, seed, flags, wish), docMdp, needsTimestamp };
}

const unmet = (field: FormField, what: string) =>
  new DeskError('pdf.seed-value', { field: field.name, what: what.trim() });

/** /MDP says whether the signature certifies, and binds without a flag: 0 is an approval signature. */
function certification(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  wish: SignatureWish,
  isFirst: boolean,
): 1 | 2 | 3 | undefined {
  const mdp = document.dict(seed.get('MDP'));
  if (!mdp) return wish.docMdp;
  const level = intOf(document.get(mdp.get('P')));
  if (level === 0) return undefined;
  if (level !== 1 && level !== 2 && level !== 3) throw unmet(field, `MDP ${level ?? ''}`);
  if (!isFirst) throw new DeskError('pdf.certify-not-first');
  return level;
}

function chosenReason(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  flags: number,
  { reason }: SignatureWish,
): string | undefined {
  if (!isSet(flags, REQUIRED.Reasons)) return reason;
  const reasons = texts(document, seed.get('Reasons'));
  const [only] = reasons;
  if (only === undefined || (reasons.length === 1 && only === NO_REASON)) return undefined;
  if (reason !== undefined && reasons.includes(reason)) return reason;
  if (reason === undefined && reasons.length === 1) return only;
  throw new DeskError('pdf.seed-reason', { field: field.name, reasons: named(reasons) });
}

/**
 * Table 237, /TimeStamp: its /Ff 1 makes the timestamp a demand; the address is a default, ours may differ. A document
 * timestamp added later is another signature and does not meet it.
 */
function demandsTimestamp(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  { timestamped, subFilter }: SignatureWish,
): boolean {
  const stamp = document.dict(seed.get('TimeStamp'));
  if (!stamp || !isSet(intOf(document.get(stamp.get('Ff'))) ?? 0, 1)) return false;
  if (subFilter === 'ETSI.RFC3161') return false;
  if (timestamped) return true;
  throw new DeskError('pdf.seed-timestamp', { field: field.name });
}

/** Attribute names of Table 238, /SubjectDN, in small letters (RFC 4519 and what Acrobat writes). */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  cn: '2.5.4.3',
  sn: '2.5.4.4',
  serialnumber: '2.5.4.5',
  c: '2.5.4.6',
  l: '2.5.4.7',
  st: '2.5.4.8',
  s: '2.5.4.8',
  o: '2.5.4.10',
  ou: '2.5.4.11',
  t: '2.5.4.12',
  title: '2.5.4.12',
  givenname: '2.5.4.42',
  g: '2.5.4.42',
  uid: '0.9.2342.19200300.100.1.1',
  dc: '0.9.2342.19200300.100.1.25',
  e: '1.2.840.113549.1.9.1',
  email: '1.2.840.113549.1.9.1',
  emailaddress: '1.2.840.113549.1.9.1',
};

/** In the order of the characters of a /KeyUsage string. */
const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/** RFC 5280, 7.1: neither case nor runs of spaces tell two values apart. */
const folded = (value: string) => value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');

/** Table 238: is the certificate one of those the author takes? What is named without a flag binds nobody. */
function checkCertificates(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  { certificate, chain = [] }: SignatureWish,
): void {
  const limits = document.dict(seed.get('Cert'));
  if (!limits || certificate === null) return;
  const flags = intOf(document.get(limits.get('Ff'))) ?? 0;
  const isListed = (key: string, candidates: readonly Uint8Array[]) =>
    (document.array(limits.get(key)) ?? []).some((item) => {
      const listed = document.get(item);
      return isString(listed) && candidates.some((der) => Buffer.compare(der, listed.bytes) === 0);
    });
  const ders = certificate ? [certificate.der] : [];
  const isMet = {
    Subject: () => isListed('Subject', ders),
    Issuer: () => isListed('Issuer', [...ders, ...chain]),
    OID: () => texts(document, limits.get('OID')).every((policy) => certificate?.policies.includes(policy)),
    SubjectDN: () =>
      (document.array(limits.get('SubjectDN')) ?? []).some((name) =>
        isNamed(document, document.dict(name), certificate?.subject ?? []),
      ),
    KeyUsage: () => texts(document, limits.get('KeyUsage')).some((usage) => isUsable(usage, certificate)),
  };
  for (const key of Object.keys(CERTIFICATE) as (keyof typeof CERTIFICATE)[]) {
    if (!isSet(flags, CERTIFICATE[key]) || !limits.has(key) || isMet[key]()) continue;
    // Where one that fits is to be had, as the author says.
    const [url] = texts(document, limits.get('URL'));
    const shown = key === 'OID' || key === 'KeyUsage' ? ` ${named(texts(document, limits.get(key)))}` : '';
    const what = `${key}${shown}${url === undefined ? '' : `; ${url.slice(0, 200)}`}`;
    throw new DeskError('pdf.seed-certificate', { field: field.name, what });
  }
}

/** Every attribute of the name must be in the subject; the subject may have more. */
function isNamed(
  document: PdfDocument,
  name: CosDict | undefined,
  subject: SigningCertificate['subject'],
): boolean {
  return [...(name ?? [])].every(([key, object]) => {
    const type = ATTRIBUTES[key.toLowerCase()] ?? key;
    const wanted = folded(textOf(document.get(object)) ?? '');
    return subject.some((attribute) => attribute.type === type && folded(attribute.value) === wanted);
  });
}

/** `1` must be allowed, `0` must not, anything else and what is left out is open. */
function isUsable(usage: string, certificate: SigningCertificate | undefined): boolean {
  if (!certificate) return false;
  const { keyUsage } = certificate;
  return USAGES.every((one, at) => {
    const isAllowed = keyUsage?.has(one) ?? true;
    return usage[at] === '1' ? isAllowed : usage[at] === '0' ? !isAllowed : true;
  });
}
