import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Runs a script on the Node that runs the tests. */
export function startScript(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Everything it printed, and how it ended. */
export async function finished(child: ChildProcess): Promise<{ output: string; signal: string | null }> {
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { output, signal };
}
