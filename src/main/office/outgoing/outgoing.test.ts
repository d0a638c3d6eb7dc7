import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLERK, PRINCIPAL, TEACHER } from '../../../../tests/demo/sample.ts';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { draftOf, equip, makeSamples, PIN, type Desk } from '../../../../tests/desk/signing.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { DraftFields } from '../../../shared/ipc/outgoing.ts';
import type { EdocMessage } from '../../axis/edxml-model.ts';
import { forkHost } from '../../token/launch.ts';
import { cancel, change, create, giveBack } from './draft.ts';
import { register, direct, start, close } from '../incoming/incoming.ts';
import { issue } from './issue.ts';
import { number } from './number.ts';
import { get, list } from './outgoing-view.ts';
import { placements } from '../signing/placements.ts';
import { book } from '../register/register.ts';
import { saveSignerKind } from '../settings/settings.ts';
import { sign } from '../signing/sign.ts';
import { approveFormat, submit } from './submit.ts';
import type { Task } from '../common/tasks.ts';
import { keepTokens, type TokenKeeper } from '../signing/token-keeper.ts';
import { connectionOf } from '../../store/sql.ts';
import { needs } from '../../../../tests/needs.ts';

let samples: Desk;
let school: School;
let keeper: TokenKeeper;
beforeAll(async () => (samples = await makeSamples()));
beforeEach(async () => {
  school = openSchool();
  await equip(school.store, samples);
  keeper = keepTokens(school.store, forkHost(), () => {});
});
afterEach(async () => {
  await keeper.close();
  school.close();
});

const refusal = (code: string, params?: object) =>
  expect.objectContaining(params === undefined ? { code } : { code, params });
const quiet: Task = { signal: new AbortController().signal, progress: () => {} };

const draft = (changes?: Partial<DraftFields>) =>
  create(school.store, TEACHER, draftOf(school.store, samples, changes)).id;
const detail = (id: string) => get(school.store, CLERK, { id });

async function signAs(
  id: string,
  act: 'approve' | 'seal',
  label: string,
  pin = PIN,
  task = quiet,
  moveBy = 0,
) {
  const token = (await keeper.list()).find((one) => one.label === label)!;
  const proposed = (await placements(school.store, { id, act })).placements;
  return sign(
    school.store,
    keeper,
    act === 'approve' ? PRINCIPAL : CLERK,
    {
      id,
      act,
      tokenId: token.id,
      certificateSha256: token.certificates.map(({ sha256 }) => sha256).join(),
      pin,
      acceptFinalTry: false,
      acceptUnchecked: false,
      acceptClock: false,
      boxes: proposed.map(({ box: { x, ...box } }) => Object.assign(box, { x: x + moveBy })),
      taskId: id,
    },
    task,
  );
}

async function readyToSign(changes?: Partial<DraftFields>): Promise<string> {
  const id = draft(changes);
  await submit(school.store, TEACHER, { id });
  await approveFormat(school.store, CLERK, { id });
  return id;
}

const bytesOf = (id: string, role: string) =>
  school.store.files.read(detail(id).attachments.find((one) => one.role === role)!.sha256);

