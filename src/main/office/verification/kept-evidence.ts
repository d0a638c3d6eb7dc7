import { checkOf } from '../../../shared/domain/check-result.ts';
import type { Evidence, KeptAnswer, SignatureEvidence } from '../../../shared/domain/evidence.ts';
import type { SignatureReport } from '../../../shared/domain/verification.ts';
import type { Entry } from '../../store/events/index.ts';
import type { Evidence as Making } from '../../store/events/words.ts';
import { recordsWithFile, evidenceOf, judgementOf, type EvidenceRow } from '../../store/queries/documents.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import type { OpenOffice } from './open-office.ts';

/** Everything kept about the signatures of a file, of this office or received, put together from the records. */
export async function keptEvidenceOf({ tables, verification }: OpenOffice, file: string): Promise<Evidence> {
  const { signatures } = await verification.of(file);
  const { at, software } = judgementOf(tables, file)!;
  const answers = evidenceOf(tables, file);
  const makings = recordsWithFile(tables, file)
    .flatMap(({ id }) => entriesAbout(tables, id))
    .flatMap(madeBy);
  return {
    sha256: file,
    checkedAt: at,
    software,
    signatures: signatures.map((report) => evidenceFor(report, answers, makings)),
  };
}

interface Made {
  readonly at: number;
  readonly making: Making;
}

const madeBy = ({ at, data }: Entry): Made[] => makingsIn(data).map((making) => ({ at, making }));

function makingsIn(data: Entry['data']): readonly Making[] {
  if ('signatures' in data) return data.signatures;
  // What was signed with another program has findings instead.
  return 'signature' in data && 'before' in data.signature ? [data.signature] : [];
}

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
    ({ making }) =>
      making.certificateSha256 === signer?.certificate.fingerprint &&
      (making.field === field || making.field === ''),
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
  const [thisUpdate, nextUpdate, fetchedAt] = [row.thisUpdate, row.nextUpdate, row.fetchedAt];
  return [{ certificate: name, type, result, url, thisUpdate, nextUpdate, fetchedAt, sha256: answer }];
}

const shown = ({ at, making }: Made): SignatureEvidence['made'] => ({
  role: making.role,
  at,
  tokenLabel: making.tokenLabel,
  tokenSerial: making.tokenSerial,
  module: making.module,
  before: making.before.file,
  after: making.after?.file ?? null,
  shown: making.shown,
  timestamp: making.timestamp?.file ?? null,
  offline: making.offline,
});
