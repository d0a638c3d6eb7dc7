import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLERK, PRINCIPAL, SCHOOL } from '../../../../tests/demo/sample.ts';
import { killNext } from '../../../../tests/desk/dying-thread.ts';
import { onlineSchool, quiet } from '../../../../tests/desk/online.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { program } from '../../store/events/index.ts';
import { journalLength } from '../../store/journal.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import { newEvent } from '../common/events.ts';
import { openFile } from '../common/file-access.ts';
import { printReport } from '../verification/print-report.ts';
import { signBatch } from './sign-batch.ts';
import { createTasks, type Task } from '../common/tasks.ts';
import { needs } from '../../../../tests/needs.ts';

const office = onlineSchool();
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** Whether the thread for documents, begun anew for `work`, loads the reader of page text: by V8's own record of its scripts. */
async function opensText(work: () => Promise<unknown>): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'));
  await office.store.documents.stop();
  process.env['NODE_V8_COVERAGE'] = folder;
  try {
    await work();
    // The record is written as the thread ends.
    await office.store.documents.stop();
    const records = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const [record, ...others] = records.filter((text) => text.includes('/document-worker.ts"'));
    expect([record, others]).toEqual([expect.stringContaining('/pdf/reader.ts"'), []]);
    return record!.includes('/pdfjs-dist/');
  } finally {
    delete process.env['NODE_V8_COVERAGE'];
    rmSync(folder, { recursive: true });
  }
}

