import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawLetter, SAMPLE_LETTER } from '../../../../tests/fixtures/pdf/letters.ts';
import type { FileJobs } from '../verification/file-jobs.ts';
import { createThread } from './thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'thread-'));
const path = join(folder, 'letter.pdf');
beforeAll(async () => writeFileSync(path, await drawLetter(SAMPLE_LETTER)));
afterAll(() => rmSync(folder, { recursive: true }));

const make = (idleMs?: number) =>
  createThread<FileJobs>({
    name: 'tried',
    beside: new URL('../verification/file-thread.ts', import.meta.url).href,
    script: 'file-worker',
    stopped: 'documents.reading-stopped',
    ...(idleMs !== undefined && { idleMs }),
  });
const started = async () => ((await once(process, 'worker')) as [Worker])[0];

it('ends when nothing is asked for a while, and starts anew with the next job', async () => {
  const thread = make(1);
  for (let times = 0; times < 2; times += 1) {
    const [worker, words] = await Promise.all([started(), thread.ask('words', { path })]);
    expect(words.join(' ')).toContain('V/v');
    await once(worker, 'exit');
  }
});

it('stopped, gives up what is under way and what waits; asked again, it starts anew', async () => {
  const thread = make();
  const jobs = [thread.ask('words', { path }), thread.ask('words', { path })];
  const worker = await started();
  const exit = once(worker, 'exit');
  const cancelled = jobs.map((job) => expect(job).rejects.toMatchObject({ code: 'host.cancelled' }));
  await thread.stop();
  await Promise.all([exit, ...cancelled]);
  expect((await thread.ask('words', { path })).join(' ')).toContain('V/v');
  await thread.stop();
});

it('that breaks with nothing to do is missed by nobody', async () => {
  const thread = make();
  const [worker] = await Promise.all([started(), thread.ask('words', { path })]);
  worker.emit('error', new Error('out of memory'));
  await worker.terminate();
  expect((await thread.ask('words', { path })).join(' ')).toContain('V/v');
  await thread.stop();
});
