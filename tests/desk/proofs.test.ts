import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Argument, Result } from '../../src/shared/ipc/index.ts';
import { TOKENS } from '../demo/sample.ts';
import { settled } from '../demo/settled.ts';
import { pdfsig } from '../pki/readers.ts';
import { documentIn, expectWhole, fileOf, journal, type Office, openOffice, signing } from './set-up.ts';
import { needs } from '../needs.ts';

/** What the network tells about signatures, through the desk: its own clock, its own threads, a real authority. */

let office: Office;
/** How far this computer's clock is off. */
let wrongMs = 0;
beforeAll(async () => {
  office = await openOffice({ clock: () => Date.now() + wrongMs });
});
afterEach(async () => {
  wrongMs = 0;
  await office.demo.goOnline();
});
afterAll(async () => {
  await expectWhole(office.clerk);
  await office.close();
});

const detailOf = (id: string) => office.clerk.call('outgoing.get', { id });
const settledOf = (id: string) => settled(() => detailOf(id));
const approving = async (id: string) => signing(office.principal, id, 'approve', TOKENS.principal);
const textOf = (path: string) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });

async function receivedFile(clerk: Office['clerk']): Promise<string> {
  const { rows } = await clerk.call('incoming.list', {});
  return fileOf(await clerk.call('incoming.get', { id: rows[0]!.id }), 'main');
}

async function batch(
  ids: readonly string[],
  pin = TOKENS.principal.pin,
): Promise<Argument<'signing.sign-batch'>> {
  const each = [];
  for (const id of ids) each.push(await approving(id));
  const { tokenId, certificateSha256, taskId } = each[0]!;
  const items = each.map(({ id, boxes }) => ({ id, boxes }));
  return { items, act: 'approve', tokenId, certificateSha256, pin, taskId };
}

const outcomes = ({ items }: Result<'signing.sign-batch'>) => items.map(({ outcome }) => outcome);

describe('a batch', () => {
  const ready = async (count: number) => {
    const ids = [];
    for (let n = 0; n < count; n += 1) ids.push(await documentIn('to-sign', office));
    return ids;
  };

  it('signs all with one login; one that cannot be signed stops only itself', async () => {
    const [first, bad, last] = (await ready(3)) as [string, string, string];
    const argument = await batch([first, bad, last]);
    await office.principal.call('outgoing.return', { id: bad, reason: 'Sửa lại số liệu' });
    const done = await office.principal.call('signing.sign-batch', argument);
    expect(outcomes(done)).toEqual(['signed', 'failed', 'signed']);
    expect(done.items[1]?.problem?.code).toBe('documents.wrong-state');
    expect(done.stopped).toBeNull();
    expect((await settledOf(first)).state).toBe('signed');
    expect((await settledOf(last)).state).toBe('signed');
    expect((await detailOf(bad)).state).toBe('draft');
  });

  it('with a wrong PIN signs none, and says so at once', async () => {
    const ids = await ready(2);
    expect(await office.principal.refusal('signing.sign-batch', await batch(ids, '11111111'))).toBe(
      'token.wrong-pin',
    );
    for (const id of ids) expect((await detailOf(id)).state).toBe('to-sign');
  });

  it('that is cancelled finishes the document under way and leaves the rest untried', async () => {
    const ids = await ready(3);
    const argument = await batch(ids);
    const stop = office.demo.desk.on((event) => {
      if (event.type === 'progress' && event.taskId === argument.taskId && event.done === 0)
        void office.principal.call('task.cancel', { taskId: argument.taskId });
    });
    const done = await office.principal.call('signing.sign-batch', argument).finally(stop);
    expect(outcomes(done)).toEqual(['signed', 'not-tried', 'not-tried']);
    expect(done.stopped?.code).toBe('host.cancelled');
    expect((await detailOf(ids[1]!)).state).toBe('to-sign');
  });
});

describe('a clock that went back', () => {
  it('is confirmed by the person before anything is signed', async () => {
    const id = await documentIn('to-sign', office);
    const argument = await approving(id);
    wrongMs = -3_600_000;
    expect(await office.principal.refusal('signing.sign', argument)).toBe('documents.clock-back');
    expect((await detailOf(id)).state).toBe('to-sign');
    await office.principal.call('signing.sign', { ...argument, acceptClock: true });
    expect((await detailOf(id)).state).toBe('signed');
  });
});

