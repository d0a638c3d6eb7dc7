import { DeskError } from '../../../shared/errors/index.ts';
import { onRecords } from '../common/on-records.ts';
import { requireMainFile } from '../common/main-file.ts';
import { requireOffice } from '../common/office-settings.ts';
import { requireSignature } from '../verification/require-signature.ts';
import type { SigningOffice, SigningPlan, Wanted } from './signing-jobs.ts';
import { forAct, imageFor } from './signing-plan.ts';

/**
 * The leader's signature, or the agency's on the document and on every separate appendix.
 * @throws DeskError documents.image-missing, and what `requireSignature` and `makePlan` throw
 */
export async function planSigning(office: SigningOffice, wanted: Wanted): Promise<SigningPlan> {
  const { id, act } = wanted;
  const record = forAct(office, id, act);
  const image = imageFor(office, record, act);
  if (image === undefined)
    throw new DeskError('documents.image-missing', {
      what: act === 'approve' ? record.signer.name : requireOffice(office).name,
    });
  if (act === 'seal') await requireSignature(office, requireMainFile(office, id).file);
  return office.documents.ask('plan-signing', { ...onRecords(office), wanted });
}
