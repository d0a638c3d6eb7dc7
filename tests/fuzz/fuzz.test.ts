/** Whatever stands in bytes from outside, it ends in an answer or in an error of ours, and soon. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { startMeter } from './coverage.ts';
import { explore } from './explore.ts';

const SECONDS = 24;

it('the loop finds a planted mistake by what runs, and names the input', async () => {
  const meter = await startMeter('planted.ts');
  const { planted } = await import('./planted.ts');
  const target = { name: 'planted', seeds: [Buffer.alloc(8)], run: planted };
  const { findings, kept } = await explore(target, meter, { seed: 1, ms: 60_000, executions: 40_000 });
  await meter.stop();
  expect(kept).toBeGreaterThanOrEqual(3);
  expect(findings[0]?.what).toContain('planted');
  expect(findings[0]?.input.subarray(0, 4).toString('hex')).toBe('808184fe');
});

needs('qpdf')('every reader stands a short run from new seeds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const args = [main, '--seconds', String(SECONDS), '--seed', '20261126', '--out', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr.replace(/.*ExperimentalWarning.*|.*--trace-warnings.*/g, '').trim()).toBe('');
    expect({ status, found: readdirSync(folder), stdout }).toMatchObject({ status: 0, found: [] });
    const lines = [...stdout.matchAll(/^([\w-]+): (\d+) inputs, (\d+) kept/gm)];
    expect(lines.length).toBeGreaterThanOrEqual(19);
    // A target whose inputs reach nothing new explores nothing.
    expect(lines.filter(([, , , kept]) => Number(kept) > 0).length).toBeGreaterThan(lines.length / 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
