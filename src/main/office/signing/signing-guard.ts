import { DeskError } from '../../../shared/errors/index.ts';
import { localDay, showDay } from '../../../shared/text/dates.ts';
import { signerName } from '../../x509/certificate-use.ts';
import { readCertificate } from '../../x509/certificate.ts';
import type { SigningSession } from '../../token/login.ts';
import type { Store } from '../../store/index.ts';
import { signingServices } from '../../store/queries/office.ts';
import { namesSource, statusOf } from '../verification/ask-status.ts';
import type { FoundStatuses } from '../verification/file-jobs.ts';
import { servicesFor } from '../proofs/services.ts';

type Answers = Pick<FoundStatuses, 'statuses' | 'certificates'>;
const none: Answers = { statuses: [], certificates: [] };

/** Services that have not told by then are taken for unreachable: somebody waits. */
const PATIENCE_MS = 30_000;

/**
 * The certificate must not be revoked. What nobody can tell now is the signer's decision (TT 15/2025/TT-BKHCN, Phụ
 * lục II); one that names nowhere to ask leaves nothing to decide.
 * @returns whether the status is unknown, and what was answered, both for the evidence of the signature
 * @throws DeskError documents.signer-revoked, documents.revocation-unchecked, host.cancelled
 */
export async function requireNotRevoked(
  store: Store,
  { certificate, chain }: SigningSession,
  isAccepted: boolean,
  signal: AbortSignal,
): Promise<{ readonly unchecked: boolean; readonly answers: Answers }> {
  const leaf = readCertificate(certificate);
  if (!namesSource(leaf)) return { unchecked: false, answers: none };
  const name = signerName(leaf);
  const unknown = (detail: string, answers = none) => {
    if (!isAccepted) throw new DeskError('documents.revocation-unchecked', { name, detail });
    return { unchecked: true, answers };
  };
  if (!signingServices(store.tables).revocation) return unknown('off');
  const services = servicesFor(store, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  try {
    const { failure, ...answers } = await statusOf(certificate, chain, services);
    const revoked = answers.statuses.find(({ revokedAt }) => revokedAt !== null);
    if (revoked)
      throw new DeskError('documents.signer-revoked', {
        name: revoked.name,
        date: showDay(localDay(revoked.revokedAt!)),
      });
    return failure ? unknown(failure.code, answers) : { unchecked: false, answers };
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'signature.service-stopped') throw error;
    if (signal.aborted) throw new DeskError('host.cancelled', {}, error);
    return unknown(error.code);
  }
}
