/** The bare facts of one signature of a file, before anybody is trusted or any rule applied. */
import type { CosDict } from '../pdf/cos.ts';
import { isDict, isRef, nameOf, textOf } from '../pdf/cos.ts';
import type { FormField } from '../pdf/form.ts';
import type { FieldLock } from '../pdf/permissions.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import type { DigestName } from '../x509/algorithms.ts';
import { rangeBytes, signedRange } from './byte-range.ts';
import type { RangeHash, SignedRange } from './byte-range.ts';
import { levelOf, levelOfLock, locksOf } from './changes/rules.ts';
import { isZero, readPaddedSignedData } from '../cms/signed-data-read.ts';
import type { SignedData } from '../cms/signed-data-read.ts';
import { checkSignedData, hashOf } from '../cms/signed-data-verify.ts';
import type { CmsFacts, Content } from '../cms/signed-data-verify.ts';
import { DerError } from '../asn1/der.ts';
import { oids } from '../asn1/oids.ts';
import { parsePdfDate } from '../pdf/pdf-date.ts';
import { revisionEndingAt } from '../pdf/revisions.ts';
import type { Revision } from '../pdf/revisions.ts';
import { checkTimestampContent } from '../cms/timestamp.ts';
import { sameBytes } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

export interface SignatureFacts {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly subFilter: string;
  readonly claimedAt: number | null;
  readonly claimedBy: 'field' | 'cms' | null;
  readonly certification: 1 | 2 | 3 | null;
  /** What it permits to those after it: the level above, or a stricter one of its field's lock. */
  readonly permission: 1 | 2 | 3 | null;
  /** Fields it froze. */
  readonly locks: readonly FieldLock[];
  readonly range: SignedRange | null;
  readonly revision: Revision | null;
  readonly data: SignedData | null;
  readonly cms: CmsFacts | null;
  /** What makes the signature unusable before cryptography: a code and a technical word. */
  readonly fault: {
    readonly kind: 'byte-range' | 'bad-format' | 'unsupported';
    readonly detail: string;
  } | null;
  /** What a document timestamp proves. */
  readonly provenAt: number | null;
  /** Something besides zeros stands behind the CMS, inside /Contents: some signing services write so. */
  readonly isPaddedOddly: boolean;
}

/**
 * @param extra certificates from elsewhere in the file that may be the signer's
 * @param hashes of the file's signed ranges, the same for all its signatures
 */
export function signatureFacts(
  document: PdfDocument,
  field: FormField,
  revisions: readonly Revision[],
  extra: readonly Certificate[],
  hashes: RangeHash,
): SignatureFacts {
  const empty: SignatureFacts = {
    field: field.name,
    kind: 'signature',
    subFilter: '',
    claimedAt: null,
    claimedBy: null,
    certification: null,
    permission: null,
    locks: [],
    range: null,
    revision: null,
    data: null,
    cms: null,
    fault: null,
    provenAt: null,
    isPaddedOddly: false,
  };
  const { value } = field;
  if (!isDict(value)) return { ...empty, fault: { kind: 'bad-format', detail: 'signature-dictionary' } };
  const facts = describe(document, value);
  const levels = [facts.certification, levelOfLock(document, value, field.dict)].filter(
    (level) => level !== null,
  );
  const described = {
    ...empty,
    ...facts,
    permission: levels.length > 0 ? (Math.min(...levels) as 1 | 2 | 3) : null,
    locks: locksOf(document, value, field.dict),
  };
  const held = field.dict.get('V');
  const range = signedRange(document, value, isRef(held) ? held.num : field.ref.num);
  if (typeof range === 'string') return { ...described, fault: { kind: 'byte-range', detail: range } };
  const revision = revisionEndingAt(document.source, revisions, range.end) ?? null;
  const located = { ...described, range, revision };
  if (!revision) return { ...located, fault: { kind: 'byte-range', detail: 'end' } };
  return { ...located, ...cryptography(document, located.subFilter, range, located, extra, hashes) };
}

