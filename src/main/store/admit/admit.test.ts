import crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, ids, sampleEvents } from '../../../../tests/store/sample-events.ts';
import { program, type Actor, type EventType, type OfficeEvent } from '../events/index.ts';
import { openStore, type Store } from '../index.ts';
import { connectionOf } from '../sql.ts';
import { admit } from './index.ts';

let dir: string;
let store: Store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'admit-'));
  store = openStore(dir, { clock: () => at });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  store.close();
  rmSync(dir, { recursive: true });
});

/** What a desk answers to an act that it hears of: the refusal's code, or null. */
function answer(actor: Actor, event: OfficeEvent): string | null {
  try {
    admit(store.tables, actor, event);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Runs `work` where there is no time, no chance and nothing can be written. */
function inAVacuum<T>(work: () => T): T {
  const forbidden = () => {
    throw new Error('not pure');
  };
  vi.stubGlobal('Date', new Proxy(Date, { construct: forbidden, get: forbidden, apply: forbidden }));
  vi.spyOn(Math, 'random').mockImplementation(forbidden);
  vi.spyOn(crypto, 'randomBytes').mockImplementation(forbidden);
  vi.spyOn(crypto, 'randomUUID').mockImplementation(forbidden);
  connectionOf(store.tables).pragma('query_only = ON');
  try {
    return work();
  } finally {
    connectionOf(store.tables).pragma('query_only = OFF');
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
}

const clerk: Actor = { actor: 'vt', role: 'clerk' };
const head: Actor = { actor: 'ht', role: 'principal' };
const teacher: Actor = { actor: 'gv', role: 'teacher' };

/** Records the samples up to the first of `type`, and gives that one. */
function upTo(type: EventType): OfficeEvent {
  for (const event of sampleEvents(store)) {
    if (event.type === type) return event;
    store.record(program, () => event);
  }
  throw new Error(`no ${type}`);
}

describe('admit', () => {
  it('answers every event the same, twice, from the tables alone', () => {
    for (const event of sampleEvents(store)) {
      const asked = [program, clerk, head, teacher];
      const answers = inAVacuum(() => asked.map((actor) => answer(actor, event)));
      expect(inAVacuum(() => asked.map((actor) => answer(actor, event)))).toEqual(answers);
      expect(answers[0], event.type).toBeNull();
      store.record(program, () => event);
    }
  });

  it.each<[EventType, Actor]>([
    ['incoming.registered', clerk],
    ['incoming.directed', head],
    ['incoming.started', teacher],
    ['outgoing.drafted', teacher],
    ['outgoing.submitted', teacher],
    ['outgoing.format-approved', clerk],
    ['outgoing.signed', head],
    ['outgoing.numbered', clerk],
    ['outgoing.sealed', clerk],
    ['outgoing.issued', clerk],
    ['outgoing.sending-allowed', head],
    ['office.saved', program],
    ['status.received', program],
  ])('lets %s pass from whoever may do it, and from no other', (type, rightful) => {
    const event = upTo(type);
    expect(answer(rightful, event)).toBeNull();
    for (const actor of [clerk, head, teacher].filter((one) => one !== rightful))
      if (type !== 'outgoing.submitted' || actor === teacher)
        expect(answer(actor, event), actor.actor).toMatch(/not-allowed|no-such-person/);
    expect(answer({ actor: 'nobody', role: 'clerk' }, event)).toMatch(/not-allowed|no-such-person/);
  });

  it('refuses whoever claims a role that is not theirs, or has left', () => {
    const event = upTo('incoming.registered');
    expect(answer({ ...teacher, role: 'clerk' }, event)).toBe('documents.not-allowed');
    const gone = {
      id: 'vt',
      name: 'Trần Văn Thư',
      role: 'clerk',
      title: '',
      unit: '',
      active: false,
    } as const;
    store.record(program, () => ({ type: 'person.saved', subject: 'vt', data: gone }));
    expect(answer(clerk, event)).toBe('documents.no-such-person');
  });

  it('asks for the next number, in the order of days', () => {
    const event = upTo('incoming.registered') as OfficeEvent & { type: 'incoming.registered' };
    const with_ = (changes: object): OfficeEvent => ({ ...event, data: { ...event.data, ...changes } });
    expect(answer(clerk, with_({ arrivalNumber: 2 }))).toBe('documents.wrong-state');
    store.record(program, () => event);
    const next = { ...with_({ arrivalNumber: 2, arrivalDate: '2026-11-19' }), subject: ids.found };
    expect(answer(clerk, event)).toBe('documents.wrong-state');
    expect(answer(clerk, next)).toBe('documents.wrong-state');
  });
});
