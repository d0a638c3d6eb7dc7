import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { DeskError, type ErrorCode, type ErrorParams } from '../../shared/errors/index.ts';
import { connect } from './database.ts';
import { storeFailure } from './failures.ts';
import { openFiles } from './files.ts';
import { rebuildTables, type Rebuilt } from './rebuild.ts';

/** A rebuild takes seconds for a year's records and a minute for a hundred thousand: it has its own thread. */
export interface RebuildOrder {
  readonly dir: string;
  /** One 32-bit cell: anything but 0 means stop. */
  readonly stop: SharedArrayBuffer;
}
export type RebuildNews =
  | { readonly done: number; readonly total: number }
  | { readonly rebuilt: Rebuilt }
  | { readonly failure: { readonly code: ErrorCode; readonly params: ErrorParams } };

const { dir, stop } = workerData as RebuildOrder;
const cell = new Int32Array(stop);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker port has no origin, a window has
const tell = (news: RebuildNews) => parentPort!.postMessage(news);

const tables = connect(join(dir, 'office.sqlite'));
try {
  const rebuilt = rebuildTables({ tables, files: openFiles(dir) }, (done, total) => {
    if (Atomics.load(cell, 0) !== 0) throw new DeskError('host.cancelled');
    tell({ done, total });
  });
  tell({ rebuilt });
} catch (error) {
  const failure = storeFailure(error, dir);
  // Another error crosses to the desk as text only: its class would not survive the copy between threads.
  if (!(failure instanceof DeskError)) throw new Error(String(failure), { cause: error });
  tell({ failure: { code: failure.code, params: failure.params } });
} finally {
  tables.close();
}
