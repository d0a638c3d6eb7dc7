import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect, make, officeFile } from '../../src/main/store/database.ts';
import { openFiles } from '../../src/main/store/files.ts';
import { rowsAfter } from '../../src/main/store/journal.ts';
import { projectedTables } from '../../src/main/store/projections/index.ts';
import { upgrade } from '../../src/main/store/upgrade.ts';
import { writeJournal } from '../store/large-journal.ts';
import type { Row } from './measure.ts';

const DOCUMENTS = 200_000;
const LIMIT_S = 60;
const PIECE = 5000;

/**
 * What an office of many years waits for after an update: its journal, each document with all that happens to one, made
 * into tables and index. Once only: it takes minutes.
 */
export function replayRows(folder: string): Row[] {
  const dir = join(folder, 'replay');
  mkdirSync(dir);
  const entries = writeJournal(dir, DOCUMENTS);
  const seconds = timed(() => upgrade(dir, openFiles(dir), () => undefined));
  const least = timed(() => readAndCopy(dir, join(dir, 'least.sqlite')));
  const what = `replay of ${DOCUMENTS.toLocaleString('en')} documents (${entries.toLocaleString('en')} entries)`;
  return [
    {
      what,
      against:
        'reading and parsing the journal, and copying the finished tables, without the full-text index',
      value: seconds / least,
      unit: '×',
      figures: `${seconds.toFixed(0)} s : ${least.toFixed(0)} s`,
      most: null,
    },
    { what, against: 'by itself', value: seconds, unit: 's', figures: '', most: LIMIT_S },
  ];
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** What no replay can do without: every body read and parsed, every row written, its indexes with it. */
function readAndCopy(dir: string, to: string): void {
  const office = connect(officeFile(dir));
  for (let last = 0, rows = rowsAfter(office, 'office', 0, PIECE); rows.length > 0;) {
    for (const { body } of rows) JSON.parse(body!);
    last = rows.at(-1)!.seq;
    rows = rowsAfter(office, 'office', last, PIECE);
  }
  office.close();
  const copy = connect(to);
  make(copy, 'a copy');
  copy.prepare('ATTACH ? AS old').run(officeFile(dir));
  copy.transaction(() => {
    for (const table of projectedTables.filter((name) => name !== 'search'))
      copy.exec(`INSERT INTO main.${table} SELECT * FROM old.${table}`);
  })();
  copy.close();
}