describe('many documents with one login', () => {
  const batch = async (ids: readonly string[], changes: object = {}, task = quiet) =>
    signBatch(
      office.store,
      office.keeper,
      PRINCIPAL,
      {
        items: ids.map((id) => ({ id, boxes: [] })),
        act: 'approve',
        ...(await office.login('principal')),
        ...changes,
      },
      task,
    );

  it('signs each that can be signed and says why another cannot', async () => {
    const [first, draft, last] = [await office.readyToSign(), office.draft(), await office.readyToSign()];
    const heard: number[][] = [];
    const { items, stopped } = await batch(
      [first, draft, last],
      {},
      { ...quiet, progress: (n, total) => void heard.push([n, total]) },
    );
    expect(items).toEqual([
      { id: first, outcome: 'signed', problem: null },
      { id: draft, outcome: 'failed', problem: { code: 'documents.wrong-state', params: {} } },
      { id: last, outcome: 'signed', problem: null },
    ]);
    expect(stopped).toBeNull();
    expect(heard).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect([first, last].map((id) => office.detail(id).state)).toEqual(['signed', 'signed']);
  });

  it('begins nothing with a wrong PIN, and stops between two documents when asked to', async () => {
    const ids = [await office.readyToSign(), await office.readyToSign()];
    await expect(batch(ids, { pin: 'sai' })).rejects.toThrow(refusal('token.wrong-pin'));
    const stop: Task = {
      signal: quiet.signal,
      progress: (n) => {
        if (n === 1) throw new DeskError('host.cancelled');
      },
    };
    expect(await batch(ids, {}, stop)).toEqual({
      items: [
        { id: ids[0], outcome: 'signed', problem: null },
        { id: ids[1], outcome: 'not-tried', problem: null },
      ],
      stopped: { code: 'host.cancelled', params: {} },
    });
    expect(ids.map((id) => office.detail(id).state)).toEqual(['signed', 'to-sign']);
  });

  it('opens the text of no draft that was made ready', async () => {
    const ids: string[] = [];
    const makeReady = async () => {
      for (let n = 0; n < 3; n++) ids.push(await office.readyToSign());
    };
    expect(await opensText(makeReady)).toBe(true);
    expect(await opensText(() => batch(ids))).toBe(false);
    expect(ids.map((id) => office.detail(id).state)).toEqual(['signed', 'signed', 'signed']);
  });

  needs('mkfifo')('is not held up by a file that is read meanwhile', async () => {
    const id = await office.readyToSign();
    // Whoever opens it waits until somebody writes.
    const pipe = join(office.store.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    let isRead = false;
    const reading = office.store.asked.ask('words', { path: pipe }).finally(() => (isRead = true));
    const { items } = await batch([id]);
    expect(items).toMatchObject([{ id, outcome: 'signed' }]);
    expect(isRead).toBe(false);
    await Promise.all([
      expect(reading).rejects.toBeInstanceOf(DeskError),
      open(pipe, 'w').then((writer) => writer.close()),
    ]);
  });
});

describe('one signature that is stopped', () => {
  /** Signs under an id of its own, stopped at once or when the token is about to be asked. */
  const signStopped = (id: string, when: 'at once' | 'at the token') => {
    const taskId = crypto.randomUUID();
    const tasks = createTasks(() => {
      if (when === 'at the token') tasks.cancel(taskId);
    });
    const signed = tasks.run(taskId, (task) => office.signAs(id, 'approve', {}, task));
    if (when === 'at once') tasks.cancel(taskId);
    return signed;
  };

  it('before the token is asked leaves the document as it was, to be signed another time', async () => {
    const id = await office.readyToSign();
    await expect(signStopped(id, 'at once')).rejects.toThrow(refusal('host.cancelled'));
    expect(office.detail(id).state).toBe('to-sign');
    await office.signAs(id, 'approve');
    expect(office.detail(id).state).toBe('signed');
  });

  it('when the token is at work is finished: what a PIN was spent on is not thrown away', async () => {
    const id = await office.readyToSign();
    await signStopped(id, 'at the token');
    expect(office.detail(id).state).toBe('signed');
  });
});

describe('a thread that dies', () => {
  it('takes nothing with it: the act says so, and can be done again', async () => {
    const id = await office.readyToSign();
    await killNext(office.store.documents);
    await expect(office.signAs(id, 'approve')).rejects.toThrow(refusal('documents.work-stopped'));
    expect(office.detail(id).state).toBe('to-sign');
    await office.signAs(id, 'approve');
    expect(office.detail(id).state).toBe('signed');
  });
});

describe('the clock', () => {
  it('that went back, or was compared with nobody for a day, is confirmed before a signature', async () => {
    const id = await office.readyToSign();
    office.clock.now -= 6 * 60_000;
    await expect(office.signAs(id, 'approve')).rejects.toThrow(refusal('documents.clock-back'));
    office.clock.now += 6 * 60_000;
    office.store.record(program, () =>
      newEvent('clock.trusted', 'clock', {
        source: 'timestamp',
        time: office.clock.now - 25 * 3_600_000,
        after: journalLength(office.store.tables),
      }),
    );
    await expect(office.signAs(id, 'approve')).rejects.toThrow(refusal('documents.clock-away'));
    await office.signAs(id, 'approve', { acceptClock: true });
    expect(office.detail(id).state).toBe('signed');
  });
});

describe('a printed report', () => {
  it('that is stopped leaves nothing of itself, and is made when asked again', async () => {
    const id = await office.sealed();
    const { sha256 } = office.main(id);
    const reports = () =>
      entriesAbout(office.store.tables, sha256).filter(({ type }) => type === 'file.reported').length;
    for (const step of [0, 1]) {
      const stop = new AbortController();
      const task: Task = { signal: stop.signal, progress: (done) => void (done === step && stop.abort()) };
      await expect(printReport(office.store, CLERK, sha256, task)).rejects.toThrow(refusal('host.cancelled'));
    }
    const others = office.store.asked.ask('words', { path: office.store.files.path(sha256) });
    const stop = new AbortController();
    const stopped = printReport(office.store, CLERK, sha256, { signal: stop.signal, progress: () => {} });
    stop.abort();
    await expect(stopped).rejects.toThrow(refusal('host.cancelled'));
    // Who was before it in the thread's queue is not disturbed.
    expect((await others).join(' ')).toContain('V/v');
    expect(reports()).toBe(0);
    await printReport(office.store, CLERK, sha256, quiet);
    expect(reports()).toBe(1);
  });

  needs('pdftotext')(
    'says who signed, by what evidence, and is given to whoever may see the file',
    async () => {
      office.goOffline();
      const id = await office.sealed({ acceptUnchecked: true });
      office.goOnline();
      await office.workOff();
      const { sha256, name } = await printReport(office.store, CLERK, office.main(id).sha256, quiet);
      expect(name).toMatch(/\.pdf$/);
      const text = execFileSync('pdftotext', ['-layout', '-', '-'], {
        input: office.store.files.read(sha256),
      })
        .toString()
        .normalize('NFC')
        .replace(/\s+/g, ' ');
      for (const said of [
        'BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ',
        office.main(id).sha256.slice(0, 30),
        'BẢN GỐC ĐIỆN TỬ HỢP LỆ',
        PRINCIPAL.name,
        SCHOOL.name,
        'Toàn vẹn: Đạt',
        'OCSP, không bị thu hồi',
      ])
        expect(text).toContain(said);
      // What changed is read before any certificate.
      expect(text).toMatch(/Kết luận.*Thay đổi sau chữ ký đầu tiên.*Chữ ký 1:.*Số hiệu chứng thư/);
      expect(openFile(office.store, CLERK, sha256, new Map()).mediaType).toBe('application/pdf');
    },
  );
});
