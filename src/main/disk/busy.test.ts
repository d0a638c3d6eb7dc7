import { describe, expect, it } from 'vitest';
import { PATIENCE_MS, PAUSE_MS, whenFree, whenFreeSync, type World } from './busy.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });

/** A file that is held for the first `tries` attempts, on a system whose time passes at once. */
function held(tries: number, code: string, platform: NodeJS.Platform = 'win32') {
  let [left, waitedMs] = [tries, 0];
  const wait = (ms: number) => void (waitedMs += ms);
  const around: World = {
    platform,
    pauseSync: wait,
    pause: (ms) => Promise.resolve(wait(ms)),
  };
  const work = () => {
    if (left-- > 0) throw failure(code);
    return 'done';
  };
  return { around, work, workLater: () => Promise.resolve().then(work), waitedMs: () => waitedMs };
}

describe.each(['EBUSY', 'EPERM', 'EACCES', 'UNKNOWN'])('a file that is held on Windows (%s)', (code) => {
  it('is waited for', async () => {
    const one = held(3, code);
    expect(whenFreeSync('a.pdf', one.work, one.around)).toBe('done');
    expect(one.waitedMs()).toBe(3 * PAUSE_MS);
    const other = held(3, code);
    expect(await whenFree('a.pdf', other.workLater, other.around)).toBe('done');
    expect(other.waitedMs()).toBe(3 * PAUSE_MS);
  });

  it('is named when that takes too long', async () => {
    const told = expect.objectContaining({ code: 'host.file-held', params: { file: 'a.pdf' } });
    const one = held(Infinity, code);
    expect(() => whenFreeSync('a.pdf', one.work, one.around)).toThrow(told);
    expect(one.waitedMs()).toBe(PATIENCE_MS);
    const other = held(Infinity, code);
    await expect(whenFree('a.pdf', other.workLater, other.around)).rejects.toThrow(told);
    expect(other.waitedMs()).toBe(PATIENCE_MS);
  });
});

it.each([
  ['ENOSPC', 'win32'],
  ['EACCES', 'linux'],
  ['EPERM', 'darwin'],
] as const)('%s on %s is no reason to wait', async (code, platform) => {
  const one = held(1, code, platform);
  expect(() => whenFreeSync('a.pdf', one.work, one.around)).toThrow(expect.objectContaining({ code }));
  const other = held(1, code, platform);
  await expect(whenFree('a.pdf', other.workLater, other.around)).rejects.toMatchObject({ code });
  expect(one.waitedMs() + other.waitedMs()).toBe(0);
});
