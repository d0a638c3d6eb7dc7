/** Every signature and timestamp of a file with what its level rests on: who signed, and when that is proven. */
import { listFields } from '../../pdf/form.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { rangeHashes } from '../byte-range.ts';
import { gatherEvidence, storedCertificates } from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import { revisionsOf } from '../../pdf/revisions.ts';
import { signatureFacts } from '../signature-facts.ts';
import type { SignatureFacts } from '../signature-facts.ts';
import { existenceProofs, signingTime } from '../signing-time.ts';
import type { Existence, TimeContext } from '../signing-time.ts';
import { checkTimestamp } from '../../cms/timestamp.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import type { Certificate } from '../../x509/certificate.ts';

export interface SignedPart {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  /** The signature holds over its bytes; what came after is another matter. */
  readonly isIntact: boolean;
  /** The revision it closes; 0 when none. */
  readonly revision: number;
  /** Where that revision ends, in bytes. */
  readonly end: number;
  /** /Contents, padding included. */
  readonly contents: Uint8Array;
  /** The signer, and the authorities of the timestamps inside the signature. */
  readonly certificates: readonly Certificate[];
  /** UTC milliseconds before which it was made, by a timestamp of a trusted authority in it or after it. */
  readonly provenAt: number | null;
}

export interface FileParts {
  /** Oldest first. */
  readonly parts: readonly SignedPart[];
  readonly facts: readonly SignatureFacts[];
  /** What the file carries; its pool has every certificate in signatures, timestamps and the store. */
  readonly evidence: Evidence;
}

export interface Trust {
  /** Whose timestamps count, and where chains end. */
  readonly anchors: readonly TrustAnchor[];
  /** UTC milliseconds. */
  readonly now: number;
}

/** @throws pdf.damaged, pdf.too-complex */
export function signedParts(document: PdfDocument, trust: Trust): FileParts {
  const stored = storedCertificates(document);
  const revisions = revisionsOf(document);
  const hashes = rangeHashes(document.source);
  const facts = listFields(document)
    .filter(({ type, value }) => type === 'Sig' && value !== null)
    .map((field) => signatureFacts(document, field, revisions, stored, hashes))
    .toSorted((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0));
  const found = gatherEvidence(document, facts, {});
  const tokens = facts.map((one) => embeddedTimestamps(one, found.pool));
  const carried = tokens.flat().flatMap(({ certificates }) => certificates);
  const evidence = { ...found, pool: distinct([...found.pool, ...carried]) };
  const context = { ...evidence, ...trust };
  const proofs = existenceProofs(facts, context);
  const parts = facts.map((one, index) => ({
    ...describe(one),
    certificates: distinct([
      ...(one.cms?.certificate ? [one.cms.certificate] : []),
      ...(tokens[index] ?? []).map(({ authority }) => authority),
    ]),
    provenAt: provenTime(one, proofs, context),
  }));
  return { parts, facts, evidence };
}

interface EmbeddedTimestamp {
  readonly authority: Certificate;
  readonly certificates: readonly Certificate[];
}

function embeddedTimestamps({ data }: SignatureFacts, pool: readonly Certificate[]): EmbeddedTimestamp[] {
  const { signature, timestamps } = data?.signer ?? { signature: new Uint8Array(), timestamps: [] };
  return timestamps.flatMap((token) => {
    const { fault, cms, data: read } = checkTimestamp(token, () => [signature], pool);
    if (fault !== null || !cms?.certificate) return [];
    return [{ authority: cms.certificate, certificates: read?.certificates ?? [] }];
  });
}

function describe({ field, kind, revision, range, fault, cms }: SignatureFacts) {
  return {
    field,
    kind,
    isIntact: fault === null && cms?.fault === null,
    revision: revision?.number ?? 0,
    end: range?.end ?? 0,
    contents: range?.contents ?? new Uint8Array(),
  };
}

/** A timestamp's own time says nothing of when it was last known to hold: only a later one does. */
function provenTime(
  facts: SignatureFacts,
  proofs: readonly Existence[],
  context: TimeContext,
): number | null {
  if (facts.kind === 'signature') return signingTime(facts, proofs, context, () => undefined).at;
  const later = proofs.filter(({ revision }) => revision > (facts.revision?.number ?? Infinity));
  return later.length > 0 ? Math.min(...later.map(({ at }) => at)) : null;
}

const distinct = (certificates: readonly Certificate[]): Certificate[] => [
  ...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values(),
];