describe('an outgoing document', () => {
  needs('pdftotext')('goes from draft to the outbox, every file an extension of the one before', async () => {
    const { store } = school;
    const incoming = await school.receive();
    register(store, CLERK, { id: incoming, confirmDuplicate: false });
    direct(store, PRINCIPAL, {
      id: incoming,
      mainHandlerId: TEACHER.id,
      otherHandlerIds: [],
      dueDate: null,
      opinion: 'Trả lời',
    });
    start(store, TEACHER, { id: incoming });

    const id = draft({ replyToId: incoming });
    expect(get(store, TEACHER, { id })).toMatchObject({
      state: 'draft',
      actions: ['submit', 'edit', 'cancel'],
    });
    const files = [bytesOf(id, 'main')];
    const keep = () => files.push(bytesOf(id, 'main'));
    await submit(store, TEACHER, { id });
    expect(detail(id).checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    await approveFormat(store, CLERK, { id });
    await expect(number(store, CLERK, { id })).rejects.toThrow(refusal('documents.not-signed'));

    const signed = await signAs(id, 'approve', 'principal');
    keep();
    expect(signed.verification).toMatchObject({ verdict: 'valid', signatures: [{ certification: 2 }] });
    expect(await number(store, CLERK, { id })).toEqual({ code: '01/THPTVD-VP', issuedDate: '2026-11-20' });
    keep();
    const sealed = await signAs(id, 'seal', 'seal');
    keep();
    expect(sealed.verification.signatures.map(({ signer }) => signer?.name)).toEqual([
      PRINCIPAL.name,
      'Trường THPT Ví Dụ',
    ]);
    await issue(store, CLERK, { id });

    for (const [n, earlier] of files.slice(0, -1).entries())
      expect(files[n + 1]?.subarray(0, earlier.length).equals(earlier)).toBe(true);
    expect(execFileSync('pdftotext', ['-', '-'], { input: files.at(-1)! }).toString()).toMatch(
      /Số:\s+01\s+\/THPTVD/,
    );
    const appendix = bytesOf(id, 'appendix');
    expect(appendix.subarray(0, samples.appendix.length).equals(Buffer.from(samples.appendix))).toBe(true);
    expect(appendix.length).toBeGreaterThan(samples.appendix.length);

    const message = school.waiting().at(-1) as EdocMessage;
    expect(message).toMatchObject({
      documentId: 'H99.05.021,2026/11/20,01/THPTVD-VP',
      number: '01',
      notation: 'THPTVD-VP',
      subject: 'V/v báo cáo số liệu đầu năm học 2026-2027',
      to: [{ organId: 'H99.05' }, { organId: '000.00.07.H99' }],
      responseFor: [{ organId: 'H99.05', code: '301/SGDĐT-VP' }],
      signer: { position: 'HIỆU TRƯỞNG', fullName: PRINCIPAL.name },
    });
    expect(message.attachments.map(({ name }) => name)).toEqual(['bao-cao.pdf', 'phu-luc.pdf']);
    expect(files.at(-1)!.equals(message.attachments[0]?.bytes ?? Buffer.of())).toBe(true);
    expect(detail(id)).toMatchObject({
      state: 'issued',
      deliveries: [{ state: 'queued' }, { state: 'queued' }],
    });
    close(store, TEACHER, { id: incoming, result: 'Đã trả lời', replyId: id });
    expect(detail(id).links).toMatchObject([{ id: incoming, relation: 'replies-to' }]);
    expect(book(store, { book: 'outgoing', from: '2026-11-20', to: '2026-11-20' }).rows[0]?.cells).toEqual({
      code: '01/THPTVD-VP',
      issuedDate: '2026-11-20',
      subject: 'Công văn: V/v báo cáo số liệu đầu năm học 2026-2027',
      signer: PRINCIPAL.name,
      recipients: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ; Sở Nội vụ tỉnh Ví Dụ',
      keeper: 'VT, VP',
      copies: 2,
      handedOver: '2026-11-20',
      receipt: null,
      note: '',
    });
  });

  it('is returned as it was given, and can be changed and submitted again', async () => {
    const { store } = school;
    const id = draft();
    const before = bytesOf(id, 'main');
    await submit(store, TEACHER, { id });
    expect(bytesOf(id, 'main').equals(before)).toBe(false);
    giveBack(store, CLERK, { id, reason: 'Thiếu nơi nhận' });
    expect(detail(id)).toMatchObject({ state: 'draft', returnedReason: 'Thiếu nơi nhận' });
    expect(bytesOf(id, 'main').equals(before)).toBe(true);
    change(store, TEACHER, { id, ...draftOf(store, samples, { recipients: [] }) });
    await submit(store, TEACHER, { id });
    expect(detail(id)).toMatchObject({ state: 'checking', returnedReason: null });
    expect(detail(id).checks).toContainEqual({ rule: 'recipients', result: 'warn', params: { count: 0 } });
  });

  it('keeps the line of a cancelled number, and the next document gets the next', async () => {
    const { store } = school;
    const [first, second] = [await readyToSign(), await readyToSign()];
    for (const id of [first, second]) await signAs(id, 'approve', 'principal');
    const codes = await Promise.all([
      number(store, CLERK, { id: first }),
      number(store, CLERK, { id: second }),
    ]);
    expect(codes.map(({ code }) => code).sort()).toEqual(['01/THPTVD-VP', '02/THPTVD-VP']);
    cancel(store, PRINCIPAL, { id: first, reason: 'Nội dung không còn cần' });
    const { rows } = book(store, { book: 'outgoing', from: '2026-11-20', to: '2026-11-20' });
    expect(rows.map(({ cells }) => cells.note).filter(Boolean)).toEqual(['Hủy số: Nội dung không còn cần']);
    expect(list(store, TEACHER, { ...page, states: ['cancelled'] }, 'own').rows).toMatchObject([
      { id: first },
    ]);
  });
});

const page: ParsedArgument<'outgoing.list'> = {
  states: [],
  text: '',
  mineOnly: false,
  sort: 'updated',
  descending: true,
  offset: 0,
  limit: 50,
};

describe('drafting refuses', () => {
  it.each([
    ['an unknown kind', { kindId: 'XX' }, 'documents.kind-unknown'],
    ['a signer without a title', { signerId: TEACHER.id }, 'documents.signer-not-authorised'],
    ['a subject marked secret', { subject: '(MẬT) V/v phương án' }, 'documents.secret'],
    ['an answer to nothing', { replyToId: '00000000-0000-4000-8000-000000000000' }, 'documents.not-found'],
  ] as const)('%s', (_, changes, code) => {
    expect(() => draft(changes)).toThrow(refusal(code));
  });

  it('a main file that is no PDF, whatever its name', () => {
    const { sha256 } = school.store.files.put(Buffer.from('PK\u0003\u0004 word'));
    expect(() => draft({ main: { sha256, name: 'van-ban.pdf' } })).toThrow(
      refusal('documents.not-pdf', { name: 'van-ban.pdf' }),
    );
  });
});

describe('submitting refuses', () => {
  it('a document without its PDF or its source', async () => {
    await expect(submit(school.store, TEACHER, { id: draft({ main: null }) })).rejects.toThrow(
      refusal('documents.main-missing'),
    );
    await expect(submit(school.store, TEACHER, { id: draft({ source: null }) })).rejects.toThrow(
      refusal('documents.source-missing'),
    );
  });

  it('a damaged PDF, and nothing has changed', async () => {
    const broken = school.store.files.put(samples.letter.subarray(0, 4000));
    const id = draft({ main: { sha256: broken.sha256, name: 'hong.pdf' } });
    await expect(submit(school.store, TEACHER, { id })).rejects.toThrow(refusal('pdf.truncated'));
    expect(detail(id).state).toBe('draft');
  });

  it('to let a blocked check go on to the signer', async () => {
    const id = draft({ kindId: 'TB' });
    await submit(school.store, TEACHER, { id });
    expect(detail(id).checks.find(({ rule }) => rule === 'notation')).toEqual({
      rule: 'notation',
      result: 'block',
      params: { notation: 'TB-THPTVD' },
    });
    await expect(approveFormat(school.store, CLERK, { id })).rejects.toThrow(
      refusal('documents.check-blocked', { count: 1 }),
    );
  });
});

describe('signing refuses', () => {
  it("somebody else's certificate, before its PIN is asked", async () => {
    const id = await readyToSign();
    await expect(signAs(id, 'approve', 'seal', 'wrong PIN')).rejects.toThrow(
      refusal('documents.not-your-certificate', { holder: 'Trường THPT Ví Dụ', expected: PRINCIPAL.name }),
    );
    expect(detail(id).state).toBe('to-sign');
  });

  it("a person's certificate for the seal", async () => {
    const id = await readyToSign();
    await signAs(id, 'approve', 'principal');
    await number(school.store, CLERK, { id });
    await expect(signAs(id, 'seal', 'principal', 'wrong PIN')).rejects.toThrow(
      refusal('documents.not-office-certificate', {
        holder: PRINCIPAL.name,
        expected: 'Trường THPT Ví Dụ',
      }),
    );
  });

  it('a certificate that was corrected to the other kind, and takes it once that is undone', async () => {
    const id = await readyToSign();
    const own = (await keeper.list())
      .flatMap(({ certificates }) => certificates)
      .find(({ subjectName }) => subjectName === PRINCIPAL.name)!;
    const correct = (kind: 'agency' | 'personal') =>
      saveSignerKind(school.store, CLERK, { fingerprint: own.sha256, kind });
    correct('agency');
    await expect(signAs(id, 'approve', 'principal', 'wrong PIN')).rejects.toThrow(
      refusal('documents.agency-certificate', { name: PRINCIPAL.name }),
    );
    correct('personal');
    expect((await signAs(id, 'approve', 'principal')).verification.verdict).toBe('valid');
  });

  it("the agency's certificate when it was corrected to a person's, and takes it once that is undone", async () => {
    const id = await readyToSign();
    await signAs(id, 'approve', 'principal');
    await number(school.store, CLERK, { id });
    const seal = (await keeper.list())
      .flatMap(({ certificates }) => certificates)
      .find(({ subjectName }) => subjectName === 'Trường THPT Ví Dụ')!;
    const correct = (kind: 'agency' | 'personal') =>
      saveSignerKind(school.store, CLERK, { fingerprint: seal.sha256, kind });
    correct('personal');
    await expect(signAs(id, 'seal', 'seal', 'wrong PIN')).rejects.toThrow(
      refusal('documents.personal-certificate', { name: 'Trường THPT Ví Dụ' }),
    );
    expect(detail(id).state).toBe('numbered');
    correct('agency');
    await signAs(id, 'seal', 'seal');
    expect(detail(id).state).toBe('sealed');
  });

  it('a wrong PIN, a missing image, a stop: the document stays as it was', async () => {
    const id = await readyToSign();
    const before = bytesOf(id, 'main');
    await expect(signAs(id, 'approve', 'principal', 'wrong PIN')).rejects.toThrow(refusal('token.wrong-pin'));
    const stop = new AbortController();
    const stopped: Task = {
      signal: stop.signal,
      progress() {
        throw Object.assign(new Error('stopped'), { code: 'host.cancelled' });
      },
    };
    await expect(signAs(id, 'approve', 'principal', PIN, stopped)).rejects.toThrow(refusal('host.cancelled'));
    expect(detail(id).state).toBe('to-sign');
    expect(bytesOf(id, 'main').equals(before)).toBe(true);
    expect((await signAs(id, 'approve', 'principal')).verification.verdict).toBe('valid');
  });

  it('to move the seal once the leader has signed, but lets the leader move both', async () => {
    const id = await readyToSign();
    await signAs(id, 'approve', 'principal', PIN, quiet, 10);
    await number(school.store, CLERK, { id });
    const [seal] = (await placements(school.store, { id, act: 'seal' })).placements;
    expect(seal?.box.width).toBeCloseTo((36 * 72) / 25.4, 1);
    await expect(signAs(id, 'seal', 'seal', PIN, quiet, 5)).rejects.toThrow(refusal('pdf.field-cannot-move'));
    expect(detail(id).state).toBe('numbered');
  });

  it('without the image of the handwriting or of the seal', async () => {
    const { store } = school;
    connectionOf(store.tables).exec('DELETE FROM images');
    const id = await readyToSign();
    await expect(signAs(id, 'approve', 'principal')).rejects.toThrow(
      refusal('documents.image-missing', { what: PRINCIPAL.name }),
    );
  });
});

describe('a signed document', () => {
  it('whose signature no longer holds is neither numbered nor sealed', async () => {
    const { store } = school;
    const id = await readyToSign();
    await signAs(id, 'approve', 'principal');
    const bytes = bytesOf(id, 'main');
    const at = bytes.indexOf('/Type /Page') + 7;
    bytes.write('X', at);
    const forged = store.files.put(bytes).sha256;
    connectionOf(store.tables).exec(`UPDATE attachments SET file = '${forged}' WHERE role = 'main'`);
    await expect(number(store, CLERK, { id })).rejects.toThrow(refusal('documents.signature-invalid'));
    expect(detail(id)).toMatchObject({ state: 'signed', code: '' });
  });

  it('needs an office whose code stands in its number', async () => {
    const { store } = school;
    const id = await readyToSign();
    await signAs(id, 'approve', 'principal');
    connectionOf(store.tables).exec(`DELETE FROM settings WHERE subject = 'office'`);
    await expect(number(store, CLERK, { id })).rejects.toThrow(refusal('documents.office-missing'));
    expect(detail(id).state).toBe('signed');
  });
});
