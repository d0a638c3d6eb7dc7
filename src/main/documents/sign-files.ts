import type { Problem } from '../../shared/ipc/call.ts';
import { openPdf } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { nameText } from '../signature/names.ts';
import { signDocument, usableCertificate } from '../signature/sign.ts';
import { serialText } from '../signature/x509.ts';
import type { StoredFile } from '../store/files.ts';
import type { Store } from '../store/index.ts';
import { quickTimestamping } from './services.ts';
import type { Evidence, SigningKey } from './signing-key.ts';
import type { Signing } from './signing-plan.ts';
import type { Task } from './tasks.ts';

export interface Signed {
  readonly position: number;
  readonly file: StoredFile;
  readonly evidence: Evidence;
  /** Why it has no timestamp although one was wanted. */
  readonly note: Problem | null;
}

/** Makes planned signatures; of several on one file each goes over the one before. */
export async function signFiles(
  store: Store,
  key: SigningKey,
  signings: readonly Signing[],
  task: Task,
): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (const signing of signings) {
    task.progress(signed.length, signings.length, signing.name);
    const before = signed.findLast(({ position }) => position === signing.position)?.file.sha256;
    signed.push(await signOne(store, key, { ...signing, file: before ?? signing.file }));
  }
  return signed;
}

async function signOne(
  store: Store,
  { session, circumstances }: SigningKey,
  signing: Signing,
): Promise<Signed> {
  const now = store.now();
  const source = openFileSource(store.files.path(signing.file));
  try {
    const timestamping = quickTimestamping(store);
    const { tail, timestampFailure } = await signDocument(
      openPdf(source),
      signing.request,
      session,
      now,
      timestamping,
    );
    const file = await store.files.grow(signing.file, tail);
    const certificate = usableCertificate(session.certificate, now);
    const evidence = {
      role: signing.role,
      position: signing.position,
      before: { file: signing.file },
      signer: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      serial: serialText(certificate),
      certificateSha256: certificate.fingerprint,
      timestamped: timestamping !== undefined && timestampFailure === null,
      ...circumstances,
    };
    const note = timestampFailure && { code: timestampFailure.code, params: { ...timestampFailure.params } };
    return { position: signing.position, file, evidence, note };
  } finally {
    source.close();
  }
}
