import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { finished, startScript } from '../store/child.ts';
import type { School } from './school.ts';

const script = fileURLToPath(new URL('./crash.ts', import.meta.url));

/** Runs an act in another process that is killed at `point`, then opens the records again and checks them. */
export async function crash(school: School, act: string, id: string, ...point: string[]): Promise<void> {
  school.store.close();
  const end = await finished(startScript(script, [school.dir, act, id, ...point]));
  school.reopen();
  expect(end, point.join(' ')).toEqual({ output: '', isKilled: true });
  expect((await school.store.verifyJournals(() => {})).brokenAt).toBeNull();
}

export async function expectWhole({ store }: School): Promise<void> {
  expect((await store.rebuild(() => {}, new AbortController().signal)).identical).toBe(true);
  expect(await store.verifyFiles(() => {})).toMatchObject({ missing: [], damaged: [] });
}
