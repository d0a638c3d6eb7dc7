import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, property, shuffledSubarray } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, clerk, ids, recordSamples, sampleEvents } from '../../../tests/store/sample-events.ts';
import { events, program, subjectsOf } from './events/index.ts';
import { stateOfRecords } from './database.ts';
import { openStore, upgradeRecords, type Store } from './index.ts';
import { journalOf } from './journal.ts';
import { projectedTables, projections } from './projections/index.ts';
import { recordsWithFile } from './queries/documents.ts';
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

  it('makes a table again that somebody has dropped', async () => {
    recordSamples(store);
    const before = dump();
    connectionOf(store.tables).exec('DROP TABLE deliveries; DROP TABLE search');
    expect(await rebuild()).toMatchObject({ identical: false });
    expect(dump()).toEqual(before);
  });

  it('is what a start does by itself where a table is not there', async () => {
    recordSamples(store);
    const before = dump();
    connectionOf(store.tables).exec('DROP TABLE people');
    store.close();
    expect(stateOfRecords(dir)).toBe('stale');
    await upgradeRecords(dir, () => {});
    store = openStore(dir, { clock: () => at });
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
  it('gives the rows of a rebuild, in any order of subjects, of which some may come twice', async () => {
    recordSamples(store);
    await rebuild();
    const rebuilt = dump();
    const subjects = ['bodies', 'local_bodies'].flatMap((table) =>
      connectionOf(store.tables).prepare<[], string>(`SELECT DISTINCT subject FROM ${table}`).pluck().all(),
    );
    const all = shuffledSubarray(subjects, { minLength: subjects.length });
    assert(
      property(all, shuffledSubarray(subjects), (order, again) => {
        connectionOf(store.tables).transaction(() => {
          for (const [table] of ownedTables.toReversed())
            connectionOf(store.tables).exec(`DELETE FROM ${table}`);
          for (const subject of [...order, ...again]) reproject(store, subject);
        })();
        expect(dump()).toEqual(rebuilt);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves the rows of all other subjects alone', () => {
    recordSamples(store);
    const before = dump();
    reproject(store, ids.incoming);
    connectionOf(store.tables).exec(`UPDATE outgoing SET subject = 'x' WHERE id = '${ids.outgoing}'`);
    reproject(store, ids.incoming);
    const { outgoing, ...rest } = dump();
    expect(outgoing).not.toEqual(before['outgoing']);
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'outgoing')));
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
});

/** Every table with the column that says whose row it is; shared tables have none. */
const owners = projections.flatMap(({ tables }) => Object.entries(tables));
const ownedTables = owners.filter((pair): pair is [string, string] => pair[1] !== null);
/** Tables that subjects share, each with what its rows are known by. The index itself follows `search_documents`. */
const sharedKeys: Readonly<Record<string, readonly string[]>> = {
  head: ['journal'],
  stored_files: ['file'],
  purged_files: ['file'],
  counters: ['series'],
  inbox: ['line', 'axis_doc_id'],
  outbox: ['id'],
  statuses: ['status_key'],
  search_documents: ['id'],
};
/** What a row of one subject says of another. */
const linkEnds = ['reply_id', 'answered_id'];

interface Change {
  readonly table: string;
  readonly key: readonly string[];
}

/** Writes down each row that changes from now on, by what it is known by. */
function watchRows(): { readonly changes: () => Change[] } {
  const connection = connectionOf(store.tables);
  connection.exec('CREATE TEMP TABLE changed ("table" TEXT, key TEXT)');
  const watched = [
    ...ownedTables.map(([table, column]) => [table, [column]] as const),
    ...Object.entries(sharedKeys),
  ];
  for (const [table, columns] of watched)
    for (const [act, row] of [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['UPDATE', 'OLD'],
      ['DELETE', 'OLD'],
    ]) {
      const key = [...columns, ...(table === 'links' ? linkEnds : [])].map((column) => `${row}.${column}`);
      connection.exec(
        `CREATE TEMP TRIGGER ${table}_${act}_${row} AFTER ${act} ON main.${table}
         BEGIN INSERT INTO changed VALUES ('${table}', json_array(${key.join(', ')})); END`,
      );
    }
  return {
    changes() {
      const rows = connection
        .prepare<[], { table: string; key: string }>('SELECT DISTINCT "table", key FROM temp.changed')
        .all();
      connection.exec('DELETE FROM temp.changed');
      return rows.map(({ table, key }) => ({ table, key: JSON.parse(key) as string[] }));
    },
  };
}

/** Every word in an event, however deep: all that it can name. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

describe('what an event touches', () => {
  it('is declared: of every type, each row of a subject that changes is its own, and links name the others', () => {
    const { changes } = watchRows();
    const seen = new Set<string>();
    for (const event of sampleEvents(store)) {
      store.record(program, () => event);
      seen.add(event.type);
      const owned = changes().filter(({ table }) => !Object.hasOwn(sharedKeys, table));
      for (const { table, key } of owned) expect(key[0], `${event.type} ${table}`).toBe(event.subject);
      const linked = owned.filter(({ table }) => table === 'links').flatMap(({ key }) => key.slice(1));
      const others = subjectsOf(event).filter((subject) => subject !== event.subject);
      expect([...new Set(linked)].filter((subject) => subject !== event.subject).sort(), event.type).toEqual(
        others.sort(),
      );
    }
    expect([...seen].sort()).toEqual(Object.keys(events).sort());
  });

  it('in tables that subjects share are rows that it names itself', () => {
    expect(Object.keys(sharedKeys)).toEqual(
      expect.arrayContaining(
        owners.filter(([name, column]) => column === null && name !== 'search').map(([name]) => name),
      ),
    );
    const { changes } = watchRows();
    for (const event of sampleEvents(store)) {
      const named = new Set([...wordsIn(event), journalOf(event.type)]);
      if (event.type === 'incoming.registered') named.add('incoming');
      if (event.type === 'outgoing.numbered') named.add('outgoing');
      if (event.type === 'file.read')
        for (const { id } of recordsWithFile(store.tables, event.subject)) named.add(id);
      store.record(program, () => event);
      const shared = changes().filter(({ table }) => Object.hasOwn(sharedKeys, table));
      for (const { table, key } of shared)
        expect([...named], `${event.type} ${table}`).toEqual(expect.arrayContaining([...key]));
      expect(shared.map(({ table }) => table)).toContain('head');
    }
  });
});
