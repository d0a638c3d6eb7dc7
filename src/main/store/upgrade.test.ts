import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, startScript } from '../../../tests/store/child.ts';
import { at, recordSamples } from '../../../tests/store/sample-events.ts';
import { connect, nextFile, officeFile } from './database.ts';
import { program } from './events/index.ts';
import { openStore, upgradeRecords, type Store } from './index.ts';
import { journalLength, rowsAfter } from './journal.ts';
import { tableDigests } from './rebuild.ts';
import { connectionOf } from './sql.ts';

const script = fileURLToPath(new URL('../../../tests/store/upgrade.ts', import.meta.url));

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'upgrade-'))));
afterEach(() => rmSync(dir, { recursive: true }));

/** The folder as another version of the program would have left it: same journals, other tables. */
function fill(visits: number) {
  const store = openStore(dir, { clock: () => at });
  recordSamples(store);
  connectionOf(store.tables).transaction(() => {
    for (let n = 0; n < visits; n += 1)
      store.record(program, () => ({ type: 'person.sat-down', subject: 'vt', data: {} }));
  })();
  const kept = {
    digests: tableDigests(store.tables),
    rows: rowsOf(store),
    schema: schemaOf(store),
    entries: journalLength(store.tables),
  };
  store.close();
  const office = connect(officeFile(dir));
  office.exec(
    `UPDATE form SET tables = 'of another version'; DROP TABLE attachment_files; UPDATE incoming SET subject = ''`,
  );
  office.close();
  return kept;
}

/** Everything a database has besides rows: tables, indexes, triggers. */
const schemaOf = ({ tables }: Store) =>
  connectionOf(tables).prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();

const rowsOf = ({ tables }: Store) => ({
  office: rowsAfter(tables, 'office', 0, 1000),
  local: rowsAfter(tables, 'local', 0, 1000),
});

/** Resolves when a child that upgrades has done some entries, and not only copied them. */
const replaying = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.stdout!.on('data', (line: Buffer) => {
      if (/^[1-9]/m.test(line.toString())) resolve();
    });
  });

function look() {
  const store = openStore(dir);
  try {
    return {
      digests: tableDigests(store.tables),
      rows: rowsOf(store),
      schema: schemaOf(store),
      entries: journalLength(store.tables),
    };
  } finally {
    store.close();
  }
}

describe('records of another version', () => {
  it('are made again beside the old ones, which stay, with the same journals and the right tables', async () => {
    const before = fill(0);
    expect(() => openStore(dir)).toThrow(/upgraded/);
    const steps: [number, number][] = [];
    await upgradeRecords(dir, (done, total) => steps.push([done, total]));
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1]);
    expect(look()).toEqual(before);
    expect(existsSync(nextFile(dir))).toBe(false);
    const old = connect(join(dir, 'office-before.sqlite'));
    expect(old.prepare('SELECT tables FROM form').pluck().get()).toBe('of another version');
    old.close();
    const again: unknown[] = [];
    await upgradeRecords(dir, (...step) => again.push(step));
    expect(again).toEqual([]);
  });

  it('go on where a power cut left them', async () => {
    const before = fill(30_000);
    const killed = startScript(script, [dir]);
    await replaying(killed);
    killed.kill('SIGKILL');
    await finished(killed);
    expect(existsSync(nextFile(dir))).toBe(true);
    const half = connect(nextFile(dir));
    const reached = half.prepare<[], number>(`SELECT seq FROM head WHERE journal = 'office'`).pluck().get()!;
    half.close();
    expect(reached).toBeGreaterThan(0);
    let first: number | undefined;
    await upgradeRecords(dir, (done) => {
      if (done > 0) first ??= done;
    });
    expect(first).toBeGreaterThan(reached);
    expect(look()).toEqual(before);
  });

  it('begin anew when what was left is of other journals', async () => {
    fill(0);
    await upgradeRecords(dir, () => {});
    renameSync(officeFile(dir), nextFile(dir));
    const stranger = connect(nextFile(dir));
    stranger.exec('DROP TRIGGER journal_keeps; UPDATE journal SET hash = zeroblob(32)');
    stranger.close();
    // Files without records would not be taken for a new office.
    rmSync(join(dir, 'files'), { recursive: true });
    const before = fill(0);
    await upgradeRecords(dir, () => {});
    expect(look()).toEqual(before);
  });

  it('are whole wherever the exchange of the files was cut off', async () => {
    const before = fill(0);
    await upgradeRecords(dir, () => {});
    renameSync(officeFile(dir), join(dir, 'office-made.sqlite'));
    expect(look()).toEqual(before);
  });

  it('are not touched when an entry is of a type that is not known', async () => {
    fill(0);
    const office = connect(officeFile(dir));
    office.exec(`DROP TRIGGER bodies_keep;
      UPDATE bodies SET body = replace(body, 'person.sat-down', 'person.beamed-down')`);
    office.close();
    await expect(upgradeRecords(dir, () => {})).rejects.toMatchObject({ code: 'store.from-the-future' });
    const untouched = connect(officeFile(dir));
    expect(untouched.prepare('SELECT tables FROM form').pluck().get()).toBe('of another version');
    untouched.close();
  });
});