describe('without a network', () => {
  needs('pdfsig')(
    'signs with a warning only; timestamps and proofs come by themselves once it is back',
    async () => {
      const { clerk, demo } = office;
      const id = await documentIn('numbered', office);
      await settledOf(id);
      await demo.goOffline();
      const sealing = await signing(clerk, id, 'seal', TOKENS.agency);
      const { notes } = await clerk.call('signing.sign', { ...sealing, acceptUnchecked: true });
      // The document and its appendix.
      expect(notes.map(({ code }) => code)).toEqual(Array(2).fill('signature.service-unreachable'));
      const signed = fileOf(await detailOf(id), 'main');
      const before = readFileSync(await clerk.filePath(signed));
      await clerk.call('exchange.sync', {});
      await demo.goOnline();
      await clerk.call('exchange.sync', {});
      await vi.waitFor(async () => expect(fileOf(await detailOf(id), 'main')).not.toBe(signed), 60_000);
      const proven = await settledOf(id);
      expect(proven.official?.verdict).toBe('original');
      // The archive timestamp that is due in years is not waited for.
      expect(proven.pending).toEqual([]);
      // A window that has not asked again yet still shows the file as it was.
      expect((await clerk.call('verification.of', { sha256: signed })).signatures).toHaveLength(2);
      expect(await clerk.filePath(signed)).not.toBe(await clerk.filePath(fileOf(proven, 'main')));
      const stranger = await office.teacher.answer('verification.of', {
        sha256: await receivedFile(clerk),
      });
      expect(stranger).toMatchObject({ ok: false, code: 'documents.file-not-yours' });
      const path = await office.clerk.filePath(fileOf(proven, 'main'));
      expect(readFileSync(path).subarray(0, before.length).equals(before)).toBe(true);
      const { verdict, signatures } = await office.clerk.call('verification.of', {
        sha256: fileOf(proven, 'main'),
      });
      // Number and date stand between the two signatures.
      expect(verdict).toBe('valid-with-changes');
      expect(signatures.map(({ kind }) => kind)).toEqual([
        'signature',
        'signature',
        'timestamp',
        'timestamp',
      ]);
      expect(pdfsig(path).validations.slice(0, 2)).toEqual(Array(2).fill('Signature is Valid.'));
    },
  );
});

describe('a certificate found revoked later', () => {
  it('raises the alarm; nothing is sent until the head allows it with a reason', async () => {
    const { clerk, principal, demo } = office;
    const id = await documentIn('numbered', office);
    await settledOf(id);
    await demo.goOffline();
    await clerk.call('signing.sign', {
      ...(await signing(clerk, id, 'seal', TOKENS.agency)),
      acceptUnchecked: true,
    });
    demo.services.revoke(demo.pki.school, Date.now() - 3_600_000);
    await clerk.call('exchange.sync', {});
    await demo.goOnline();
    await clerk.call('exchange.sync', {});
    await vi.waitFor(async () => expect((await detailOf(id)).alarm).not.toBeNull(), 60_000);
    expect(await clerk.refusal('outgoing.issue', { id })).toBe('documents.sending-blocked');
    const reason = 'Chứng thư đã được cấp lại, nội dung đúng';
    expect(await clerk.refusal('outgoing.allow-sending', { id, reason })).toBe('documents.not-allowed');
    await principal.call('outgoing.allow-sending', { id, reason });
    await clerk.call('outgoing.issue', { id });
    expect((await detailOf(id)).state).toBe('issued');
    const kinds = journal(office.dataDir)
      .filter(({ subject }) => subject === id)
      .map(({ type }) => type);
    expect(kinds).toEqual(expect.arrayContaining(['outgoing.alarmed', 'outgoing.sending-allowed']));
  });
});

describe('the verification report', () => {
  needs('pdftotext')('is a PDF that pdftotext reads, with the verdict and each signer', async () => {
    const { rows } = await office.clerk.call('incoming.list', {});
    await settled(() => office.clerk.call('incoming.get', { id: rows[0]!.id }));
    const { sha256, name } = await office.clerk.call('verification.report', {
      sha256: await receivedFile(office.clerk),
      taskId: crypto.randomUUID(),
    });
    expect(name).toMatch(/\.pdf$/);
    const text = textOf(await office.clerk.filePath(sha256));
    const evidence = await office.clerk.call('verification.evidence', {
      sha256: await receivedFile(office.clerk),
    });
    const [first] = evidence.signatures;
    expect(first).toMatchObject({ checkCode: 0, made: null });
    expect(first?.answers.map(({ type, result }) => `${type} ${result}`)).toContain('CRL good');
    for (const { sha256: answer } of first!.answers) expect(text.replaceAll(/\s/g, '')).toContain(answer);
    expect(text).toMatch(/Mã kết quả kiểm tra\s+0/);
    expect(text).toContain('NonCoversWholeDocument');
    expect(text).toMatch(/HỢP LỆ/);
    expect(text).toContain('Phạm Văn Ví Dụ');
    expect(text).toContain('Sở Giáo dục và Đào tạo tỉnh Ví Dụ');
  });
});
