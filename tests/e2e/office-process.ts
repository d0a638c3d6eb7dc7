/**
 * The sample office in a process of its own, as `npm run demo` runs it: started and told what to do by `office.ts`, over
 * a socket, as the process may be one of Windows.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startBrowserHost } from '../../src/main/browser/server.ts';
import type { HostLog } from '../../src/main/host/desk-port.ts';
import { alreadyOpen } from '../../src/main/host/opening.ts';
import { startDemo } from '../demo/office.ts';

/** Who opens the school's desk: this process, for a browser, or Electron. */
export type Host = 'browser' | 'electron';
/** What the tests may ask for; each is answered when it is done. */
export type Order = 'go-offline' | 'go-online' | 'close';
export type News = { readonly startUrl: string | null } | { readonly done: Order };

const [dataDir = '', hostedBy, port] = process.argv.slice(2);
const tests = connect(Number(port), '127.0.0.1');
await once(tests, 'connect');
const tell = (news: News) => void tests.write(`${JSON.stringify(news)}\n`);

const demo = await startDemo({ dataDir, undecided: process.env['OFFICE_UNDECIDED'] !== undefined });
const host = hostedBy === ('electron' satisfies Host) ? null : await serveBrowser();
// Electron opens the office itself, and only one program at a time can.
if (host === null) await demo.desk.close();
demo.startAnswering();

function serveBrowser() {
  const log: HostLog = {
    info: () => undefined,
    error: (message, cause) => console.error(message, cause),
  };
  const pages = join(import.meta.dirname, '../../out/renderer');
  return startBrowserHost({ opening: alreadyOpen(demo.desk, log), pages, log });
}

const orders: Readonly<Record<Order, () => Promise<void>>> = {
  'go-offline': () => demo.goOffline(),
  'go-online': () => demo.goOnline(),
  async close() {
    await host?.close();
    await demo.close();
  },
};

async function obey(order: Order): Promise<void> {
  await orders[order]();
  tell({ done: order });
  if (order === 'close') tests.end();
}
createInterface(tests).on('line', (order) => void obey(order as Order));
tell({ startUrl: host?.startUrl() ?? null });
