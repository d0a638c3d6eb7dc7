import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { HostLog } from '../../host/desk-port.ts';
import type { Store } from '../../store/index.ts';
import { documentsWithFile } from '../../store/queries/documents.ts';
import { keepPassword, openingOf } from './passwords.ts';
import { readText, verify } from './reading.ts';
import { readingThread } from './reading-thread.ts';

/**
 * Opens a file with what a person typed, for everything that is done with it until the program ends. A document's file
 * is read and judged again, since nobody could before.
 * @throws DeskError pdf.password-wrong, and what `openPdf` throws
 */
export async function unlockFile(
  store: Store,
  { sha256, password }: ParsedArgument<'file.unlock'>,
  log: HostLog,
): Promise<void> {
  await readingThread.ask('unlock', { path: store.files.path(sha256), password });
  keepPassword(store, sha256, password);
  if (documentsWithFile(store.tables, sha256).length === 0) return;
  await readText(store, sha256, log);
  await verify(store, sha256);
}

/** For the view of a file that the person may see. */
export const passwordOf = (store: Store, sha256: string): Result<'file.password'> => ({
  password: openingOf(store, sha256).password ?? null,
});
