import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openStore } from './store/index.ts';

vi.mock('electron', () => import('../../tests/packaging/electron.ts'));
// A program starts once: where another test file has started it in this process, it is loaded anew.
vi.resetModules();
const { app, seen } = await import('../../tests/packaging/electron.ts');

beforeAll(async () => {
  seen.given = await mkdtemp(join(tmpdir(), 'electron-entry-'));
  seen.account = join(seen.given, 'account');
  await import('./index.ts');
  await Promise.race([once(app, 'opened'), once(app, 'exited')]);
  expect(seen.trouble).toEqual([]);
});
afterAll(() => rm(seen.given, { recursive: true }));

it('opens one sandboxed window on our page, and nothing is granted to it', () => {
  expect(seen.called.slice(0, 2)).toEqual(['sandbox', 'scheme app']);
  expect(seen.called.filter((what) => what === 'deny')).toHaveLength(3);
  expect(seen.called.slice(-3)).toEqual(['menu', 'load app://desk/', 'show']);
  expect(seen.windows).toHaveLength(1);
  expect(seen.windows[0]?.options.webPreferences.preload).toMatch(/preload\.cjs$/);
});

it('answers its page out of the real desk', async () => {
  const event = { senderFrame: { parent: null, url: 'app://desk/' } };
  const answer = await seen.handlers.get('desk:call')?.(event, 'session.state', {});
  expect(answer).toMatchObject({ ok: true, value: { host: 'electron', currentPersonId: null, demo: null } });
  const request = { method: 'GET', url: `app://desk/files/${'0'.repeat(64)}`, headers: new Headers() };
  expect((await seen.protocols.get('app')?.(request))?.status).toBe(404);
});

it('comes to the front when it is started a second time', () => {
  app.emit('second-instance');
  expect(seen.called.slice(-2)).toEqual(['restore', 'focus']);
});

it('closes the office before it ends', async () => {
  const office = join(seen.given, 'office');
  expect(existsSync(seen.account)).toBe(false);
  expect(() => openStore(office)).toThrow(expect.objectContaining({ code: 'store.already-open' }));
  const prevented = vi.fn();
  const exited = once(app, 'exited');
  app.emit('will-quit', { preventDefault: prevented });
  await exited;
  expect(prevented).toHaveBeenCalledOnce();
  openStore(office).close();
  expect(seen.trouble).toEqual([]);
});
