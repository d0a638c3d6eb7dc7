import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { boundHeaps } from '../../src/main/host/heaps.ts';
import { createFileThread, type FileThread } from '../../src/main/office/verification/file-thread.ts';
import { ratio, type Row } from './measure.ts';

const ROUNDS = 5;
const COUNT = 40;

/** As V8 has them by itself. */
function freeHeaps(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--min-semi-space-size=0');
}

/** Reads the words of the files and judges their signatures, as the background reader does. */
async function readAll(thread: FileThread, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const known = { anchors: [], at: Date.now(), revocationFailure: null };
    await thread.ask('verify', { path, ...known, crls: [], ocsps: [], certificates: [] });
    await thread.ask('words', { path });
  }
}

/** What it costs in time that the heaps stay small. */
export async function heapRow(folder: string, nextLetter: () => Promise<Uint8Array>): Promise<Row> {
  const paths: string[] = [];
  for (let n = 0; n < COUNT; n++) {
    paths.push(join(folder, `letter-${n}.pdf`));
    writeFileSync(paths[n]!, await nextLetter());
  }
  const [bounded, free] = [createFileThread('bounded'), createFileThread('free')];
  const row = await ratio(
    {
      what: `judge and read ${COUNT} letters in a thread with bounded heaps`,
      against: 'in one whose heaps V8 lets grow',
      most: 1.25,
    },
    ROUNDS,
    {
      ours: () => {
        boundHeaps();
        return readAll(bounded, paths);
      },
      least: () => {
        freeHeaps();
        return readAll(free, paths);
      },
    },
  );
  boundHeaps();
  await Promise.all([bounded.stop(), free.stop()]);
  return row;
}
