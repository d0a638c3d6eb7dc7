import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHash } from '../../crypto/index.ts';
import { sampleEdoc, SENT_AT } from '../../../../tests/axis/samples.ts';
import { writeEdoc } from '../../axis/edxml-write.ts';
import { createMessageThread, type MessageThread } from './message-thread.ts';

let folder: string;
let thread: MessageThread;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'messages-'));
  thread = createMessageThread();
});
afterEach(async () => {
  await thread.stop();
  rmSync(folder, { recursive: true });
});

const kept = (bytes: Uint8Array) => {
  const path = join(folder, 'message');
  writeFileSync(path, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), listedAs: 'edoc' } as const;
};
const good = () => kept(writeEdoc(sampleEdoc(), { now: SENT_AT, secrecy: '' }));

it('gives the message and its identity', async () => {
  expect(await thread.ask('read', good())).toMatchObject({
    kind: 'edoc',
    read: { message: { subject: sampleEdoc().subject } },
    identity: { from: 'H99.05.021', contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
});

it('refuses bytes that are no longer those that were stored', async () => {
  const file = good();
  writeFileSync(file.path, 'x');
  await expect(thread.ask('read', file)).rejects.toMatchObject({ code: 'store.file-damaged' });
});

it('is ended when a reading takes too long, and reads the next message', async () => {
  await expect(thread.ask('read', good(), { limitMs: 0 })).rejects.toMatchObject({
    code: 'axis.reading-stopped',
  });
  expect(await thread.ask('read', good())).toHaveProperty('kind', 'edoc');
});
