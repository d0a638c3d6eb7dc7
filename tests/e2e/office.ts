import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runWindowsNode, windowsPath } from '../windows/wine.ts';
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

/** The project with packages for Windows (`windowsClone`), where the office is to run on Windows' Node. */
export const windowsFolder = process.env['WINDOWS_CLONE'];

const script = 'tests/e2e/office-process.ts';
const root = join(import.meta.dirname, '../..');

/** Runs the process to its end; @throws when it ends in another way than it should */
async function runOffice(dataDir: string, host: Host, port: number, env: NodeJS.ProcessEnv): Promise<void> {
  if (windowsFolder !== undefined) {
    const args = [script, windowsPath(dataDir), host, String(port)];
    const { code, stderr } = await runWindowsNode(windowsFolder, args, { env });
    if (code !== 0) throw new Error(`the office ended with code ${code}: ${stderr}`);
    return;
  }
  const child = spawn(join(root, 'node_modules/.bin/node'), [script, dataDir, host, String(port)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the office ended with code ${code}`);
}

/** @param env what the office's process is to find in its environment: where a token is, say */
export async function startOffice(host: Host, env: NodeJS.ProcessEnv): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'office-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const running = runOffice(dataDir, host, port, env);
  const died = running.then(() => {
    throw new Error('the office ended before it was told to');
  });
  died.catch(() => undefined);
  const [socket] = (await Promise.race([once(server, 'connection'), died])) as [Socket];
  const lines = createInterface(socket)[Symbol.asyncIterator]();

  async function news(): Promise<News> {
    const line = await Promise.race([lines.next(), died]);
    return JSON.parse(String(line.value)) as News;
  }
  async function tell(order: Order): Promise<void> {
    socket.write(`${order}\n`);
    await news();
  }
  const first = await news();
  if (!('startUrl' in first)) throw new Error('the office did not say where it is');
  return {
    startUrl: first.startUrl,
    dataDir,
    goOffline: () => tell('go-offline'),
    goOnline: () => tell('go-online'),
    async close() {
      await tell('close');
      await running;
      server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
