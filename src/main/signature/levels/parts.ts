/** Every signature and timestamp of a file with what its level rests on: who signed, and when that is proven. */
import { listFields } from '../../pdf/form.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { revisionsOf } from '../revisions.ts';
import { signatureFacts } from '../signature-facts.ts';
import type { SignatureFacts } from '../signature-facts.ts';
import { checkTimestamp } from '../timestamp.ts';
import { tryReadCertificate } from '../x509.ts';
import type { Certificate } from '../x509.ts';
import { readStore } from './dss.ts';

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
  /** The signer and the authorities of the timestamps inside the signature. */
  readonly certificates: readonly Certificate[];
  /** Revocation lists the signature carries itself, DER. */
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  /** UTC milliseconds before which it was certainly made: its own timestamp, or a document timestamp after it. */
  readonly provenAt: number | null;
}

export interface FileParts {
  /** Oldest first. */
  readonly parts: readonly SignedPart[];
  /** Every certificate in signatures, timestamps and the store. */
  readonly pool: readonly Certificate[];
}

/** @throws pdf.damaged, pdf.too-complex */
export function signedParts(document: PdfDocument): FileParts {
  const stored = readStore(document).Certs.flatMap((der) => tryReadCertificate(der) ?? []);
  const revisions = revisionsOf(document);
  const all = listFields(document)
    .filter(({ type, value }) => type === 'Sig' && value !== null)
    .map((field) => signatureFacts(document, field, revisions, stored))
    .toSorted((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0));
  const tokens = all.map((facts) => embeddedTimestamps(facts, stored));
  const pool = [
    ...stored,
    ...all.flatMap(({ data }) => data?.certificates ?? []),
    ...tokens.flat().flatMap(({ certificates }) => certificates),
  ];
  return { parts: all.map((facts, index) => part(facts, tokens[index] ?? [], all)), pool: distinct(pool) };
}

interface EmbeddedTimestamp {
  readonly at: number;
  readonly authority: Certificate;
  readonly certificates: readonly Certificate[];
}

function embeddedTimestamps({ data }: SignatureFacts, pool: readonly Certificate[]): EmbeddedTimestamp[] {
  const { signature, timestamps } = data?.signer ?? { signature: new Uint8Array(), timestamps: [] };
  return timestamps.flatMap((token) => {
    const { at, fault, cms, data: read } = checkTimestamp(token, () => [signature], pool);
    if (fault !== null || at === null || !cms?.certificate) return [];
    return [{ at, authority: cms.certificate, certificates: read?.certificates ?? [] }];
  });
}

function part(
  facts: SignatureFacts,
  tokens: readonly EmbeddedTimestamp[],
  all: readonly SignatureFacts[],
): SignedPart {
  const { field, kind, range, data, cms } = facts;
  const revision = facts.revision?.number ?? 0;
  const later = all.filter((other) => isProof(other) && (other.revision?.number ?? 0) > revision);
  const times = [...tokens.map(({ at }) => at), ...later.flatMap(({ provenAt }) => provenAt ?? [])];
  return {
    field,
    kind,
    isIntact: isIntact(facts),
    revision,
    end: range?.end ?? 0,
    contents: range?.contents ?? new Uint8Array(),
    certificates: distinct([
      ...(cms?.certificate ? [cms.certificate] : []),
      ...tokens.map(({ authority }) => authority),
    ]),
    crls: [...(data?.crls ?? []), ...(data?.signer.archivedCrls ?? [])],
    ocsps: data?.signer.archivedOcsps ?? [],
    provenAt: times.length > 0 ? Math.min(...times) : null,
  };
}

const isIntact = ({ fault, cms }: SignatureFacts): boolean => fault === null && cms?.fault === null;
const isProof = (facts: SignatureFacts): boolean => facts.kind === 'timestamp' && isIntact(facts);

const distinct = (certificates: readonly Certificate[]): Certificate[] => [
  ...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values(),
];
