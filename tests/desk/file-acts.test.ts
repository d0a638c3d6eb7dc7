import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mmToPt } from '../../src/main/pdf/geometry.ts';
import { textLines } from '../../src/main/pdf/text.ts';
import { signDocument, type SigningRequest } from '../../src/main/signature/sign.ts';
import { appendixPage, requestLetter } from '../demo/letters.ts';
import type { PersonAtDesk } from '../demo/person.ts';
import { CLERK, PRINCIPAL, SCHOOL, TEACHER, TOKENS } from '../demo/sample.ts';
import {
  append,
  difference,
  drawn,
  isBlue,
  isColoured,
  isRed,
  looking,
  open,
} from '../fixtures/pdf/acting.ts';
import { pdfToText, qpdf, readLines } from '../fixtures/pdf/outside.ts';
import * as samples from '../fixtures/pdf/samples.ts';
import { softSigner } from '../pki/soft-signer.ts';
import {
  type Act,
  bytesOf,
  expectSoundFile,
  failedWith,
  receiveLetter,
  sign,
  signOne,
  withoutTimestamps,
} from './receiving.ts';
import {
  documentIn,
  expectClear,
  expectWhole,
  fileOf,
  journal,
  loginOf,
  openOffice,
  type Office,
} from './set-up.ts';
import { needs } from '../needs.ts';

needs('openssl', 'pdftotext', 'qpdf');

let office: Office;
let scan: Uint8Array;
beforeAll(async () => {
  office = await openOffice();
  await withoutTimestamps(office);
  scan = await appendixPage('Bản chụp từ bản giấy');
  await office.goRound();
});
afterAll(() => office.close());

const receive = (pdf: Uint8Array | null) => receiveLetter(office, pdf);
const expectSound = (person: PersonAtDesk, sha256: string, signatures: number) =>
  expectSoundFile(office, person, sha256, signatures);

