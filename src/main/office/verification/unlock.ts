import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { recordsWithFile } from '../../store/queries/documents.ts';
import type { OpenOffice } from './open-office.ts';

/**
 * Opens a file with what a person typed, for everything that is done with it until the program ends. A document's file
 * is read and judged again, since nobody could before.
 * @param read reads its text
 * @throws DeskError pdf.password-wrong, and what `openPdf` throws
 */
export async function unlockFile(
  { files, tables, asked, passwords, verification }: OpenOffice,
  { sha256, password }: ParsedArgument<'file.unlock'>,
  read: (file: string) => Promise<void>,
): Promise<void> {
  await asked.ask('unlock', { path: files.path(sha256), password });
  passwords.keep(sha256, password);
  const isHeld = () => recordsWithFile(tables, sha256).length > 0;
  if (!isHeld()) return;
  await read(sha256);
  // A first page that bears a mark of secrecy has sent the letter back, and its file has left the office.
  if (isHeld()) await verification.judge(sha256);
}

/** For the view of a file that the person may see. */
export const passwordOf = ({ passwords }: OpenOffice, sha256: string): Result<'file.password'> => ({
  password: passwords.openingOf(sha256).password ?? null,
});
