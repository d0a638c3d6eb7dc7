import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { boundHeaps } from './heaps.ts';

/** Keeps some of what it makes, as a heap that grows does, and tells how large its space for new objects is; bytes. */
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

describe('bounded heaps', () => {
  it('a thread holds no more for new objects than it began with', async () => {
    expect(await newSpaceOfThread()).toBeGreaterThan(16 * 1024 * 1024);
    boundHeaps();
    expect(await newSpaceOfThread()).toBeLessThanOrEqual(16 * 1024 * 1024);
  });
});