describe('arrival stamp and opinions on a received letter', () => {
  it('go on one derived file, one over the other; the file received stays as it came', async () => {
    const { clerk, principal, teacher } = office;
    const { rows } = await clerk.call('incoming.list', { states: ['arrived'] });
    const { id } = rows[0]!;
    const before = await clerk.call('incoming.get', { id });
    expect(before.fileActs).toEqual([]);
    const stamp = { kind: 'incoming', id, forwardTo: 'Tổ Văn phòng', fileCode: '01.VP' } as const;
    expect(await clerk.refusal('file-act.plan', { act: stamp })).toBe('documents.wrong-state');

    const { arrivalNumber } = await clerk.call('incoming.register', { id });
    expect((await clerk.call('incoming.get', { id })).fileActs).toEqual(['incoming', 'copy']);
    expect((await principal.call('incoming.get', { id })).fileActs).toEqual(['comment']);
    const { placements } = await clerk.call('file-act.plan', { act: stamp });
    const received = fileOf(before, 'main');
    expect(placements).toMatchObject([{ role: 'incoming', sha256: received, box: { page: 1 }, image: null }]);
    const stamped = await signOne(clerk, stamp, TOKENS.agency, [placements[0]!.box]);
    expect(stamped).toMatchObject({ outcome: 'signed', problem: null, notes: [] });
    expect(stamped.signedAt).toBeGreaterThan(Date.now() - 60_000);
    // What the screen shows before is what is signed.
    const preview = Buffer.from(placements[0]!.drawing!, 'base64');
    expect(pdfToText(preview).normalize('NFC')).toContain('Chuyển: Tổ Văn phòng');

    await principal.call('incoming.direct', {
      id,
      mainHandlerId: TEACHER.id,
      otherHandlerIds: [],
      dueDate: null,
      opinion: 'Giao Tổ Toán - Tin làm báo cáo.',
    });
    const text = 'Giao Tổ Toán - Tin làm báo cáo,\ntrình tôi trước ngày 25/11.';
    const comment = { kind: 'comment', id, text } as const;
    const first = await signOne(principal, comment, TOKENS.principal);
    const second = await signOne(principal, { ...comment, text: 'Văn phòng theo dõi.' }, TOKENS.principal);

    const detail = await teacher.call('incoming.get', { id });
    expect(fileOf(detail, 'main')).toBe(received);
    expect(detail.attachments.filter(({ role }) => role === 'annotated')).toMatchObject([
      { sha256: second.file.sha256, name: second.file.name },
    ]);
    expect(second.file.name).toMatch(/ - có dấu đến, bút phê\.pdf$/);
    const files = [
      await bytesOf(clerk, received),
      await bytesOf(clerk, stamped.file.sha256),
      await expectSound(teacher, second.file.sha256, 5),
    ];
    const [letter, once, last] = files as [Buffer, Buffer, Buffer];
    expect(last.subarray(0, once.length).equals(once)).toBe(true);
    expect(once.subarray(0, letter.length).equals(letter)).toBe(true);
    expect(first.file.sha256).not.toBe(second.file.sha256);
    const words = pdfToText(last).normalize('NFC').replace(/\s+/g, ' ');
    for (const said of [
      SCHOOL.name.toLocaleUpperCase('vi'),
      `Số: ${arrivalNumber}`,
      'Chuyển: Tổ Văn phòng',
      'Số và ký hiệu HS: 01.VP',
      text.replace('\n', ' '),
      `${PRINCIPAL.title} ${PRINCIPAL.name}`,
      'Văn phòng theo dõi.',
    ])
      expect(words).toContain(said);
    const frame = difference(letter, once)!;
    expect(Math.abs(frame.width - mmToPt(50))).toBeLessThan(mmToPt(0.5));
    expect(Math.abs(frame.height - mmToPt(35))).toBeLessThan(mmToPt(0.5));
    // A document counts by what was received.
    await expect
      .poll(async () => (await clerk.call('incoming.get', { id })).official?.verdict, { timeout: 30_000 })
      .toBe('original');

    expect(await clerk.refusal('file-act.plan', { act: stamp })).toBe('documents.already-stamped');
    const { entries } = await clerk.call('history.of', { id });
    expect(entries.filter(({ type }) => /stamped|commented/.test(type))).toMatchObject([
      { type: 'incoming.stamped', detail: { forwardTo: 'Tổ Văn phòng', fileCode: '01.VP' } },
      { type: 'incoming.commented', actor: PRINCIPAL.name, detail: { opinion: text } },
      { type: 'incoming.commented', detail: { opinion: 'Văn phòng theo dõi.' } },
    ]);
    const evidence = journal(office.dataDir).find(({ type }) => type === 'incoming.stamped')!;
    expect(JSON.parse(evidence.data)).toMatchObject({
      signature: { role: 'incoming', before: { file: received }, tokenLabel: TOKENS.agency.label },
    });
  });

  it('can be put elsewhere by the person, at the size of the mark', async () => {
    const pdf = await requestLetter('99', '2026-11-19');
    const id = await receive(pdf);
    const stamp = { kind: 'incoming', id } as const;
    const box = { page: 1, x: 300, y: 640, width: 10, height: 10 };
    const { file } = await signOne(office.clerk, stamp, TOKENS.agency, [box]);
    const frame = difference(pdf, await bytesOf(office.clerk, file.sha256))!;
    expect(frame).toMatchObject({ x: expect.closeTo(300, 0), y: expect.closeTo(640, 0) });
    expect(Math.abs(frame.width - mmToPt(50))).toBeLessThan(1);
    expect(
      await office.clerk.call('file-act.sign', {
        items: [{ act: { kind: 'incoming', id: await receive(pdf) }, boxes: [{ ...box, page: 9 }] }],
        ...(await loginOf(office.clerk, TOKENS.agency)),
      }),
    ).toMatchObject({ items: [{ outcome: 'failed', problem: { code: 'pdf.no-such-page' } }] });
  });

  it('are refused, before any PIN, on a file its sender or its structure closes', async () => {
    const letter = await requestLetter('99', '2026-11-19');
    const sender = softSigner(office.demo.pki.principal);
    const closing = async (how: Pick<SigningRequest, 'docMdp' | 'fieldLock'>) => {
      const target = { kind: 'new', page: 0, box: { x: 60, y: 600, width: 90, height: 40 } } as const;
      const { tail } = await signDocument(open(letter), { target, ...how }, sender);
      return append(letter, tail);
    };
    const closed: readonly (readonly [Uint8Array | null, string])[] = [
      [await closing({ docMdp: 1 }), 'documents.received-certified'],
      [await closing({ docMdp: 2 }), 'documents.received-no-field'],
      [await closing({ fieldLock: { action: 'All', fields: [] } }), 'documents.received-locked'],
      [
        qpdf(letter, '--encrypt', '', 'owner', '256', '--modify=none', '--annotate=n', '--'),
        'documents.received-restricted',
      ],
      [qpdf(letter, '--encrypt', 'user', 'owner', '256', '--'), 'pdf.password-needed'],
      [samples.trailingJunk(), 'documents.copy-offered'],
      [samples.truncated(), 'documents.copy-offered'],
      [null, 'documents.received-no-pdf'],
    ];
    for (const [pdf, code] of closed) {
      const id = await receive(pdf);
      const before = (await office.clerk.call('incoming.get', { id })).attachments;
      for (const [person, act] of [
        [office.clerk, { kind: 'incoming', id }],
        [office.principal, { kind: 'comment', id, text: 'Đồng ý' }],
      ] as const)
        expect(await person.refusal('file-act.plan', { act }), code).toBe(code);
      const { items } = await sign(office.clerk, [{ kind: 'incoming', id }], TOKENS.agency);
      expect(failedWith(items[0])).toBe(code);
      expect((await office.clerk.call('incoming.get', { id })).attachments.length).toBe(before.length);
    }
  });

  it('take the certificate of whoever acts', async () => {
    const id = await receive(await requestLetter('99', '2026-11-19'));
    const stamp = { items: [{ act: { kind: 'incoming' as const, id }, boxes: [] }] };
    const login = await loginOf(office.clerk, TOKENS.principal);
    expect(await office.clerk.refusal('file-act.sign', { ...stamp, ...login })).toBe(
      'documents.not-office-certificate',
    );
    const opinion = { items: [{ act: { kind: 'comment' as const, id, text: 'Đồng ý' }, boxes: [] }] };
    const seal = await loginOf(office.principal, TOKENS.agency);
    expect(await office.principal.refusal('file-act.sign', { ...opinion, ...seal })).toBe(
      'documents.not-your-certificate',
    );
    expect((await office.clerk.call('incoming.get', { id })).fileActs).toContain('incoming');
  });
});

