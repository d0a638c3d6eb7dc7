import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, startScript } from '../../../tests/store/child.ts';
import { clerk, recordSamples } from '../../../tests/store/sample-events.ts';
import { openDatabase } from './database.ts';
import { openFiles } from './files.ts';
import { openStore } from './index.ts';
import { migrations } from './migrations/index.ts';
import { rowsAfter } from './journal.ts';
import { connectionOf } from './sql.ts';

const holder = fileURLToPath(new URL('../../../tests/store/hold.ts', import.meta.url));

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'store-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const refusal = (code: string) => expect.objectContaining({ code });
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

  it('refuses data of a newer program and leaves it alone', () => {
    openStore(dir).close();
    const file = new Database(join(dir, 'office.sqlite'));
    file.pragma(`user_version = ${migrations.length + 1}`);
    file.close();
    expect(() => openStore(dir)).toThrow(
      expect.objectContaining({
        code: 'store.from-the-future',
        params: { found: migrations.length + 1, known: migrations.length },
      }),
    );
  });

  it('upgrades older data in one step, after copying it, and makes the tables again', () => {
    const store = openStore(dir);
    recordSamples(store);
    const entries = rowsAfter(store.tables, 0, 1000);
    store.close();
    const files = openFiles(dir);
    const broken = [...migrations, 'CREATE TABLE made_by_step_two (x) STRICT'];
    expect(() => openDatabase(dir, files, broken)).toThrow(/datatype/);
    const steps = [...migrations, 'CREATE TABLE made_by_step_two (x TEXT) STRICT'];
    const upgraded = openDatabase(dir, files, steps);
    expect(upgraded.pragma('user_version', { simple: true })).toBe(steps.length);
    expect(rowsAfter(upgraded, 0, 1000)).toEqual(entries);
    expect(upgraded.prepare('SELECT count(*) AS n FROM incoming').get()).toEqual({ n: 3 });
    upgraded.close();
    const copy = new Database(join(dir, `before-v${steps.length}.sqlite`), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(copy.prepare('SELECT count(*) AS n FROM journal').get()).toEqual({ n: entries.length });
    copy.close();
  });

  it('makes tables again that another version of the program made', () => {
    const store = openStore(dir);
    recordSamples(store);
    store.close();
    const file = new Database(join(dir, 'office.sqlite'));
    const version: unknown = file.pragma('user_version', { simple: true });
    file.exec('DROP TABLE attachment_files');
    file.pragma('application_id = 7');
    file.close();
    const upgraded = openStore(dir);
    expect(
      connectionOf(upgraded.tables).prepare('SELECT count(*) > 0 AS some FROM attachment_files').get(),
    ).toEqual({
      some: 1,
    });
    expect(connectionOf(upgraded.tables).pragma('user_version', { simple: true })).toBe(version);
    upgraded.close();
    const untouched = openStore(dir);
    expect(connectionOf(untouched.tables).prepare('SELECT count(*) AS n FROM incoming').get()).toEqual({
      n: 3,
    });
    untouched.close();
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
        again.record(clerk, () => sat);
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
    const before = rowsAfter(store.tables, 0, 1000).length;
    connectionOf(store.tables).pragma('max_page_count = 1000000');
    store.record(clerk, () => sat);
    expect(rowsAfter(store.tables, 0, 1000)).toHaveLength(before + 1);
    store.close();
  });

  it('waits for no one for long', () => {
    const store = openStore(dir);
    connectionOf(store.tables).pragma('busy_timeout = 50');
    const other = new Database(join(dir, 'office.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.record(clerk, () => sat)).toThrow(refusal('store.busy'));
    other.exec('ROLLBACK');
    other.close();
    store.record(clerk, () => sat);
    store.close();
  });
});
