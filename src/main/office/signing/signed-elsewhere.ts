import type { SignatureReport } from '../../../shared/domain/verification.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { sameName } from '../../../shared/text/fold.ts';
import type { EventOf } from '../../store/events/index.ts';
import { verificationReport } from '../../store/queries/documents.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import { keptVerification } from '../verification/kept-reports.ts';
import type { OpenOffice } from '../verification/open-office.ts';

/** The signer's own signature, made with another program, as evidence of what was found. */
export type SignedElsewhere = EventOf<'outgoing.signed-elsewhere'>['data']['signature'];

/**
 * Looks at the signatures a draft comes with. A draft that its named signer has signed elsewhere, and nobody else, needs
 * no second signature (NĐ 30/2020, Điều 13); any other signed file is no draft.
 * @param file the PDF as the drafter gave it
 * @returns null for a file without signatures
 * @throws DeskError documents.draft-signature-invalid, documents.draft-sealed, documents.draft-signed-by-other,
 *   documents.draft-signer-unknown
 */
export async function signedElsewhere(
  office: OpenOffice,
  { signer: { name: expected } }: OutgoingRecord,
  file: string,
): Promise<SignedElsewhere | null> {
  const { verdict } = await office.verification.current(file);
  // A file nobody can read is refused for what is wrong with it, not for its signatures.
  if (verdict === 'unsigned' || verdict === 'unreadable') return null;
  // Whose a certificate is may have been corrected by an administrator: only the stored report knows.
  const signatures = (keptVerification(office, file)?.signatures ?? []).filter(
    ({ kind }) => kind === 'signature',
  );
  const broken = signatures.find(({ lights: { integrity, validity } }) =>
    [integrity, validity].includes('bad'),
  );
  if (broken) throw invalid(nameOn(broken));
  const agency = signatures.find(({ signer }) => signer?.kind === 'agency');
  if (agency) throw new DeskError('documents.draft-sealed', { name: nameOn(agency) });
  const other = signatures.find((one) => !sameName(nameOn(one), expected));
  const own = signatures.at(-1);
  if (other || !own?.signer)
    throw new DeskError('documents.draft-signed-by-other', { found: nameOn(other), expected });
  if (signatures.some(({ lights }) => lights.signer !== 'good'))
    throw new DeskError('documents.draft-signer-unknown', { name: nameOn(own) });
  // Something else than one of the signatures: one that was taken out again.
  if (verdict === 'invalid') throw invalid(nameOn(own));
  const { subject, issuer, serial, fingerprint } = own.signer.certificate;
  return {
    file,
    report: { file: verificationReport(office.tables, file)! },
    verdict,
    field: own.field,
    name: own.signer.name,
    signer: subject,
    issuer,
    serial,
    certificateSha256: fingerprint,
    claimedAt: own.claimedAt,
    timestampAt: own.timestampAt,
    unchecked: signatures.some(({ lights }) => lights.validity === 'unknown'),
  };
}

const nameOn = (signature: SignatureReport | undefined): string => signature?.signer?.name ?? '?';

const invalid = (name: string) => new DeskError('documents.draft-signature-invalid', { name });
