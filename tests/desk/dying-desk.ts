/**
 * The real desk in a process of its own, which makes calls and dies like a power cut at one point of them. Arguments:
 * data folder, who sits there, calls as JSON, point, milliseconds by which the clock is ahead. A point is one of
 * - `pdf N`, `xml N`: before a thread gives the N-th new file of that kind its name in the store (`dying-files.ts`);
 * - `TYPE inside`, `TYPE after`: the journal entry of that type, just before and just after it is committed;
 * - `METHOD before`, `METHOD after`: a call of the axis, not yet made, answered.
 * When the point is never reached it says `done`.
 */
import http from 'node:http';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Argument, CallName } from '../../src/shared/ipc/index.ts';

const [dataDir, seat, calls, point, ahead] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const reached = (name: string) => {
  if (name === point) process.kill(process.pid, 'SIGKILL');
};

const { now } = Date;
Date.now = () => now() + Number(ahead);

const { request } = http;
http.request = ((url: URL, options: http.RequestOptions) => {
  const method = url.pathname.split('/').at(-1);
  reached(`${method} before`);
  return request(url, options).prependOnceListener('response', () => reached(`${method} after`));
}) as typeof http.request;

type Work = () => unknown;
/** An act's transaction gives its entries back: the act's own, and those that follow it. */
const reachedWith = (entries: unknown, when: 'inside' | 'after') => {
  if (Array.isArray(entries))
    for (const { type } of entries as { readonly type?: string }[]) reached(`${type} ${when}`);
};
const begin = Reflect.get(Database.prototype, 'transaction') as (work: Work) => { immediate: Work };
Reflect.set(Database.prototype, 'transaction', function (this: Database.Database, work: Work) {
  const made = begin.call(this, () => {
    const entries = work();
    reachedWith(entries, 'inside');
    return entries;
  });
  const immediate: Work = () => {
    const entries = made.immediate();
    reachedWith(entries, 'after');
    return entries;
  };
  return { immediate };
});

const { openDesk } = await import('../../src/main/desk.ts');
const { fileVault, permissionsOnly } = await import('../../src/main/host/vault.ts');
const { forkHost } = await import('../../src/main/token/launch.ts');
const { sitDown } = await import('../demo/person.ts');

// Who is killed has no time for it later.
flushCompileCache();

const desk = await openDesk({
  dataDir: join(dataDir, 'office'),
  vault: fileVault(join(dataDir, 'vault.json'), permissionsOnly),
  launchTokenHost: forkHost(),
  log: { info: () => {}, error: () => {} },
});
const person = await sitDown(desk, seat);
for (const [name, argument] of JSON.parse(calls) as [CallName, Argument<CallName>][])
  await person.call(name, argument);
process.stdout.write('done\n');
await desk.close();
