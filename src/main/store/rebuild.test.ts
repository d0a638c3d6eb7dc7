import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, property, shuffledSubarray } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, clerk, ids, recordSamples, sampleEvents } from '../../../tests/store/sample-events.ts';
import { program } from './events/index.ts';
import { openStore, type Store } from './index.ts';
import { projectedTables, projections } from './projections/index.ts';
import { reproject } from './rebuild.ts';
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
    const documents = before['search_documents']!.length;
    expect(seen.at(-1)).toEqual([entries + documents, entries + documents]);
    expect(dump()).toEqual(before);
  });

  it('says that a table was changed behind the journal, and repairs it', async () => {
    recordSamples(store);
    const before = dump();
    connectionOf(store.tables).exec(
      'UPDATE incoming SET arrival_number = 7; DELETE FROM search WHERE rowid > 0',
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
    expect(dump()['people']).toHaveLength(3);
    await work;
    expect(store.record(clerk, () => ({ type: 'person.sat-down', subject: 'vt', data: {} }))).not.toBeNull();
  });

  it.each([
    ['a type', `replace(body, '"incoming.registered"', '"incoming.beamed"')`],
    ['a field', `replace(body, '"arrivalNumber":1', '"arrivalNumber":1,"shelf":3')`],
    ['a version', `replace(body, '"v":1', '"v":9')`],
  ])('stops at %s that it does not know: a newer program wrote it', async (_, changed) => {
    recordSamples(store);
    connectionOf(store.tables).exec(
      `DROP TRIGGER bodies_keep; UPDATE bodies SET body = ${changed} WHERE body LIKE '%incoming.registered%'`,
    );
    await expect(rebuild()).rejects.toMatchObject({ code: 'store.from-the-future' });
    expect(dump()['incoming']).toHaveLength(4);
  });

  it('goes past what was purged', async () => {
    recordSamples(store);
    connectionOf(store.tables).prepare('DELETE FROM bodies WHERE subject = ?').run(ids.refused);
    expect(await rebuild()).toMatchObject({ identical: false });
    expect(dump()['incoming']).toHaveLength(3);
    expect(JSON.stringify(dump())).not.toContain('moi');
  });
});

describe('reproject', () => {
  it('makes the rows of one subject again as they were, in any order of subjects, and leaves the others alone', () => {
    recordSamples(store);
    const before = dump();
    const subjects = ['bodies', 'local_bodies'].flatMap((table) =>
      connectionOf(store.tables).prepare<[], string>(`SELECT DISTINCT subject FROM ${table}`).pluck().all(),
    );
    assert(
      property(shuffledSubarray(subjects), (some) => {
        connectionOf(store.tables).transaction(() => some.forEach((subject) => reproject(store, subject)))();
        expect(dump()).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  it('repairs a subject, and forgets one whose entries were purged, in the index too', () => {
    recordSamples(store);
    const before = dump();
    connectionOf(store.tables).exec(`UPDATE incoming SET arrival_number = 7; DELETE FROM assignments`);
    reproject(store, ids.incoming);
    reproject(store, ids.found);
    for (const id of [ids.secret, ids.refused]) reproject(store, id);
    expect(dump()).toEqual(before);
    connectionOf(store.tables).prepare('DELETE FROM bodies WHERE subject = ?').run(ids.refused);
    reproject(store, ids.refused);
    expect(dump()['incoming']).toHaveLength(3);
    expect(JSON.stringify(dump())).not.toContain('moi');
  });

  it('may count on every entry changing the rows of its own subject only', () => {
    const owned = projections.flatMap(({ tables }) =>
      Object.entries(tables).filter((pair): pair is [string, string] => pair[1] !== null),
    );
    connectionOf(store.tables).exec('CREATE TEMP TABLE changed (subject TEXT)');
    for (const [table, column] of owned)
      for (const [act, row] of [
        ['INSERT', 'NEW'],
        ['UPDATE', 'NEW'],
        ['UPDATE', 'OLD'],
        ['DELETE', 'OLD'],
      ])
        connectionOf(store.tables).exec(
          `CREATE TEMP TRIGGER ${table}_${act}_${row} AFTER ${act} ON main.${table}
           BEGIN INSERT INTO changed VALUES (${row}.${column}); END`,
        );
    for (const event of sampleEvents(store)) {
      connectionOf(store.tables).exec('DELETE FROM temp.changed');
      store.record(program, () => event);
      const changed = connectionOf(store.tables)
        .prepare<[], string>('SELECT DISTINCT subject FROM temp.changed')
        .pluck()
        .all();
      expect([event.subject], event.type).toEqual(expect.arrayContaining(changed));
    }
  });
});
