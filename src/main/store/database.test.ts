import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, startScript } from '../../../tests/store/child.ts';
import { recordSamples } from '../../../tests/store/sample-events.ts';
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

  it('refuses a vocabulary it does not know, in words, before anything is touched', async () => {
    openStore(dir).close();
    const file = new Database(join(dir, 'office.sqlite'));
    file.exec(`UPDATE form SET vocabulary = ${vocabulary + 1}, tables = 'others'`);
    file.close();
    const found = { code: 'store.from-the-future', params: { found: vocabulary + 1, known: vocabulary } };
    await expect(upgradeRecords(dir, () => {})).rejects.toMatchObject(found);
    expect(() => openStore(dir)).toThrow(expect.objectContaining(found));
    expect(readdirSync(dir)).not.toContain('office-next.sqlite');
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
