import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, clerk, ids, recordSamples, sampleEvents } from '../../../tests/store/sample-events.ts';
import { canonicalJson } from './canonical.ts';
import { events, program, type EventOf, type EventType, type OfficeEvent } from './events/index.ts';
import { openStore, type Store } from './index.ts';
import { append, rowsAfter, type JournalRow } from './journal.ts';
import { isProjected } from './projections/index.ts';
import { baseOf } from './queries/journal.ts';
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

const rows = () => rowsAfter(store.tables, 'office', 0, 1000);
const check = () => store.verifyJournals(() => {});
const sat: OfficeEvent = { type: 'person.sat-down', subject: 'vt', data: {} };
const added: OfficeEvent = { type: 'module.added', subject: '/a.so', data: { path: '/a.so', sha256: 'aa' } };

const clerkHired: EventOf<'person.saved'> = {
  type: 'person.saved',
  subject: 'vt',
  data: { id: 'vt', name: 'Trần Văn Thư', role: 'clerk', title: '', unit: '', active: true },
};

/** Changes the journal as somebody with the file and an SQL shell could. */
function tamper(sql: string) {
  const triggers = connectionOf(store.tables)
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all() as {
    name: string;
  }[];
  connectionOf(store.tables).pragma('foreign_keys = OFF');
  for (const { name } of triggers) connectionOf(store.tables).exec(`DROP TRIGGER ${name}`);
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
  it('chains each entry to the one before it, over the salted hash of its body', async () => {
    store.record(program, () => sat);
    store.record(program, () => sat);
    const [first, second] = rows() as [JournalRow, JournalRow];
    expect(first.body).toBe(
      `{"actor":"program","at":${at},"base":[],"data":{},"role":"system","subject":"vt","type":"person.sat-down","v":1}`,
    );
    const sha256 = (...parts: (string | Uint8Array)[]) => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest();
    };
    expect(first.salt).toHaveLength(16);
    expect(first.salt).not.toEqual(second.salt);
    expect(first.content).toEqual(sha256('ban-van-thu office content\n', first.salt!, first.body!));
    const tag = 'ban-van-thu office entry\n';
    const place = (seq: number) => Buffer.from([0, 0, 0, 0, 0, 0, 0, seq]);
    expect(first.hash).toEqual(sha256(tag, Buffer.alloc(32), place(1), first.content));
    expect(second.hash).toEqual(sha256(tag, first.hash, place(2), second.content));
    expect(await check()).toEqual({ entries: 2, brokenAt: null, purged: [] });
  });

  it('verifies without the bodies that an entry has purged, says which, and is broken without another', async () => {
    recordSamples(store);
    const purged = rows().flatMap(({ seq, body }) => (body === null ? [{ seq, by: program.actor, at }] : []));
    expect(purged).toHaveLength(2);
    expect(await check()).toMatchObject({ brokenAt: null, purged });
    connectionOf(store.tables).exec('DELETE FROM bodies WHERE seq = 7');
    expect(await check()).toMatchObject({ brokenAt: 7 });
    expect(rows()[6]).toMatchObject({ seq: 7, salt: null, body: null });
  });

  it('keeps what concerns this PC in a journal of its own', async () => {
    store.record(program, () => sat);
    store.record(program, () => added);
    expect(rows()).toHaveLength(1);
    const [local] = rowsAfter(store.tables, 'local', 0, 10) as [JournalRow];
    expect(local).toMatchObject({ seq: 1 });
    expect(local.body).toContain('"type":"module.added"');
    expect(await check()).toMatchObject({ entries: 2, brokenAt: null });
  });

  it('is a chain of its own: no entry of one journal can stand in the other', async () => {
    store.record(program, () => added);
    tamper(
      `INSERT INTO journal SELECT * FROM local_journal;
       INSERT INTO bodies (seq, salt, body) SELECT seq, salt, body FROM local_bodies`,
    );
    expect(await check()).toMatchObject({ brokenAt: 1 });
  });

  it('writes what the program adds to an act as entries that follow it, by the program, at the same time', () => {
    const message = sampleEvents(store).find(({ type }) => type === 'status.queued')!;
    store.record(program, () => clerkHired);
    const entry = store.record(clerk, () => ({ ...sat, followers: [message] }));
    expect(entry.type).toBe('person.sat-down');
    const [, act, follower] = rows().map(({ body }) => JSON.parse(body!) as Record<string, unknown>);
    expect(act).toMatchObject({ actor: 'vt', role: 'clerk', type: 'person.sat-down' });
    expect(follower).toMatchObject({
      actor: 'program',
      role: 'system',
      at: act!['at'],
      type: 'status.queued',
    });
  });

  it('says what each strict act was decided on, and refuses one that was decided on something older', () => {
    const save = (name: string): OfficeEvent => {
      const event = structuredClone(clerkHired);
      return { ...event, data: { ...event.data, name } };
    };
    const before = baseOf(store.tables, 'vt');
    expect(before).toEqual([{ subject: 'vt', hash: null }]);
    store.record(program, () => ({ ...save('Một'), base: before }));
    expect(() => store.record(program, () => ({ ...save('Hai'), base: before }))).toThrow(
      expect.objectContaining({ code: 'documents.wrong-state' }),
    );
    // A free entry about the same subject is in nobody's way.
    const now = baseOf(store.tables, 'vt');
    store.record(program, () => sat);
    store.record(program, () => ({ ...save('Hai'), base: now }));
    const last = JSON.parse(rows().at(-1)!.body!) as { base: unknown };
    expect(last.base).toEqual([{ subject: 'vt', hash: rows()[0]!.hash.toString('hex') }]);
  });

  it('records nothing when the act fails half way, or decides that nothing happened', () => {
    const taken = sampleEvents(store).find(({ type }) => type === 'incoming.received')!;
    store.record(program, () => taken);
    const again: OfficeEvent = { ...taken, subject: ids.found };
    expect(() => store.record(program, () => again)).toThrow(/UNIQUE/);
    expect(store.record(program, () => null)).toBeNull();
    expect(rows()).toHaveLength(1);
  });

  it('writes no event whose data is not of its type', () => {
    const wrong = {
      type: 'incoming.registered',
      subject: ids.incoming,
      data: { arrivalNumber: 0, arrivalDate: '2026-11-20', confirmedDuplicateOf: null },
    } as unknown as OfficeEvent;
    expect(() => append(store.tables, { ...program, at }, wrong, [])).toThrow(/arrivalNumber/);
    expect(rows()).toEqual([]);
  });

  it('tells of an entry only once it is safely recorded', () => {
    store.close();
    const heard: string[] = [];
    store = openStore(dir, { onRecorded: ({ type }) => heard.push(type) });
    store.record(program, () => sat);
    expect(() =>
      store.record(program, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toEqual(['person.sat-down']);
  });

  it('lets nobody change or remove a row', () => {
    store.record(program, () => sat);
    for (const sql of [
      'UPDATE journal SET content = hash',
      'DELETE FROM journal',
      'INSERT OR REPLACE INTO journal SELECT * FROM journal',
      'INSERT INTO journal SELECT seq + 5, content, hash FROM journal',
    ])
      expect(() => connectionOf(store.tables).exec(sql), sql).toThrow(/append-only/);
    for (const sql of [
      `UPDATE bodies SET body = '{}'`,
      'INSERT OR REPLACE INTO bodies (seq, salt, body) SELECT seq, salt, body FROM bodies',
    ])
      expect(() => connectionOf(store.tables).exec(sql), sql).toThrow(/never written anew/);
  });

  it.each([
    ['a changed actor', `UPDATE bodies SET body = replace(body, '"program"', '"ht"') WHERE seq = 5`, 5],
    ['changed data', `UPDATE bodies SET body = replace(body, '"data":{', '"data":{"x":1,') WHERE seq = 4`, 4],
    ['another salt', 'UPDATE bodies SET salt = zeroblob(16) WHERE seq = 4', 4],
    ['a removed row', 'DELETE FROM journal WHERE seq = 7', 7],
    [
      'two rows swapped',
      'UPDATE journal SET seq = 900 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 900',
      3,
    ],
    ['rows cut off at the end', 'DELETE FROM journal WHERE seq > 20', 21],
    [
      'an entry of this PC changed',
      `UPDATE local_bodies SET body = replace(body, 'a.so', 'b.so') WHERE seq = 2`,
      2,
    ],
  ])('finds %s', async (_, sql, brokenAt) => {
    recordSamples(store);
    expect((await check()).brokenAt).toBeNull();
    tamper(sql);
    expect((await check()).brokenAt).toBe(brokenAt);
  });
});

describe('a journal that has lost its end', () => {
  it('takes nothing more: the next entry would cover the loss', async () => {
    recordSamples(store);
    tamper('DELETE FROM bodies WHERE seq > 20; DELETE FROM journal WHERE seq > 20');
    expect(() => store.record(program, () => sat)).toThrow(
      expect.objectContaining({ code: 'store.journal-broken', params: { seq: 21 } }),
    );
    expect(rows()).toHaveLength(20);
    expect((await check()).brokenAt).toBe(21);
  });
});

describe('sample events', () => {
  it('cover every type, and every type changes a table or is kept for the history only', () => {
    const types = Object.keys(events) as EventType[];
    expect(new Set(sampleEvents(store).map(({ type }) => type))).toEqual(new Set(types));
    expect(types.filter((type) => !isProjected(type))).toEqual([
      'person.sat-down',
      'access.denied',
      'integrity.checked',
    ]);
  });
});
