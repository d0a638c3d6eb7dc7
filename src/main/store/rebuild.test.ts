import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, clerk, recordSamples, sampleEvents } from '../../../tests/store/sample-events.ts';
import { openStore, type Store } from './index.ts';
import { projectedTables } from './projections/index.ts';
import { connectionOf } from './sql.ts';

let dir: string;
let store: Store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rebuild-'));
  store = openStore(dir, { clock: () => at });
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const never = new AbortController().signal;
const rebuild = () => store.rebuild(() => {}, never);

/** Every row of every table, the full-text index word by word. */
function dump() {
  connectionOf(store.tables).exec(
    'CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab (main, search, instance)',
  );
  const names = [...projectedTables.filter((name) => name !== 'search'), 'temp.words'];
  return Object.fromEntries(
    names.map((name) => {
      const found = connectionOf(store.tables).prepare(`SELECT * FROM ${name}`).all() as object[];
      return [name, found.map((row) => JSON.stringify(row)).sort()];
    }),
  );
}

describe('rebuild', () => {
  it('makes every table again exactly as it was, for every type of event', async () => {
    recordSamples(store);
    const before = dump();
    const untouched = ['openings', 'identities', 'temp.words', 'deliveries', 'statuses', 'verifications'];
    for (const name of untouched) expect(before[name]?.length, name).toBeGreaterThan(0);
    const seen: [number, number][] = [];
    const rebuilt = await store.rebuild((done, total) => seen.push([done, total]), never);
    const entries = sampleEvents(store).length;
    expect(rebuilt).toEqual({ entries, identical: true });
    expect(seen.at(-1)).toEqual([entries, entries]);
    expect(dump()).toEqual(before);
  });

  it('says that a table was changed behind the journal, and repairs it', async () => {
    recordSamples(store);
    const before = dump();
    connectionOf(store.tables).exec(
      `UPDATE incoming SET arrival_number = 7; DELETE FROM search WHERE rowid = 16`,
    );
    expect((await rebuild()).identical).toBe(false);
    expect(dump()).toEqual(before);
    expect((await rebuild()).identical).toBe(true);
  });

  it('changes nothing when it is stopped', async () => {
    recordSamples(store);
    const before = dump();
    const stop = new AbortController();
    stop.abort();
    await expect(store.rebuild(() => {}, stop.signal)).rejects.toMatchObject({ code: 'host.cancelled' });
    expect(dump()).toEqual(before);
  });

  it('lets the tables be read while it works, but nothing recorded', async () => {
    recordSamples(store);
    const work = rebuild();
    expect(() => store.record(clerk, () => null)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    expect(dump()['people']).toHaveLength(1);
    await work;
    expect(store.record(clerk, () => ({ type: 'person.sat-down', subject: 'vt', data: {} }))).not.toBeNull();
  });

  it('stops at an entry whose data is not of its type', async () => {
    recordSamples(store);
    connectionOf(store.tables).exec(
      `DROP TRIGGER journal_keeps; UPDATE journal SET data = '{}' WHERE type = 'incoming.registered'`,
    );
    await expect(rebuild()).rejects.toThrow(/arrivalNumber/);
    expect(dump()['incoming']).toHaveLength(3);
  });
});
