import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host, News, Order } from './office-process.ts';

/** A sample school with its department and its axis, fresh for one test. */
export interface Office {
  /** Opens one window of a browser, once; null where Electron opens the office in `dataDir`. */
  readonly startUrl: string | null;
  readonly dataDir: string;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

async function news(child: ChildProcess): Promise<News> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the office ended with code ${code}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [News];
  ended.catch(() => undefined);
  return message;
}

/** @param env what the office's process is to find in its environment: where a token is, say */
export async function startOffice(host: Host, env: NodeJS.ProcessEnv): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'office-'));
  const child = fork(join(import.meta.dirname, 'office-process.ts'), [dataDir, host], {
    execPath: join(import.meta.dirname, '../../node_modules/.bin/node'),
    execArgv: [],
    env: { ...process.env, ...env },
  });
  const first = await news(child);
  if (!('startUrl' in first)) throw new Error('the office did not say where it is');

  async function tell(order: Order): Promise<void> {
    child.send(order);
    await news(child);
  }
  return {
    startUrl: first.startUrl,
    dataDir,
    goOffline: () => tell('go-offline'),
    goOnline: () => tell('go-online'),
    async close() {
      const ended = once(child, 'exit');
      await tell('close');
      await ended;
      await rm(dataDir, { recursive: true });
    },
  };
}
