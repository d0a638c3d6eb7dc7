import { stampOnPage } from '../../../shared/domain/secrecy.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { HostLog } from '../../host/desk-port.ts';
import { program } from '../../store/events/index.ts';
import { recordsWithFile } from '../../store/queries/documents.ts';
import { newEvent } from '../common/events.ts';
import type { FileThread } from '../verification/file-thread.ts';
import type { OpenOffice } from '../verification/open-office.ts';

/** Hears of a file whose first page bears a secrecy stamp, and which: `MẬT`. */
export type OnSecret = (file: string, mark: string) => void;

export interface Reading {
  readonly office: OpenOffice;
  readonly thread: FileThread;
  readonly log: HostLog;
  readonly onSecret: OnSecret;
  /** Ends it with nothing kept. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the text of a file, for search and for the secrecy stamp of its first page. A PDF whose text cannot be had
 * (damaged, only pictures) is remembered as read, with no text. Of one with a password nothing is kept either: what it
 * says would lie open beside it.
 * @throws DeskError host.cancelled
 */
export async function readText(reading: Reading, file: string): Promise<void> {
  const { office, thread, log, onSecret, signal } = reading;
  let words: string[] = [];
  const opening = office.passwords.openingOf(file);
  try {
    words = await thread.ask(
      'words',
      { path: office.files.path(file), ...opening },
      { ...(signal && { signal }) },
    );
  } catch (error) {
    if (!(error instanceof DeskError) || error.code === 'host.cancelled') throw error;
    log.info(`no text of ${file.slice(0, 12)}: ${error.code}`);
    // The thread ended for a reason of its own; the cause tells which.
    if (error.code === 'documents.reading-stopped') log.error('reading stopped', error.cause);
  }
  const mark = stampOnPage(words[0] ?? '');
  const isKept = mark === '' && opening.password === undefined;
  const content = isKept ? words.join('\f').normalize('NFC') : '';
  const text = content.trim() === '' ? null : { file: office.files.put(Buffer.from(content)).sha256 };
  if (mark !== '') onSecret(file, mark);
  // A file that nobody has any more has left the office.
  office.record(program, () =>
    recordsWithFile(office.tables, file).length === 0 ? null : newEvent('file.read', file, { file, text }),
  );
}
