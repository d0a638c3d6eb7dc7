import { parentPort, workerData } from 'node:worker_threads';
import { DeskError, type ErrorCode, type ErrorParams } from '../../shared/errors/index.ts';
import { connect, officeFile } from './database.ts';
import { storeFailure } from './failures.ts';
import { openFiles } from './files.ts';
import { rebuildTables, type Rebuilt } from './rebuild.ts';
import { upgrade } from './upgrade.ts';

/** A replay takes seconds for a year's records and minutes for two hundred thousand: it has its own thread. */
export interface RecordsOrder {
  readonly work: 'rebuild' | 'upgrade';
  readonly dir: string;
  /** One 32-bit cell: anything but 0 means stop. */
  readonly stop: SharedArrayBuffer;
}
export type RecordsNews =
  | { readonly done: number; readonly total: number }
  | { readonly result: Rebuilt | null }
  | { readonly failure: { readonly code: ErrorCode; readonly params: ErrorParams } };

const { work, dir, stop } = workerData as RecordsOrder;
const cell = new Int32Array(stop);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker port has no origin, a window has
const tell = (news: RecordsNews) => parentPort!.postMessage(news);
const progress = (done: number, total: number) => {
  if (Atomics.load(cell, 0) !== 0) throw new DeskError('host.cancelled');
  tell({ done, total });
};

function rebuild(): Rebuilt {
  const tables = connect(officeFile(dir));
  try {
    return rebuildTables({ tables, files: openFiles(dir) }, progress);
  } finally {
    tables.close();
  }
}

try {
  if (work === 'upgrade') upgrade(dir, openFiles(dir), progress);
  tell({ result: work === 'rebuild' ? rebuild() : null });
} catch (error) {
  const failure = storeFailure(error, dir);
  // Another error crosses to the desk as text only: its class would not survive the copy between threads.
  if (!(failure instanceof DeskError)) throw new Error(String(failure), { cause: error });
  tell({ failure: { code: failure.code, params: failure.params } });
}
