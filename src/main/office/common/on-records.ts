import { openPdf, type PdfDocument } from '../../pdf/reader.ts';
import { openFileSource } from '../../pdf/source.ts';
import { openFiles, type FileStore } from '../../store/files.ts';
import { withRecords, type Records } from '../../store/index.ts';
import type { Opening } from './pages.ts';

/** The office's records and the desk's time, as a job for a thread names them. */
export interface OnRecords {
  readonly folder: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** The office's records as a job for a thread names them: a folder and the time the desk has now. */
export const onRecords = ({ folder, now }: Records): OnRecords => ({ folder, now: now() });

/** A file of the office and the folder its records lie in. */
export interface OnFile extends Opening {
  readonly folder: string;
  readonly file: string;
}

const opened = new Map<string, FileStore>();

/** In a thread: the office's files. Their folder's lock is held by the desk that the thread belongs to. */
export function filesIn({ folder }: Pick<OnFile, 'folder'>): FileStore {
  let files = opened.get(folder);
  if (!files) opened.set(folder, (files = openFiles(folder)));
  return files;
}

/** In a thread: runs `work` on the records that a job names. */
export const withNamedRecords = <T>(on: OnRecords, work: (records: Records) => Promise<T>): Promise<T> =>
  withRecords(on.folder, filesIn(on), on.now, work);

/** In a thread: runs `work` on a file that was found to be whole. */
export async function withWhole<T>(on: OnFile, work: (document: PdfDocument) => T): Promise<T> {
  const files = filesIn(on);
  const sha256 = await files.hash(on.file);
  const source = openFileSource(files.path(on.file));
  try {
    const { password } = on;
    return work(openPdf({ ...source, sha256 }, password === undefined ? {} : { password }));
  } finally {
    source.close();
  }
}
