import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, clerk, recordSamples, sampleEvents } from '../../../tests/store/sample-events.ts';
import { canonicalJson } from './canonical.ts';
import { eventSchemas, type OfficeEvent } from './events/index.ts';
import { openStore, type Store } from './index.ts';
import { rowsAfter, type JournalRow } from './journal.ts';
import { isProjected } from './projections/index.ts';
import { connectionOf } from './sql.ts';

let dir: string;
let store: Store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-'));
  store = openStore(dir, { clock: () => at });
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const rows = () => rowsAfter(store.tables, 0, 1000);
const check = () => store.verifyJournal(() => {});
const sat: OfficeEvent = { type: 'person.sat-down', subject: 'vt', data: {} };

/** Changes the journal as somebody with the file and an SQL shell could. */
function tamper(sql: string) {
  connectionOf(store.tables).exec('DROP TRIGGER journal_keeps; DROP TRIGGER journal_stays');
  connectionOf(store.tables).exec(sql);
}

describe('canonical JSON', () => {
  it('sorts keys and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: [1, null, 'đ'], a: { z: true, y: 0.5 } })).toBe(
      '{"a":{"y":0.5,"z":true},"b":[1,null,"đ"]}',
    );
    for (const value of [undefined, Number.NaN, { a: undefined }, () => 1])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('journal', () => {
  it('chains each entry to the one before it', async () => {
    store.record(clerk, () => sat);
    store.record(clerk, () => sat);
    const [first, second] = rows() as [JournalRow, JournalRow];
    const text = `{"actor":"vt","at":${at},"data":{},"role":"clerk","seq":1,"subject":"vt","type":"person.sat-down"}`;
    expect(first.hash).toBe(createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex'));
    expect(second.prev_hash).toBe(first.hash);
    expect(await check()).toEqual({ entries: 2, brokenAt: null });
  });

  it('records nothing when the act fails half way, or decides that nothing happened', () => {
    const taken = sampleEvents(store).find(({ type }) => type === 'incoming.received')!;
    store.record(clerk, () => taken);
    expect(() => store.record(clerk, () => taken)).toThrow(/UNIQUE/);
    expect(store.record(clerk, () => null)).toBeNull();
    expect(rows()).toHaveLength(1);
  });

  it('writes no event whose data is not of its type', () => {
    const wrong = {
      type: 'incoming.registered',
      subject: 'x',
      data: { arrivalNumber: 0 },
    } as unknown as OfficeEvent;
    expect(() => store.record(clerk, () => wrong)).toThrow(/arrivalNumber/);
    expect(rows()).toEqual([]);
  });

  it('tells of an entry only once it is safely recorded', () => {
    store.close();
    const heard: string[] = [];
    store = openStore(dir, { onRecorded: ({ type }) => heard.push(type) });
    store.record(clerk, () => sat);
    expect(() =>
      store.record(clerk, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toEqual(['person.sat-down']);
  });

  it('lets nobody change or remove a row', () => {
    store.record(clerk, () => sat);
    expect(() => connectionOf(store.tables).exec(`UPDATE journal SET actor = 'ht'`)).toThrow(/append-only/);
    expect(() => connectionOf(store.tables).exec('DELETE FROM journal')).toThrow(/append-only/);
  });

  it.each([
    ['a changed actor', `UPDATE journal SET actor = 'ht' WHERE seq = 5`, 5],
    ['changed data', `UPDATE journal SET data = '{"call":"x","capability":"y"}' WHERE seq = 4`, 4],
    ['a removed row', 'DELETE FROM journal WHERE seq = 7', 7],
    [
      'two rows swapped',
      'UPDATE journal SET seq = 900 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 900',
      3,
    ],
    ['rows cut off at the end', 'DELETE FROM journal WHERE seq > 20', 21],
  ])('finds %s', async (_, sql, brokenAt) => {
    recordSamples(store);
    expect((await check()).brokenAt).toBeNull();
    tamper(sql);
    expect((await check()).brokenAt).toBe(brokenAt);
  });
});

describe('sample events', () => {
  it('cover every type, and every type changes a table or is kept for the history only', () => {
    const types = Object.keys(eventSchemas) as (keyof typeof eventSchemas)[];
    expect(new Set(sampleEvents(store).map(({ type }) => type))).toEqual(new Set(types));
    expect(types.filter((type) => !isProjected(type))).toEqual([
      'person.sat-down',
      'access.denied',
      'integrity.checked',
    ]);
  });
});
