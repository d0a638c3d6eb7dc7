import { checkOf } from '../../shared/domain/check-result.ts';
import type { Evidence, KeptAnswer, SignatureEvidence } from '../../shared/domain/evidence.ts';
import type { SignatureReport } from '../../shared/domain/verification.ts';
import type { Entry } from '../store/events/index.ts';
import type { Evidence as Making } from '../store/events/words.ts';
import type { Store } from '../store/index.ts';
import { documentsWithFile, evidenceOf, judgementOf, type EvidenceRow } from '../store/queries/documents.ts';
import { entriesAbout } from '../store/queries/journal.ts';
import { verificationOf } from './reading.ts';

/** Everything kept about the signatures of a file, of this office or received, put together from the records. */
export async function keptEvidenceOf(store: Store, file: string): Promise<Evidence> {
  const { signatures } = await verificationOf(store, file);
  const { at, software } = judgementOf(store.tables, file)!;
  const answers = evidenceOf(store.tables, file);
  const makings = documentsWithFile(store.tables, file)
    .flatMap(({ id }) => entriesAbout(store.tables, id))
    .flatMap(madeBy);
  return {
    sha256: file,
    checkedAt: at,
    software,
    signatures: signatures.map((report) => evidenceFor(report, answers, makings)),
  };
}

interface Made extends Making {
  readonly at: number;
}

const madeBy = ({ at, data }: Entry): Made[] => {
  // What was signed with another program has findings instead.
  const all =
    'signatures' in data
      ? data.signatures
      : 'signature' in data && 'before' in data.signature
        ? [data.signature]
        : [];
  return all.map((one) => ({ ...one, at }));
};

function evidenceFor(
  report: SignatureReport,
  answers: readonly EvidenceRow[],
  makings: readonly Made[],
): SignatureEvidence {
  const { field, signer } = report;
  const certificates = signer
    ? [signer.certificate, ...signer.chain].map(({ fingerprint }) => fingerprint)
    : [];
  const made = makings.findLast(
    (one) =>
      one.certificateSha256 === signer?.certificate.fingerprint && (one.field === field || one.field === ''),
  );
  return {
    ...checkOf(report),
    answers: answers.filter(({ certificate }) => certificates.includes(certificate)).flatMap(answerOf),
    made: made ? shown(made) : null,
  };
}

export function answerOf(row: EvidenceRow): KeptAnswer[] {
  const { name, type, result, url, answer } = row;
  if (type === 'certificate' || result === '') return [];
  const [thisUpdate, nextUpdate, fetchedAt] = [row.this_update, row.next_update, row.fetched_at];
  return [{ certificate: name, type, result, url, thisUpdate, nextUpdate, fetchedAt, sha256: answer }];
}

const shown = (made: Made): SignatureEvidence['made'] => ({
  role: made.role,
  at: made.at,
  tokenLabel: made.tokenLabel,
  tokenSerial: made.tokenSerial,
  module: made.module,
  before: made.before.file,
  after: made.after?.file ?? null,
  shown: made.shown,
  timestamp: made.timestamp?.file ?? null,
  offline: made.offline,
});
