import type { Problem } from '../../../shared/ipc/call.ts';
import { showTime } from '../../../shared/text/dates.ts';
import type { FieldPlace } from '../../pdf/signature-field.ts';
import { nameText } from '../../x509/names.ts';
import { algorithmOf, signAttributes, timestampFor, usableCertificate } from '../../signature/sign.ts';
import { serialText } from '../../x509/certificate.ts';
import type { StoredFile } from '../../store/files.ts';
import { APART_MS } from '../common/clock.ts';
import { keepAnswers } from '../proofs/evidence.ts';
import { patientTimestamping, quickTimestamping } from '../proofs/services.ts';
import type { Evidence, SigningKey } from './signing-key.ts';
import type { Signing, SigningOffice } from './signing-jobs.ts';
import type { Task } from '../common/tasks.ts';

export interface Signed {
  readonly position: number;
  readonly file: StoredFile;
  readonly evidence: Evidence;
  /** Why it has no timestamp although one was wanted, or that the timestamp says another time than this computer. */
  readonly note: Problem | null;
}

/**
 * Makes planned signatures; of several on one file each goes over the one before. The others are prepared while the
 * token signs one, and written while it signs the next. When one fails, those under way end before this does.
 */
export async function signFiles(
  office: SigningOffice,
  key: SigningKey,
  signings: readonly Signing[],
  task: Task,
): Promise<Signed[]> {
  let begun = 0;
  let failure: unknown = null;
  const lastOn = new Map<number, Promise<Signed>>();
  const all = signings.map((signing) => {
    const { position, name } = signing;
    const begin = () => {
      if (failure !== null) throw failure;
      task.progress(begun++, signings.length, name);
    };
    const one = signOne(office, key, signing, lastOn.get(position), begin);
    one.catch((error: unknown) => (failure ??= error));
    lastOn.set(position, one);
    return one;
  });
  await Promise.allSettled(all);
  const signed = await Promise.all(all);
  // What was told before signing is evidence of the signature; without it the next look would find nothing settled.
  for (const { file } of signed) keepAnswers(office, file.sha256, key.answers);
  return signed;
}

/**
 * @param before the signature under this one on the same file
 * @param begin called when the token is about to be asked; throws to stop
 */
async function signOne(
  office: SigningOffice,
  { session, alone, circumstances }: SigningKey,
  signing: Signing,
  before: Promise<Signed> | undefined,
  begin: () => void,
): Promise<Signed> {
  const { position, role, request } = signing;
  const file = (await before)?.file.sha256 ?? signing.file;
  const now = office.now();
  const { certificate, chain } = session;
  const on = {
    folder: office.folder,
    file,
    ...office.passwords.openingOf(file),
    signer: { certificate, chain },
  };
  let stampedAt = now;
  const onTime = (time: number): void => {
    stampedAt = time;
  };
  const timestamping = quickTimestamping(office, onTime);
  const reserveBytes = timestamping?.reserveBytes ?? null;
  const started = await office.documents.ask('start-signature', { ...on, request, now, reserveBytes });
  const signature = await alone(() => {
    begin();
    return signAttributes(started, session);
  });
  const patient = started.prepared.needsTimestamp ? patientTimestamping(office, onTime) : timestamping;
  const { timestamp, timestampFailure } = await timestampFor(started, signature, patient);
  const finished = await office.documents.ask('finish-signature', { ...on, started, signature, timestamp });
  office.passwords.keepFor(finished.file.sha256, file);
  const leaf = usableCertificate(certificate, now);
  const { unchecked } = circumstances;
  const evidence: Evidence = {
    role,
    position,
    before: { file },
    after: { file: finished.file.sha256 },
    field: started.prepared.fieldName,
    shown: shownOn(started.prepared.shown),
    signer: nameText(leaf.subject),
    issuer: nameText(leaf.issuer),
    serial: serialText(leaf),
    certificateSha256: leaf.fingerprint,
    algorithm: algorithmOf(leaf),
    timestamped: timestamp !== null,
    timestamp: finished.timestamp && { file: finished.timestamp.sha256 },
    offline: unchecked && timestamp === null,
    ...circumstances,
  };
  const note = timestampFailure
    ? { code: timestampFailure.code, params: { ...timestampFailure.params } }
    : clockNote(now, stampedAt);
  return { position, file: finished.file, evidence, note };
}

/** What shows as time of signing is this computer's; the timestamp counts. */
const clockNote = (now: number, stampedAt: number): Problem | null =>
  Math.abs(stampedAt - now) <= APART_MS
    ? null
    : { code: 'documents.clock-differs', params: { now: showTime(now), stamped: showTime(stampedAt) } };

/** Pages counted as people count them. */
const shownOn = (place: FieldPlace | null): Evidence['shown'] =>
  place && { page: place.page + 1, ...place.box };