describe('copies', () => {
  const copyOf = (
    id: string | null,
    file: { sha256: string; name: string },
    form: 'SY' | 'SL' | 'TrS' = 'SY',
    orderedById: string = PRINCIPAL.id,
  ) => ({ kind: 'copy', id, file, form, orderedById }) as const;

  it('d: say form, agency and time in black at size 10 in the top right corner, and are kept with the document', async () => {
    const { clerk, teacher } = office;
    const id = await receive(await requestLetter('99', '2026-11-19'));
    const source = await clerk.addFile('Ban chup.pdf', scan);
    const { file } = await signOne(clerk, copyOf(id, source), TOKENS.agency);
    expect(file.name).toBe('Ban chup - sao y.pdf');
    const bytes = await expectSound(clerk, file.sha256, 1);
    expect(Buffer.compare(bytes.subarray(0, scan.length), scan)).toBe(0);
    const marks = readLines(bytes).filter(({ text }) =>
      /^(Sao y|Trường THPT Ví Dụ|Thời gian ký: .*)$/.test(text),
    );
    expect(marks.map(({ text }) => text)).toEqual([
      'Sao y',
      SCHOOL.name,
      expect.stringMatching(/^Thời gian ký: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/),
    ]);
    expect(marks.every(({ size }) => Math.abs(size - 10) < 0.1)).toBe(true);
    expect(pdfToText(bytes)).toContain(
      `Bản điện tử chuyển đổi từ văn bản giấy – ${SCHOOL.name} – ${CLERK.name} – 20`,
    );
    const ink = difference(scan, bytes)!;
    expect(Math.max(mmToPt(210) - ink.x - ink.width, ink.y)).toBeLessThan(mmToPt(20));
    expect(drawn(bytes, isColoured)).toBeUndefined();
    const again = await signOne(clerk, copyOf(id, source, 'TrS'), TOKENS.agency);
    const detail = await clerk.call('incoming.get', { id });
    expect(detail.attachments.filter(({ role }) => role === 'copy').map(({ name }) => name)).toEqual([
      'Ban chup - sao y.pdf',
      'Ban chup - trích sao.pdf',
    ]);
    expect(again.file.sha256).not.toBe(file.sha256);
    const { entries } = await clerk.call('history.of', { id });
    expect(entries.filter(({ type }) => type === 'copy.made')).toMatchObject([
      { actor: CLERK.name, detail: { form: 'SY', orderedBy: PRINCIPAL.name } },
      { detail: { form: 'TrS' } },
    ]);
    await expect(teacher.filePath(file.sha256)).rejects.toMatchObject({ code: 'documents.file-not-yours' });
  });

  it('are made of an unsigned file of the document, of an issued one, and of a paper without a record', async () => {
    const { clerk } = office;
    const id = await receive(await requestLetter('99', '2026-11-19'));
    const main = (await clerk.call('incoming.get', { id })).attachments[0]!;
    const { file } = await signOne(
      clerk,
      copyOf(id, { sha256: main.sha256, name: main.name }, 'SL'),
      TOKENS.agency,
    );
    expect(pdfToText(await bytesOf(clerk, file.sha256))).toContain('Sao lục');
    const issued = await documentIn('issued', office);
    const source = await clerk.addFile('Ban chup.pdf', scan);
    expect((await clerk.call('outgoing.get', { id: issued })).fileActs).toEqual(['copy']);
    const ofIssued = await signOne(clerk, copyOf(issued, source), TOKENS.agency);
    const detail = await clerk.call('outgoing.get', { id: issued });
    expect(fileOf(detail, 'copy')).toBe(ofIssued.file.sha256);
    const free = await signOne(clerk, copyOf(null, source), TOKENS.agency);
    const { rows } = await clerk.call('file-act.list', {});
    expect(rows[0]).toMatchObject({ sha256: free.file.sha256, form: 'SY', holder: 'office' });
  });

  it('are refused of what bears a digital signature, of what is not finished, and without the head', async () => {
    const { clerk, teacher } = office;
    const { rows } = await clerk.call('incoming.list', { text: 'so lieu' });
    const signed = await clerk.call('incoming.get', { id: rows.at(-1)!.id });
    const file = { sha256: fileOf(signed, 'main'), name: 'x.pdf' };
    const plan = async (act: Act) => {
      const answer = await clerk.answer('file-act.plan', { act });
      if (answer.ok) throw new Error('not refused');
      expectClear(answer);
      return answer.code;
    };
    expect(await plan(copyOf(signed.id, file))).toBe('documents.copy-of-signed');
    expect(await plan(copyOf(null, file, 'TrS'))).toBe('documents.copy-of-signed');
    const source = await clerk.addFile('Ban chup.pdf', scan);
    expect(await plan(copyOf(signed.id, source, 'SY', TEACHER.id))).toBe('documents.copy-not-ordered');
    expect(await plan(copyOf(await documentIn('numbered', office), source))).toBe('documents.wrong-state');
    const foreign = await teacher.addFile('rieng.pdf', samples.classicTable());
    expect(await plan(copyOf(signed.id, foreign))).toBe('documents.file-not-yours');
  });
});

