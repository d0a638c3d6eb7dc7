import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { evidenceOf, uncheckedPdfs } from '../../store/queries/documents.ts';
import { outgoingWithFile } from '../../store/queries/proofs.ts';
import { newEvent } from '../common/events.ts';
import { raiseAlarm, revokedLater } from './raise-alarm.ts';
import type { FoundStatuses } from '../verification/file-jobs.ts';
import type { Failure } from '../common/thread.ts';
import { keptVerification } from '../verification/kept-reports.ts';
import type { OpenOffice } from '../verification/open-office.ts';
import { jobServices } from './services.ts';
import type { FileThread } from '../verification/file-thread.ts';

/** Keeps what services answered about the signers of a file; what is kept already is not recorded again. */
export function keepAnswers(
  store: Store,
  file: string,
  { statuses, certificates }: Pick<FoundStatuses, 'statuses' | 'certificates'>,
): void {
  if (statuses.length === 0) return;
  const put = (bytes: Uint8Array) => ({ file: store.files.put(bytes).sha256 });
  const answers = statuses.map(({ der, ...rest }) => ({ ...rest, answer: put(der) }));
  const fetched = certificates.map(put);
  store.record(program, () => {
    const kept = evidenceOf(store.tables, file);
    const isKept = ({ certificate, answer }: (typeof answers)[number]) =>
      kept.some((row) => row.certificate === certificate && row.answer === answer.file);
    return answers.every(isKept)
      ? null
      : newEvent('file.evidence', file, { file, answers, certificates: fetched });
  });
}

/**
 * Asks about everybody who signed a file, keeps the answers, judges the file again with them, and alarms whoever bears
 * it.
 * @returns why not everything could be settled; null when it was
 * @throws DeskError as `FileThread.ask`
 */
export async function settleRevocation(
  office: OpenOffice,
  thread: FileThread,
  file: string,
  { limitMs, fetchedAfter = null }: { readonly limitMs: number; readonly fetchedAfter?: number | null },
): Promise<Failure | null> {
  const { files, passwords, tables } = office;
  const job = {
    ...jobServices(office),
    ...passwords.openingOf(file),
    path: files.path(file),
    fetchedAfter,
  };
  const found = await thread.ask('statuses', job, { limitMs });
  keepAnswers(office, file, found);
  if (found.statuses.length > 0 || found.failure) await judgeAgain(office, thread, file, found.failure);
  return found.failure ?? (uncheckedPdfs(tables).includes(file) ? nothingAdded : null);
}

/** Asked, answered, and no further: without a pause it would be asked again at once. */
export const nothingAdded: Failure = { code: 'documents.proof-unchanged', params: {} };

/** A list that was fetched this long before a signature is as good as one fetched with it. */
const SLACK_MS = 10 * 60_000;

/**
 * From when on an answer about the newest signature must come: nobody has been asked about its certificate since it
 * was made, and a list from before does not tell whether it was revoked by then. Null when there is none such.
 */
export function unaskedSince(store: Store, file: string): number | null {
  const signatures = keptVerification(store, file)?.signatures ?? [];
  const answers = evidenceOf(store.tables, file);
  const times = signatures.flatMap(({ kind, signer, claimedAt, findings }) => {
    const isAsked =
      kind === 'timestamp' ||
      signer === null ||
      claimedAt === null ||
      findings.some(({ code }) => code === 'validity.no-revocation-source') ||
      answers.some(
        ({ certificate, fetchedAt: at }) =>
          certificate === signer.certificate.fingerprint && at >= claimedAt - SLACK_MS,
      );
    return isAsked ? [] : [claimedAt - SLACK_MS];
  });
  return times.length === 0 ? null : Math.max(...times);
}

async function judgeAgain(
  office: OpenOffice,
  thread: FileThread,
  file: string,
  revocationFailure: Failure | null,
): Promise<void> {
  const { verdict, signatures } = await office.verification.judge(file, { thread, revocationFailure });
  const revoked = signatures.find(({ findings }) =>
    findings.some(({ code }) => code === 'validity.revoked' || code === 'validity.ca-revoked'),
  );
  if (verdict !== 'invalid' || !revoked) return;
  const problem = revokedLater(revoked.signer?.name ?? '');
  for (const id of outgoingWithFile(office.tables, file)) raiseAlarm(office, id, problem);
}
