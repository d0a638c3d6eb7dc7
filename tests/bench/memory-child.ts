/**
 * The desk in a process of its own, `memory-child.ts DATA_DIR`, with nothing beside it: asked over the channel, it tells
 * what it and each of its threads hold.
 */
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { openDesk } from '../../src/main/desk.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { forkHost } from '../../src/main/token/launch.ts';

/** Bytes that a thread's JavaScript holds: what is used of its heap and what V8 keeps for it, and what lies outside. */
export interface Held {
  readonly name: string;
  readonly used: number;
  readonly heap: number;
  readonly outside: number;
}

export interface MemoryReport {
  /** Bytes of the process that lie in memory. */
  readonly resident: number;
  readonly threads: readonly Held[];
}

const workers = new Set<Worker>();
process.on('worker', (worker) => {
  workers.add(worker);
  worker.once('exit', () => workers.delete(worker));
});

const [dataDir = ''] = process.argv.slice(2);
const desk = await openDesk({
  dataDir,
  vault: fileVault(join(dataDir, '../vault.json'), permissionsOnly),
  launchTokenHost: forkHost(),
  log: {
    info: () => undefined,
    error: (message, cause) => process.stderr.write(`${message} ${String(cause)}\n`),
  },
});

async function report(): Promise<MemoryReport> {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const ofWorkers = [...workers].map(async (worker): Promise<Held> => {
    const held = await worker.getHeapStatistics();
    return {
      name: worker.threadName ?? '',
      used: held.used_heap_size,
      heap: held.total_heap_size,
      outside: held.external_memory,
    };
  });
  const main = { name: 'desk', used: heapUsed, heap: heapTotal, outside: external };
  return { resident: rss, threads: [main, ...(await Promise.all(ofWorkers))] };
}

process.on('message', (message) => {
  if (message === 'report') void report().then((told) => process.send!(told));
  else void desk.close().then(() => process.disconnect());
});
process.send!('open');