describe('any file', () => {
  const general = (file: { sha256: string; name: string }, holder: 'person' | 'office' = 'person') =>
    ({ kind: 'general', file, holder }) as const;

  it('is signed with one PIN among others; one that is damaged stops only itself', async () => {
    const { principal, clerk, teacher } = office;
    const names = ['Bang diem.pdf', 'Hong.pdf', 'Ke hoach.pdf'];
    const files = [
      await principal.addFile(names[0]!, scan),
      await principal.addFile(names[1]!, samples.truncated()),
      await principal.addFile(names[2]!, samples.classicTable()),
    ];
    const { items, stopped } = await sign(
      principal,
      files.map((file) => general(file)),
      TOKENS.principal,
    );
    expect(stopped).toBeNull();
    expect(items.map(({ outcome }) => outcome)).toEqual(['signed', 'failed', 'signed']);
    expect(failedWith(items[1])).toBe('documents.copy-offered');
    const made = items.flatMap(({ file }) => file ?? []);
    expect(made.map(({ name }) => name)).toEqual(['Bang diem - đã ký.pdf', 'Ke hoach - đã ký.pdf']);
    const bytes = await expectSound(principal, made[0]!.sha256, 1);
    const words = pdfToText(bytes).normalize('NFC');
    expect(words).toContain(`Người ký: ${PRINCIPAL.name}`);
    expect(words).toContain(`Cơ quan: ${SCHOOL.name}`);
    const { rows, total } = await principal.call('file-act.list', {});
    expect([total, rows.map(({ name }) => name)]).toEqual([2, [made[1]!.name, made[0]!.name]]);
    expect(rows[1]).toMatchObject({ form: null, holder: 'person', size: bytes.length });
    for (const other of [clerk, teacher]) {
      const listed = await other.call('file-act.list', {});
      expect(listed.rows.map(({ sha256 }) => sha256)).not.toContain(made[0]!.sha256);
      await expect(other.filePath(made[0]!.sha256)).rejects.toMatchObject({
        code: 'documents.file-not-yours',
      });
    }
  });

  it('is signed by the clerk with the certificate of the agency', async () => {
    const { clerk } = office;
    const source = await clerk.addFile('Thong bao.pdf', scan);
    const { file } = await signOne(clerk, general(source, 'office'), TOKENS.agency);
    const words = pdfToText(await expectSound(clerk, file.sha256, 1)).normalize('NFC');
    expect(words).toContain(`Người ký: ${SCHOOL.name}`);
    expect(words).not.toContain('Cơ quan:');
  });

  it('is not begun with a wrong PIN, and what was signed before a cancel stays', async () => {
    const { principal } = office;
    const file = await principal.addFile('x.pdf', scan);
    const login = await loginOf(principal, TOKENS.principal);
    const items = [{ act: general(file), boxes: [] }];
    expect(await principal.refusal('file-act.sign', { items, ...login, pin: 'sai-roi' })).toBe(
      'token.wrong-pin',
    );
    const before = (await principal.call('file-act.list', {})).total;
    const many = Array.from({ length: 40 }, () => items[0]!);
    const signing = principal.call('file-act.sign', { items: many, ...login });
    while ((await principal.call('file-act.list', {})).total === before) await new Promise(setImmediate);
    await principal.call('task.cancel', { taskId: login.taskId });
    const { items: outcomes, stopped } = await signing;
    const signed = outcomes.filter(({ outcome }) => outcome === 'signed').length;
    expect(stopped?.code).toBe('host.cancelled');
    expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(signed).toBeGreaterThan(0);
    expect((await principal.call('file-act.list', {})).total).toBe(before + signed);
  });
});

