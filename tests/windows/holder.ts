import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Where the program that holds files lies in a clone. */
export const HOLDER = 'tests/windows/out/holder.exe';

/** Compiles it, on Linux. */
export async function buildHolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const source = join(import.meta.dirname, 'holder.c');
  await promisify(execFile)('x86_64-w64-mingw32-gcc', ['-municode', '-O2', '-s', '-o', path, source]);
}

/** Has another process hold `path`, under Windows. @returns lets it go, and resolves when it has */
export async function hold(path: string): Promise<() => Promise<void>> {
  const child = spawn(join(import.meta.dirname, '../..', HOLDER), [path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
}
