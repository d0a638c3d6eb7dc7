import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MB = 1024 * 1024;

it('a thread of a process with bounded heaps holds no more for new objects than it began with', async () => {
  const child = fork(join(import.meta.dirname, '../../../tests/host/new-space.ts'));
  const [told] = (await once(child, 'message')) as [{ before: number; bounded: number }];
  expect(told.before).toBeGreaterThan(16 * MB);
  expect(told.bounded).toBeLessThanOrEqual(16 * MB);
});