describe('the time of signing on a mark', () => {
  it('is written as the office wants it, wherever it stands', async () => {
    const { clerk, principal } = office;
    const file = await clerk.addFile('Ban chup.pdf', scan);
    const id = await receive(await requestLetter('99', '2026-11-19'));
    const numbered = await documentIn('numbered', office);
    const wanted = {
      VGCA: /: \d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d \+07:00$/,
      VN: /: \d\d-\d\d-\d{4} \d\d:\d\d:\d\d \+07:00$/,
      ISO: /: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/,
    } as const;
    for (const [markTime, form] of Object.entries(wanted)) {
      await clerk.call('settings.save-office', { ...SCHOOL, markTime: markTime as keyof typeof wanted });
      const copy = { kind: 'copy', id: null, file, form: 'SY', orderedById: PRINCIPAL.id } as const;
      const plans = [
        await clerk.call('file-act.plan', { act: copy }),
        await clerk.call('file-act.plan', { act: { kind: 'general', file, holder: 'office' } }),
        await principal.call('file-act.plan', { act: { kind: 'comment', id, text: 'Đồng ý' } }),
        await clerk.call('signing.placements', { id: numbered, act: 'seal' }),
      ];
      for (const { placements } of plans) expect(placements.at(-1)?.lines.at(-1)).toMatch(form);
    }
  });
});

