import { DeskError } from '../../shared/errors/index.ts';
import type { CosDict, CosObject } from './cos.ts';
import { intOf, isString, nameOf, textOf } from './cos.ts';
import type { FormField } from './form.ts';
import type { PdfDocument } from './reader.ts';

/** What a signature is about to be, as far as the author of a field may have a say in it. */
export interface SignatureWish {
  readonly subFilter: string;
  readonly reason?: string;
  readonly docMdp?: 1 | 2 | 3;
  /** The CMS will carry a timestamp of the signature. */
  readonly timestamped?: boolean;
  /** DER, the signer's first, then its chain; null while nobody knows which it will be. */
  readonly certificates?: readonly Uint8Array[] | null;
}

/** What the author decides for the signer. */
export interface SeedDecision {
  readonly reason: string | undefined;
  readonly docMdp: 1 | 2 | 3 | undefined;
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
  if (!seed) return { reason: wish.reason, docMdp: wish.docMdp };
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
  checkTimestamp(document, field, seed, wish);
  checkCertificates(document, field, seed, wish);
  return { reason: chosenReason(document, field, seed, flags, wish), docMdp };
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

/** Table 237, /TimeStamp: its /Ff 1 makes the timestamp a demand; the address is a default, ours may differ. */
function checkTimestamp(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  { timestamped, subFilter }: SignatureWish,
): void {
  const stamp = document.dict(seed.get('TimeStamp'));
  if (!stamp || !isSet(intOf(document.get(stamp.get('Ff'))) ?? 0, 1)) return;
  if (timestamped || subFilter === 'ETSI.RFC3161') return;
  throw new DeskError('pdf.seed-timestamp', { field: field.name });
}

/** Table 238. Who may sign is compared as bytes; demands on the contents of a certificate are not judged here. */
function checkCertificates(
  document: PdfDocument,
  field: FormField,
  seed: CosDict,
  { certificates = [] }: SignatureWish,
): void {
  const limits = document.dict(seed.get('Cert'));
  if (!limits || !certificates) return;
  const flags = intOf(document.get(limits.get('Ff'))) ?? 0;
  const demanded = (key: keyof typeof CERTIFICATE) => isSet(flags, CERTIFICATE[key]) && limits.has(key);
  const isListed = (key: string, candidates: readonly Uint8Array[]) =>
    (document.array(limits.get(key)) ?? []).some((item) => {
      const listed = document.get(item);
      return isString(listed) && candidates.some((der) => Buffer.compare(der, listed.bytes) === 0);
    });
  const isMet = {
    Subject: () => isListed('Subject', certificates.slice(0, 1)),
    Issuer: () => isListed('Issuer', certificates),
    OID: () => false,
    SubjectDN: () => false,
    KeyUsage: () => false,
  };
  for (const key of Object.keys(CERTIFICATE) as (keyof typeof CERTIFICATE)[]) {
    if (demanded(key) && !isMet[key]()) {
      throw new DeskError('pdf.seed-certificate', { field: field.name, what: key });
    }
  }
}
