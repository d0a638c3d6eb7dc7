/** Which level each signature of a file has reached (ETSI EN 319 142-1, 6), and until when its archive holds. */
import { openPdf } from '../../pdf/reader.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { prefixSource } from '../../pdf/source.ts';
import { gatherEvidence } from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import { knownChain } from '../online/chain.ts';
import { signedParts } from './signed-parts.ts';
import type { SignedPart, Trust } from './signed-parts.ts';
import { knownStatus } from './proof.ts';

/**
 * B-B: signed. B-T: a timestamp proves when. B-LT: the file also carries what shows that every certificate was in
 * force. B-LTA: a document timestamp covers all of that.
 */
export const LEVELS = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export type Level = (typeof LEVELS)[number];

export const reaches = (level: Level, wanted: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);

export interface SignatureState {
  readonly field: string;
  readonly level: Level;
  /** UTC milliseconds. */
  readonly provenAt: number | null;
  /** End of the signing certificate. */
  readonly expiresAt: number;
}

export interface FileState {
  /** The intact signatures, oldest first; document timestamps are not among them. */
  readonly signatures: readonly SignatureState[];
  /** End of the certificate of the last document timestamp; null without one. */
  readonly archiveUntil: number | null;
}

export interface StateOptions extends Trust {
  readonly password?: string;
}

/** @throws pdf.damaged, pdf.too-complex */
export function fileState(document: PdfDocument, options: StateOptions): FileState {
  const file = signedParts(document, options);
  const intact = file.parts.filter(({ isIntact, certificates }) => isIntact && certificates.length > 0);
  const last = intact.findLast(({ kind }) => kind === 'timestamp');
  const archived = last && gatherEvidence(revisionUpTo(document, last.end, options.password), file.facts, {});
  const levelOf = (part: SignedPart): Level => {
    if (part.provenAt === null) return 'B-B';
    if (!isProven(part, part.provenAt, file.evidence, options)) return 'B-T';
    const isCovered = last && archived && last.revision > part.revision;
    return isCovered && isProven(part, part.provenAt, archived, options) ? 'B-LTA' : 'B-LT';
  };
  return {
    signatures: intact
      .filter(({ kind }) => kind === 'signature')
      .map((part) => ({
        field: part.field,
        level: levelOf(part),
        provenAt: part.provenAt,
        expiresAt: part.certificates[0]!.notAfter,
      })),
    archiveUntil: last?.certificates[0]?.notAfter ?? null,
  };
}

function revisionUpTo(document: PdfDocument, end: number, password: string | undefined): PdfDocument {
  if (end === document.source.size) return document;
  return openPdf(prefixSource(document.source, end), {
    later: document,
    ...(password !== undefined && { password }),
  });
}

/** Is there an unbroken chain for each certificate of a part, with a status for every link below its end? */
function isProven(part: SignedPart, at: number, evidence: Evidence, { anchors }: Trust): boolean {
  const known = { anchors: anchors.map(({ certificate }) => certificate), pool: evidence.pool };
  return part.certificates.every((leaf) => {
    const { certificates, isComplete } = knownChain(leaf, known);
    const below = certificates.slice(0, -1);
    return (
      isComplete &&
      below.every((one, index) => knownStatus(one, certificates.slice(index + 1), evidence, at) !== null)
    );
  });
}
