/**
 * The coverage-guided fuzz run of every reader: `npm run fuzz -- --seconds 600 [--target reader,der] [--seed N]
 * [--out DIR]`. Inputs that broke something are written into the folder; the exit code is 1 then.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Finding } from './explore.ts';

export interface Orders {
  /** Two Int32: inputs begun, and the length of the last one; then its bytes. */
  readonly shared: SharedArrayBuffer;
  /** Empty for all. */
  readonly names: readonly string[];
  /** For all targets together. */
  readonly seconds: number;
  readonly seed: number;
}

export type Message =
  | { kind: 'targets'; names: string[] }
  | { kind: 'begun'; name: string }
  | {
      kind: 'explored';
      name: string;
      executions: number;
      kept: number;
      reached: number;
      findings: readonly Finding[];
    }
  | { kind: 'done' };

const HELD = 512 * 1024;
/** Nothing takes longer even on a machine that does seven other things: this input never ends. */
const HANG_MS = 30_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const out = values.out ?? mkdtempSync(join(tmpdir(), 'fuzz-'));
mkdirSync(out, { recursive: true });
const seconds = Number(values.seconds);
let broken = 0;

function keep({ target, what, input }: Finding): void {
  broken++;
  const name = `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`;
  writeFileSync(join(out, name), input);
  writeFileSync(join(out, `${name}.txt`), what);
  console.log(`FOUND ${target}: ${what.split('\n').slice(0, 4).join('\n    ')}\n  input: ${join(out, name)}`);
}

/** @returns what is left to explore after an input that never ended */
function explored(names: readonly string[], budget: number): Promise<readonly string[]> {
  const shared = new SharedArrayBuffer(8 + HELD);
  const beat = new Int32Array(shared, 0, 2);
  const orders: Orders = { shared, names, seconds: budget, seed: Number(values.seed) };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: orders });
  return new Promise((resolve, reject) => {
    let left: string[] = [...names];
    let current = '';
    let last = { count: -1, at: performance.now() };
    const watch = setInterval(() => {
      const count = Atomics.load(beat, 0);
      if (count !== last.count || current === '') last = { count, at: performance.now() };
      else if (performance.now() - last.at > HANG_MS) {
        const input = Buffer.from(new Uint8Array(shared, 8, Math.min(HELD, Atomics.load(beat, 1))));
        keep({ target: current, what: 'never ends', input });
        end(left);
      }
    }, 500);
    const end = (rest: readonly string[]): void => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(rest));
    };
    worker.on('message', (message: Message) => {
      if (message.kind === 'targets') left = message.names;
      else if (message.kind === 'begun') {
        current = message.name;
        left = left.filter((name) => name !== current);
      } else if (message.kind === 'explored') {
        const { name, executions, kept, reached, findings } = message;
        current = '';
        console.log(`${name}: ${executions} inputs, ${kept} kept, ${reached} characters of code reached`);
        for (const finding of findings) keep({ ...finding, input: Buffer.from(finding.input) });
      } else end([]);
    });
    worker.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
  });
}

let left: readonly string[] = values.target === '' ? [] : values.target.split(',');
const total = Math.max(1, left.length);
for (let first = true; first || left.length > 0; first = false)
  left = await explored(left, first ? seconds : (seconds * left.length) / total);
console.log(`${broken} findings, memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
process.exitCode = broken > 0 ? 1 : 0;