describe('the block Nơi nhận of a file', () => {
  it('comes with every place on it, with the share of it that may be covered', async () => {
    const { clerk, principal } = office;
    const id = await receive(await requestLetter('99', '2026-11-19'));
    const toSign = await documentIn('to-sign', office);
    const numbered = await documentIn('numbered', office);
    const scanned = await clerk.addFile('Ban chup.pdf', scan);
    const approval = await principal.call('signing.placements', { id: toSign, act: 'approve' });
    const sealing = await clerk.call('signing.placements', { id: numbered, act: 'seal' });
    const opinion = await principal.call('file-act.plan', { act: { kind: 'comment', id, text: 'Đồng ý' } });
    const copy = { kind: 'copy', id: null, file: scanned, form: 'SY', orderedById: PRINCIPAL.id } as const;
    const copying = await clerk.call('file-act.plan', { act: copy });
    // The heading and the three lines of the reply.
    expect(approval.placements[0]?.recipients).toMatchObject({ mostCovered: 0.2 });
    expect(approval.placements[0]?.recipients?.lines).toHaveLength(4);
    expect(opinion.placements[0]?.recipients?.lines.length).toBeGreaterThan(1);
    expect(copying.placements[0]?.recipients).toBeNull();
    for (const { role, recipients } of sealing.placements)
      expect(recipients?.lines.length).toBe(role === 'appendix' ? undefined : 4);
  });
});

describe('the form of a copy on its mark', () => {
  it('is written as the office wants it', async () => {
    const { clerk } = office;
    const file = await clerk.addFile('Ban chup.pdf', scan);
    for (const [copyCase, words] of [
      ['upper', 'SAO Y'],
      ['sentence', 'Sao y'],
    ] as const) {
      await clerk.call('settings.save-office', { ...SCHOOL, copyCase });
      const act = { kind: 'copy', id: null, file, form: 'SY', orderedById: PRINCIPAL.id } as const;
      const { placements } = await clerk.call('file-act.plan', { act });
      expect(placements[0]?.lines[0]).toBe(words);
      const made = await signOne(clerk, act, TOKENS.agency);
      expect(made.file.name).toBe('Ban chup - sao y.pdf');
      expect(readLines(await bytesOf(clerk, made.file.sha256)).map(({ text }) => text)).toContain(words);
    }
  });
});

describe('an outgoing document (acceptance checks of the domain, 2.5)', () => {
  it('bears the image between title and name, the seal at its real size over its left third, appendices a mark', async () => {
    const { clerk, teacher } = office;
    const id = await documentIn('sealed', office);
    const detail = await teacher.call('outgoing.get', { id });
    const sealed = await expectSound(clerk, fileOf(detail, 'main'), 2);
    const image = drawn(sealed, isBlue)!;
    const seal = drawn(sealed, isRed)!;
    // a
    const onPage = await looking(sealed, async ({ text }) => textLines(await text.page(0), 1.5));
    const title = onPage.find(({ text }) => text === PRINCIPAL.title)!;
    const name = onPage.find(({ text }) => text === PRINCIPAL.name)!;
    const middle = {
      x: (title.x + title.width / 2 + name.x + name.width / 2) / 2,
      y: (title.y + title.height + name.y) / 2,
    };
    const off = Math.hypot(image.x + image.width / 2 - middle.x, image.y + image.height / 2 - middle.y);
    expect(off).toBeLessThan(mmToPt(2));
    // b, c
    const overlap = (seal.x + seal.width - image.x) / image.width;
    expect(overlap).toBeGreaterThanOrEqual(0.3);
    expect(overlap).toBeLessThanOrEqual(0.37);
    for (const side of [seal.width, seal.height])
      expect(Math.abs(side - mmToPt(SCHOOL.sealDiameterMm))).toBeLessThan(mmToPt(0.5));
    // d, f: one signature of the agency each, text alone.
    const appendix = detail.attachments.filter(({ role }) => role === 'appendix');
    expect(appendix).toHaveLength(1);
    const marked = await expectSound(clerk, appendix[0]!.sha256, 1);
    const lines = readLines(marked).filter(({ text }) => /^(Số: |Thời gian ký: )/.test(text));
    expect(lines.map(({ text }) => text)).toEqual([`Số: ${detail.code}`, expect.stringMatching(/\+07:00$/)]);
    expect(lines.every(({ size }) => Math.abs(size - 10) < 0.1)).toBe(true);
    expect(drawn(marked, isColoured)).toBeUndefined();
    const { signatures } = await clerk.call('verification.of', { sha256: appendix[0]!.sha256 });
    expect(signatures.map(({ signer }) => signer?.name)).toEqual([SCHOOL.name]);
    const path = await clerk.filePath(appendix[0]!.sha256);
    const images = execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' });
    expect(images.trim().split('\n')).toHaveLength(2);
  });
});

it('everything is on record, whole, and comes out the same when the tables are made again', async () => {
  await expectWhole(office.clerk);
});
