import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchComparisons } from './batch.ts';
import { line } from './measure.ts';
import { recordComparisons } from './records.ts';
import { signingComparisons } from './signing.ts';

/**
 * `npm run bench`: what the product takes, as a ratio to the least the same work could take, measured in turn in one
 * run on generated data. Ratios travel between machines, milliseconds do not.
 */
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
process.stdout.write('   ratio  product  :    least   (medians)\n');
try {
  for (const measure of [batchComparisons, signingComparisons, recordComparisons])
    for (const comparison of await measure(folder)) process.stdout.write(`${line(comparison)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
