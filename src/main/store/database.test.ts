import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, startScript } from '../../../tests/store/child.ts';
import { recordSamples } from '../../../tests/store/sample-events.ts';
import { errorSentence, type DeskError } from '../../shared/errors/index.ts';
import { program, vocabulary } from './events/index.ts';
import { openStore, upgradeRecords } from './index.ts';
import { migrations } from './migrations/index.ts';
import { rowsAfter } from './journal.ts';
import { connectionOf } from './sql.ts';

const holder = fileURLToPath(new URL('../../../tests/store/hold.ts', import.meta.url));

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'store-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const refusal = (code: string) => expect.objectContaining({ code });
/** Name and hash of everything in the folder, whatever it is: records, logs, locks, files. */
function everyFile(): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(dir, name);
      return [
        name,
        statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '',
      ];
    }),
  );
}
const sat = { type: 'person.sat-down', subject: 'vt', data: {} } as const;

describe('data folder', () => {
  it('survives power cuts by its settings', () => {
    const store = openStore(join(dir, 'new', 'folder'));
    expect(connectionOf(store.tables).pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connectionOf(store.tables).pragma('synchronous', { simple: true })).toBe(2);
    expect(connectionOf(store.tables).pragma('foreign_keys', { simple: true })).toBe(1);
    store.close();
  });

  it('lets one instance in, in this process or another, and is free again when that one is killed', async () => {
    const first = startScript(holder, [dir]);
    await once(first.stdout!, 'data');
    expect(() => openStore(dir)).toThrow(refusal('store.already-open'));
    first.kill('SIGKILL');
    await finished(first);
    const store = openStore(dir);
    expect(() => openStore(dir)).toThrow(refusal('store.already-open'));
    store.close();
    openStore(dir).close();
  });

  it('is for its owner only, with all that lies beside it', () => {
    const office = join(dir, 'office');
    const store = openStore(office);
    recordSamples(store);
    const rights = ['', 'office.sqlite', 'office.sqlite-wal', 'office.sqlite-shm'].map(
      (path) => statSync(join(office, path)).mode & 0o777,
    );
    store.close();
    // On Windows rights are those of the folder, which the setup program sets.
    if (process.platform === 'win32') expect(rights).toHaveLength(4);
    else expect(rights).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  it('refuses data of a newer program and leaves it alone', () => {
    openStore(dir).close();
    const file = new Database(join(dir, 'office.sqlite'));
    file.pragma(`user_version = ${migrations.length + 1}`);
    file.close();
    expect(() => openStore(dir)).toThrow(
      expect.objectContaining({
        code: 'store.from-the-future',
        params: { found: `v${migrations.length + 1}`, known: vocabulary },
      }),
    );
  });

  it('refuses what an old trial version wrote, by name, and leaves it alone', () => {
    const file = new Database(join(dir, 'office.sqlite'));
    file.exec('CREATE TABLE journal (seq INTEGER PRIMARY KEY, data TEXT)');
    file.pragma('user_version = 1');
    file.close();
    const bytes = readFileSync(join(dir, 'office.sqlite'));
    expect(() => openStore(dir)).toThrow(
      expect.objectContaining({ code: 'store.from-the-past', params: { found: 1 } }),
    );
    expect(readFileSync(join(dir, 'office.sqlite')).subarray(100)).toEqual(bytes.subarray(100));
  });

  describe('of a newer program is refused in words, and nothing is touched:', () => {
    const unclean = (work: (file: Database.Database) => void) => () => {
      const file = new Database(join(dir, 'office.sqlite'));
      work(file);
      // As a power cut leaves them: the log not yet written back, its index stale.
      const sides = ['', '-wal', '-shm'].map((side) => join(dir, `office.sqlite${side}`));
      const bytes = sides.map((side) => readFileSync(side));
      file.close();
      sides.forEach((side, n) => writeFileSync(side, bytes[n]!));
    };
    const clean = (sql: string) => () => {
      const file = new Database(join(dir, 'office.sqlite'));
      file.exec(sql);
      file.close();
    };
    const body = (from: string, to: string) =>
      `DROP TRIGGER bodies_keep; UPDATE form SET tables = 'others';
       UPDATE bodies SET body = replace(body, '${from}', '${to}') WHERE body LIKE '%incoming.registered%'`;
    const vocabularyRises = `UPDATE form SET vocabulary = ${vocabulary + 1}, tables = 'others'`;
    it.each<[string, () => void]>([
      ['another vocabulary', clean(vocabularyRises)],
      ['another form of the journal', clean(`PRAGMA user_version = ${migrations.length + 1}`)],
      ['another vocabulary, after a power cut', unclean((file) => void file.exec(vocabularyRises))],
      ['an unknown type', clean(body('"incoming.registered"', '"incoming.beamed"'))],
      ['an unknown field', clean(body('"arrivalNumber":1', '"arrivalNumber":1,"shelf":3'))],
      ['a later version of a type', clean(body('"v":1', '"v":9'))],
    ])('%s', async (_, change) => {
      const store = openStore(dir);
      recordSamples(store);
      store.close();
      writeFileSync(join(dir, 'files', 'incomplete', 'half'), 'half written');
      change();
      const before = everyFile();
      const opening = upgradeRecords(dir, () => {}).then(() => openStore(dir));
      const refused = await opening.catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'store.from-the-future' });
      const { code, params } = refused as DeskError;
      expect(errorSentence(code, params, 'vi')).not.toMatch(/[{}…]/);
      expect(everyFile()).toEqual(before);
    });
  });

  it.each<[string, () => void]>([
    ['missing', () => rmSync(join(dir, 'office.sqlite'))],
    ['empty', () => writeFileSync(join(dir, 'office.sqlite'), '')],
    [
      'a database of nothing',
      () => {
        rmSync(join(dir, 'office.sqlite'));
        new Database(join(dir, 'office.sqlite')).exec('PRAGMA user_version = 0; VACUUM').close();
      },
    ],
  ])('is no new office beside stored files: records %s', async (_, lose) => {
    const store = openStore(dir);
    recordSamples(store);
    store.files.put(Buffer.from('a letter'));
    store.close();
    lose();
    const before = everyFile();
    await expect(upgradeRecords(dir, () => {})).rejects.toEqual(refusal('store.records-missing'));
    expect(() => openStore(dir)).toThrow(refusal('store.records-missing'));
    expect(everyFile()).toEqual(before);
  });

  it('says when the folder cannot be used', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => openStore(join(dir, 'file'))).toThrow(refusal('store.unwritable'));
    expect(() => openStore(join(dir, 'file', 'below'))).toThrow(refusal('store.unwritable'));
  });

  it('says when the file is not a database, and when pages of it are damaged', () => {
    writeFileSync(join(dir, 'office.sqlite'), Buffer.alloc(8192, 'not a database '));
    expect(() => openStore(dir)).toThrow(refusal('store.corrupt'));
    rmSync(join(dir, 'office.sqlite'));
    const store = openStore(dir);
    recordSamples(store);
    store.close();
    const path = join(dir, 'office.sqlite');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 4096, 200_000));
    let damaged: unknown;
    try {
      const again = openStore(dir);
      try {
        again.record(program, () => sat);
      } finally {
        again.close();
      }
    } catch (error) {
      damaged = error;
    }
    expect(damaged).toEqual(refusal('store.corrupt'));
  });

  it('records nothing on a full disk and goes on when there is room', () => {
    const store = openStore(dir);
    const pages = connectionOf(store.tables).pragma('page_count', { simple: true }) as number;
    connectionOf(store.tables).pragma(`max_page_count = ${pages}`);
    expect(() => recordSamples(store)).toThrow(refusal('store.disk-full'));
    const before = rowsAfter(store.tables, 'office', 0, 1000).length;
    connectionOf(store.tables).pragma('max_page_count = 1000000');
    store.record(program, () => sat);
    expect(rowsAfter(store.tables, 'office', 0, 1000)).toHaveLength(before + 1);
    store.close();
  });

  it('waits for no one for long', () => {
    const store = openStore(dir);
    connectionOf(store.tables).pragma('busy_timeout = 50');
    const other = new Database(join(dir, 'office.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.record(program, () => sat)).toThrow(refusal('store.busy'));
    other.exec('ROLLBACK');
    other.close();
    store.record(program, () => sat);
    store.close();
  });
});
