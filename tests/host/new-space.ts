/** A process of its own, since what bounds heaps cannot be undone: tells how large a thread's space for new objects grows. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { boundHeaps } from '../../src/main/host/heaps.ts';

/** Keeps some of what it makes, as a heap that grows does; bytes. */
const maker = `
  const { getHeapSpaceStatistics } = require('node:v8');
  let kept = [];
  for (let n = 0; n < 1_000_000; n++) {
    kept.push({ n, text: String(n) });
    if (kept.length > 300_000) kept = [];
  }
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  require('node:worker_threads').parentPort.postMessage(space.space_size);
`;

async function newSpaceOfThread(): Promise<number> {
  const worker = new Worker(maker, { eval: true });
  const [size] = (await once(worker, 'message')) as [number];
  return size;
}

const before = await newSpaceOfThread();
boundHeaps();
process.send!({ before, bounded: await newSpaceOfThread() });
process.disconnect();
