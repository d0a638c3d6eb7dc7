import { rmSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import { create } from '../../src/main/documents/draft.ts';
import * as settings from '../../src/main/documents/settings.ts';
import { signBatch } from '../../src/main/documents/sign-batch.ts';
import { approveFormat, submit } from '../../src/main/documents/submit.ts';
import { keepTokens } from '../../src/main/documents/token-keeper.ts';
import type { Task } from '../../src/main/documents/tasks.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { openSchool } from '../desk/school.ts';
import { draftOf, equip, type Desk } from '../desk/signing.ts';

export const PIN = '24681012';
export const quiet: Task = { signal: new AbortController().signal, progress: () => {} };

/** A token of the principal's: the module that drives it, in the environment it wants. */
export interface BenchToken {
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface BenchOffice {
  /** Drafts of `bytes` each that the clerk has approved: their ids. */
  readyToSign(count: number, bytes: number): Promise<string[]>;
  /** All of them signed by the principal with one login. */
  approve(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The sample school with the principal's signature in a token; records, files and journal on disk as always. */
export async function openBenchOffice(samples: Desk, { module, env }: BenchToken): Promise<BenchOffice> {
  const school = openSchool();
  const { store } = school;
  school.clock.now = Date.now();
  await equip(store, samples);
  await settings.addModule(store, null, module);
  const keeper = keepTokens(store, forkHost({ env }), () => {});

  const letterOf = async (bytes: number) => {
    const letter = await PDFDocument.load(samples.letter);
    const filling = crypto.getRandomValues(new Uint8Array(1024));
    await letter.attach(filling, 'filling.bin');
    const rest = bytes - (await letter.save()).length;
    for (let left = rest; left > 0; left -= 65_536)
      await letter.attach(
        crypto.getRandomValues(new Uint8Array(Math.min(left, 65_536))),
        `filling-${left}.bin`,
      );
    return letter.save();
  };

  return {
    async readyToSign(count, bytes) {
      const ids: string[] = [];
      for (let n = 0; n < count; n++) {
        const letter = await letterOf(bytes);
        const { id } = create(store, TEACHER, draftOf(store, { ...samples, letter }));
        await submit(store, TEACHER, { id });
        await approveFormat(store, CLERK, { id });
        ids.push(id);
      }
      return ids;
    },
    async approve(ids) {
      const token = (await keeper.list()).find(({ driver }) => driver === 'pkcs11')!;
      const { items } = await signBatch(
        store,
        keeper,
        PRINCIPAL,
        {
          items: ids.map((id) => ({ id, boxes: [] })),
          act: 'approve',
          tokenId: token.id,
          certificateSha256: token.certificates[0]!.sha256,
          pin: PIN,
          acceptFinalTry: false,
          acceptUnchecked: true,
          acceptClock: true,
          taskId: crypto.randomUUID(),
        },
        quiet,
      );
      const failed = items.find(({ outcome }) => outcome !== 'signed');
      if (failed) throw new Error(`not signed: ${JSON.stringify(failed)}`);
    },
    async close() {
      await keeper.close();
      school.close();
      rmSync(school.dir, { recursive: true, force: true });
    },
  };
}
