import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchRows } from './batch.ts';
import { isOver, line, type Row } from './measure.ts';
import { recordRows } from './records.ts';
import { signingRows } from './signing.ts';

/**
 * `npm run bench`: what the product takes, as a ratio to the least the same work could take, measured in turn in one
 * run on generated data. Ratios travel between machines, milliseconds do not. Ends with 1 when a limit is not kept.
 */
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const rows: Row[] = [];
try {
  for (const measure of [batchRows, signingRows, recordRows])
    for (const row of await measure(folder)) {
      rows.push(row);
      process.stdout.write(`${line(row)}\n`);
    }
} finally {
  rmSync(folder, { recursive: true });
}
const limited = rows.filter(({ most }) => most !== null);
const over = limited.filter(isOver).length;
process.stdout.write(
  `${limited.length - over} within their limits, ${over} over, ${rows.length - limited.length} for information\n`,
);
process.exitCode = over === 0 ? 0 : 1;