function describe(
  document: PdfDocument,
  value: CosDict,
): Pick<SignatureFacts, 'kind' | 'subFilter' | 'claimedAt' | 'claimedBy' | 'certification'> {
  const subFilter = nameOf(document.get(value.get('SubFilter'))) ?? '';
  const date = textOf(document.get(value.get('M')));
  const claimedAt = date === undefined ? null : parsePdfDate(date);
  return {
    kind: subFilter === 'ETSI.RFC3161' ? 'timestamp' : 'signature',
    subFilter,
    claimedAt,
    claimedBy: claimedAt === null ? null : 'field',
    certification: certificationOf(document, value),
  };
}

/** DocMDP level this signature gives (ISO 32000-2, Table 257). */
function certificationOf(document: PdfDocument, value: CosDict): 1 | 2 | 3 | null {
  for (const item of document.array(value.get('Reference')) ?? []) {
    const reference = document.dict(item);
    if (nameOf(document.get(reference?.get('TransformMethod'))) !== 'DocMDP') continue;
    return levelOf(document.get(document.dict(reference?.get('TransformParams'))?.get('P')));
  }
  return null;
}

const SUB_FILTERS: ReadonlySet<string> = new Set([
  'ETSI.RFC3161',
  'ETSI.CAdES.detached',
  'adbe.pkcs7.detached',
  'adbe.pkcs7.sha1',
]);

const badFormat = (detail: string): Partial<SignatureFacts> => ({ fault: { kind: 'bad-format', detail } });

function cryptography(
  document: PdfDocument,
  subFilter: string,
  range: SignedRange,
  described: Pick<SignatureFacts, 'claimedAt' | 'claimedBy'>,
  extra: readonly Certificate[],
  hashes: RangeHash,
): Partial<SignatureFacts> {
  // Formats of its own are a reader's right (12.8.3.1); a signature without any is none.
  if (subFilter !== '' && !SUB_FILTERS.has(subFilter))
    return { fault: { kind: 'unsupported', detail: subFilter } };
  try {
    const { data, length } = readPaddedSignedData(range.contents);
    const isPaddedOddly = !isZero(range.contents.subarray(length));
    const content: Content = Object.assign(() => rangeBytes(document.source, range), {
      hash: (digest: DigestName) => hashes(digest, range),
    });
    if (subFilter === 'ETSI.RFC3161') {
      const token = checkTimestampContent(data, content, extra);
      const read = { data, cms: token.cms, provenAt: token.at, isPaddedOddly };
      if (token.unsupported !== undefined)
        return { ...read, fault: { kind: 'unsupported', detail: token.unsupported } };
      return { ...read, ...(token.fault && badFormat(token.fault)) };
    }
    if (subFilter === '') return badFormat('sub-filter');
    const { signingTime } = data.signer;
    const isClaimed = described.claimedAt === null && signingTime !== undefined;
    return {
      data,
      cms:
        subFilter === 'adbe.pkcs7.sha1'
          ? checkEmbeddedDigest(data, content, extra)
          : checkDetached(data, content, extra),
      ...(isClaimed && { claimedAt: signingTime, claimedBy: 'cms' as const }),
      isPaddedOddly,
    };
  } catch (error) {
    if (error instanceof DerError) return badFormat(error.message);
    throw error;
  }
}

function checkDetached(data: SignedData, content: Content, extra: readonly Certificate[]): CmsFacts {
  const facts = checkSignedData(data, content, oids.data, extra);
  return data.content === undefined
    ? facts
    : { ...facts, fault: 'bad-format', detail: 'content-not-detached' };
}

/** The oldest format (ISO 32000-1, 12.8.3.3): what is signed is the SHA-1 of the range, carried in the CMS. */
function checkEmbeddedDigest(data: SignedData, content: Content, extra: readonly Certificate[]): CmsFacts {
  const digest = data.content ?? new Uint8Array();
  const facts = checkSignedData(data, () => [digest], oids.data, extra);
  const isSame = sameBytes(hashOf(content, 'sha1'), digest);
  return { ...facts, digest: 'sha1', fault: facts.fault ?? (isSame ? null : 'modified') };
}
