import { DeskError } from '../../../shared/errors/index.ts';
import type { OpenOffice } from './open-office.ts';

/**
 * The document must bear a signature that still holds: nothing is numbered, sealed or sent without one
 * (NĐ 30/2020, Điều 32.2d). What could not be settled offline does not stop the work.
 * @throws DeskError documents.not-signed, documents.signature-invalid
 */
export async function requireSignature({ verification }: OpenOffice, file: string): Promise<void> {
  const { verdict } = await verification.current(file);
  if (verdict === 'unsigned') throw new DeskError('documents.not-signed');
  if (verdict === 'invalid' || verdict === 'unreadable') throw new DeskError('documents.signature-invalid');
}
