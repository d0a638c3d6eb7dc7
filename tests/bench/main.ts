import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { batchRows } from './batch.ts';
import { hostileRows } from './hostile.ts';
import { isOver, line, type Row } from './measure.ts';
import { memoryRows } from './memory.ts';
import { recordRows } from './records.ts';
import { replayRows } from './replay.ts';
import { signingRows } from './signing.ts';
import { waitingRows } from './waiting.ts';

const parts = {
  batch: batchRows,
  signing: signingRows,
  records: recordRows,
  replay: replayRows,
  waiting: waitingRows,
  hostile: hostileRows,
  memory: memoryRows,
};

/**
 * `npm run bench`: what the product takes, as a ratio to the least the same work could take, measured in turn in one
 * run on generated data. Ratios travel between machines, milliseconds do not. Ends with 1 when a limit is not kept.
 * `--only NAME` measures one part.
 */
const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
if (only !== undefined && !Object.hasOwn(parts, only))
  throw new Error(`--only takes one of ${Object.keys(parts).join(', ')}`);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    for (const row of await measure(folder)) {
      rows.push(row);
      process.stdout.write(`${line(row)}\n`);
    }
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
