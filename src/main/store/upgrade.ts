import { existsSync } from 'node:fs';
import { DeskError } from '../../shared/errors/index.ts';
import { removeSync } from '../disk/busy.ts';
import { sqlitePath } from '../disk/place.ts';
import { connect, make, nextFile, officeFile, replaceRecords } from './database.ts';
import type { FileStore } from './files.ts';
import { tablesId } from './projections/index.ts';
import { replay } from './rebuild.ts';
import { one, run, type Connection } from './sql.ts';

/** Pieces of a replay between two commits: what a power cut costs at most. */
const PIECES = 20;
/** Rows of a journal copied between two commits. */
const ROWS = 20_000;

const building = `building ${tablesId}`;

/**
 * Makes records for this version of the program beside those of another: copies the journals, replays them, and puts
 * the result in place of the old ones, which stay as `office-before.sqlite`. Nothing is touched before all is made;
 * what a power cut leaves half made is gone on with.
 * @param progress throws to stop
 * @throws DeskError store.from-the-future for an entry this program does not know
 */
export function upgrade(
  dir: string,
  files: FileStore,
  progress: (done: number, total: number) => void,
): void {
  const next = openNext(dir);
  try {
    fill(next, dir, files, progress);
  } catch (error) {
    next.close();
    // Nothing to go on with: the next program that opens these records knows more.
    if (error instanceof DeskError && error.code === 'store.from-the-future') removeNext(dir);
    throw error;
  }
  next.close();
  // The last connection that closes takes the write-ahead log with it.
  connect(officeFile(dir)).close();
  replaceRecords(dir);
}

function fill(
  next: Connection,
  dir: string,
  files: FileStore,
  progress: (done: number, total: number) => void,
): void {
  next.prepare('ATTACH ? AS old').run(sqlitePath(officeFile(dir)));
  const { total } = one<{ total: number }>(
    next,
    `SELECT (SELECT coalesce(max(seq), 0) FROM old.journal) + (SELECT coalesce(max(seq), 0) FROM old.local_journal)
       AS total`,
  )!;
  const copied = () => progress(0, total);
  copied();
  for (const name of ['journal', 'local_journal']) copy(next, name, 'seq, content, hash', copied);
  for (const name of ['bodies', 'local_bodies']) copy(next, name, 'seq, salt, body', copied);
  // Gives up the old records before they are renamed.
  next.exec('DETACH old');
  const steps = replay({ tables: next, files });
  for (let step = advance(next, steps); step; step = advance(next, steps)) progress(step.done, step.total);
  run(next, 'UPDATE form SET tables = ?', [tablesId]);
}

function removeNext(dir: string): void {
  for (const suffix of ['', '-wal', '-shm']) removeSync(nextFile(dir) + suffix);
}

/** What an upgrade has left half made, if it is of this version and of these journals; else a new beginning. */
function openNext(dir: string): Connection {
  const path = nextFile(dir);
  if (existsSync(path)) {
    const left = connect(path);
    if (continues(left, officeFile(dir))) return left;
    left.close();
  }
  removeNext(dir);
  const next = connect(path);
  make(next, building);
  return next;
}

function continues(left: Connection, office: string): boolean {
  if ((left.pragma('user_version', { simple: true }) as number) === 0) return false;
  const isOurs = one(left, 'SELECT 1 FROM form WHERE tables IN (?, ?)', [building, tablesId]) !== undefined;
  if (!isOurs) return false;
  left.prepare('ATTACH ? AS old').run(sqlitePath(office));
  const strangers = ['journal', 'local_journal'].filter((name) =>
    one(
      left,
      `SELECT 1 FROM (SELECT seq, hash FROM main.${name} ORDER BY seq DESC LIMIT 1) last
       WHERE NOT EXISTS (SELECT 1 FROM old.${name} o WHERE o.seq = last.seq AND o.hash = last.hash)`,
    ),
  );
  left.exec('DETACH old');
  return strangers.length === 0;
}

function copy(next: Connection, name: string, columns: string, between: () => void): void {
  const sql = `INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM old.${name}
    WHERE seq > (SELECT coalesce(max(seq), 0) FROM main.${name}) ORDER BY seq LIMIT ${ROWS}`;
  while (run(next, sql) > 0) between();
}

/** The next steps of the replay, in one transaction. @returns how far it has come, undefined at the end */
function advance(
  next: Connection,
  steps: Generator<{ done: number; total: number }>,
): { done: number; total: number } | undefined {
  let last: { done: number; total: number } | undefined;
  next
    .transaction(() => {
      for (let n = 0; n < PIECES; n += 1) {
        const step = steps.next();
        if (step.done) return;
        last = step.value;
      }
    })
    .immediate();
  return last;
}
