import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PDFDocument } from 'pdf-lib';
import { openDesk } from '../../src/main/desk.ts';
import * as settings from '../../src/main/office/settings/settings.ts';
import { fileVault, permissionsOnly } from '../../src/main/host/vault.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { replySource } from '../demo/letters.ts';
import { sitDown } from '../demo/person.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { openSchool } from '../desk/school.ts';
import { draftOf, equip, type Desk } from '../desk/signing.ts';

export const PIN = '24681012';

/** A token of the principal's: the module that drives it, in the environment it wants. */
export interface BenchToken {
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What people at the sample school's desk do, by the calls their screens make. */
export interface BenchOffice {
  /** A draft of the teacher's, handed in. */
  submit(letter: Uint8Array): Promise<string>;
  /** Drafts handed in, their format approved by the clerk, and read by the desk to the end. */
  readyToSign(letters: readonly Uint8Array[]): Promise<string[]>;
  /** All signed by the principal with one login. */
  approve(ids: readonly string[]): Promise<void>;
  /** One signed as from its own screen, which shows how the signature is judged. */
  sign(id: string): Promise<void>;
  close(): Promise<void>;
}

/** The letter of a draft, filled up to `bytes` with what nothing can make smaller. */
export async function letterOf(letter: Uint8Array, bytes: number): Promise<Uint8Array> {
  const filled = await PDFDocument.load(letter);
  const attach = (size: number) =>
    filled.attach(crypto.getRandomValues(new Uint8Array(size)), `${crypto.randomUUID()}.bin`);
  // The first brings what attachments need besides.
  await attach(1024);
  for (let left = bytes - (await filled.save()).length; left > 0; left -= 65_536)
    await attach(Math.min(left, 65_536));
  return filled.save();
}

/** Waits until this process does next to nothing: what calls leave to be read and judged would count with the next. */
export async function quiet(): Promise<void> {
  for (let busy = Infinity; busy > 0.05;) {
    const before = process.cpuUsage();
    await setTimeout(200);
    const { user, system } = process.cpuUsage(before);
    busy = (user + system) / 200_000;
  }
}

/** The sample school with the principal's signature in a token; records, files and journal on disk as always. */
export async function openBenchOffice(samples: Desk, { module, env }: BenchToken): Promise<BenchOffice> {
  const { dir, store } = openSchool();
  await equip(store, samples);
  await settings.addModule(store, null, module);
  const fields = draftOf(store, samples);
  store.close();
  const desk = await openDesk({
    dataDir: dir,
    vault: fileVault(join(dir, 'vault.json'), permissionsOnly),
    launchTokenHost: forkHost({ env }),
    log: { info: () => undefined, error: (message) => process.stderr.write(`${message}\n`) },
  });
  const [teacher, clerk, principal] = await Promise.all([
    sitDown(desk, TEACHER.id),
    sitDown(desk, CLERK.id),
    sitDown(desk, PRINCIPAL.id),
  ]);

  const submit = async (letter: Uint8Array) => {
    const [main, source, appendix] = await Promise.all([
      teacher.addFile('bao-cao.pdf', letter),
      teacher.addFile('bao-cao.docx', replySource()),
      teacher.addFile('phu-luc.pdf', samples.appendix),
    ]);
    const draft = { ...fields, main, source, appendices: [appendix] };
    const { id } = await teacher.call('outgoing.create', draft);
    await teacher.call('outgoing.submit', { id });
    return id;
  };
  const login = async () => {
    const { tokens } = await principal.call('signing.tokens', {});
    const token = tokens.find(({ driver }) => driver === 'pkcs11')!;
    return {
      act: 'approve' as const,
      tokenId: token.id,
      certificateSha256: token.certificates[0]!.sha256,
      pin: PIN,
      acceptUnchecked: true,
      acceptClock: true,
      taskId: crypto.randomUUID(),
    };
  };

  return {
    submit,
    async readyToSign(letters) {
      const ids: string[] = [];
      for (const letter of letters) {
        const id = await submit(letter);
        await clerk.call('outgoing.approve-format', { id });
        ids.push(id);
      }
      await quiet();
      return ids;
    },
    async approve(ids) {
      const items = ids.map((id) => ({ id, boxes: [] }));
      const result = await principal.call('signing.sign-batch', { items, ...(await login()) });
      const failed = result.items.find(({ outcome }) => outcome !== 'signed');
      if (failed) throw new Error(`not signed: ${JSON.stringify(failed)}`);
    },
    async sign(id) {
      await principal.call('signing.sign', { id, boxes: [], ...(await login()) });
    },
    async close() {
      await desk.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
