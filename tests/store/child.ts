import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Starts the Node that runs the tests. */
export const startNode = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });

/** Runs a script on it. */
export const startScript = (script: string, args: readonly string[]): ChildProcess =>
  startNode([script, ...args]);

/**
 * What it printed, complaints included, and whether it was killed, by itself or another. Windows knows no signals: there
 * a process that is killed ends with 1, as one that fails, but without a word.
 */
export async function finished(child: ChildProcess): Promise<{ output: string; isKilled: boolean }> {
  const said = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const [stdout, stderr] = await said;
  const isKilled =
    process.platform === 'win32' ? signal !== null || (code === 1 && stderr === '') : signal === 'SIGKILL';
  return { output: stdout + stderr, isKilled };
}
