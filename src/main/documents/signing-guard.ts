import { DeskError } from '../../shared/errors/index.ts';
import { localDay, showDay } from '../../shared/text/dates.ts';
import { signerName } from '../signature/certificate-use.ts';
import { readCertificate } from '../signature/x509.ts';
import type { SigningSession } from '../token/login.ts';
import type { Store } from '../store/index.ts';
import { signingServices } from '../store/queries/office.ts';
import { namesSource, statusOf } from './ask-status.ts';
import { servicesFor } from './services.ts';

/** Services that have not told by then are taken for unreachable: somebody waits. */
const PATIENCE_MS = 30_000;

/**
 * The certificate must not be revoked. What nobody can tell now is the signer's decision (TT 15/2025/TT-BKHCN, Phụ
 * lục II); one that names nowhere to ask leaves nothing to decide.
 * @returns whether the status is unknown, for the evidence of the signature
 * @throws DeskError documents.signer-revoked, documents.revocation-unchecked
 */
export async function requireNotRevoked(
  store: Store,
  { certificate, chain }: SigningSession,
  isAccepted: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const leaf = readCertificate(certificate);
  if (!namesSource(leaf)) return false;
  const name = signerName(leaf);
  const unknown = (detail: string): true => {
    if (!isAccepted) throw new DeskError('documents.revocation-unchecked', { name, detail });
    return true;
  };
  if (!signingServices(store.tables).revocation) return unknown('off');
  const services = servicesFor(store, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  try {
    const { statuses, failure } = await statusOf(certificate, chain, services);
    const revoked = statuses.find(({ revokedAt }) => revokedAt !== null);
    if (revoked)
      throw new DeskError('documents.signer-revoked', {
        name: revoked.name,
        date: showDay(localDay(revoked.revokedAt!)),
      });
    return failure ? unknown(failure.code) : false;
  } catch (error) {
    if (signal.aborted || !(error instanceof DeskError) || error.code !== 'signature.service-stopped')
      throw error;
    return unknown(error.code);
  }
}
