import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NEW_DOCUMENT, type Attachment, type EdocMessage } from '../../src/main/axis/edxml-model.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { appendixPage } from '../demo/letters.ts';
import { CLERK, DEPARTMENT, PRINCIPAL, TEACHER } from '../demo/sample.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import { departmentLetter } from './school.ts';
import { deliver, documentIn, type Office, openOffice } from './set-up.ts';

/** Until the texts of all files have been read. */
const PATIENCE_MS = 60_000;
const many = 23;

let office: Office;
/** The letter that most is asked about, and the draft. */
let letter: string;
let draft: string;
beforeAll(async () => {
  office = await openOffice();
  const { clerk, principal, axis } = office;
  const send = (number: string, changes: Partial<EdocMessage> = {}) => {
    const documentId = `H99.05,2026/11/19,${number}/SGDĐT-VP`;
    const message = departmentLetter({ number, documentId, business: NEW_DOCUMENT, ...changes });
    deliver(axis, writeEdoc(message, { now: Date.now(), secrecy: '' }));
  };
  const attachments: Attachment[] = [
    ['Giấy mời họp.pdf', 'application/pdf', await drawLetter({ ...SAMPLE_LETTER, kindName: 'GIẤY MỜI' })],
    ['Danh sách đại biểu.pdf', 'application/pdf', await appendixPage('Đại biểu khối đảo xa')],
    ['Mẫu đăng ký Ơ-ric.txt', 'text/plain', Buffer.from('không đọc')],
  ].map(([name, mimeType, bytes]) => ({
    contentId: crypto.randomUUID(),
    name,
    description: '',
    mimeType,
    bytes,
  })) as Attachment[];
  send('812', {
    subject: 'V/v triệu tập Đoàn đại biểu dự Hội nghị Ưu tú',
    content: 'Phương thức trực tuyến',
    signer: { competence: 'TL. GIÁM ĐỐC', position: 'Chánh Văn phòng', fullName: 'Đặng Đình Đức' },
    attachments,
  });
  for (let n = 0; n < many; n += 1)
    send(String(500 + n), { subject: `V/v thống kê kỳ ${n}`, attachments: attachments.slice(2) });
  await office.goRound();
  letter = (await clerk.call('incoming.list', { text: '812/SGDĐT-VP' })).rows[0]!.id;
  await clerk.call('incoming.register', { id: letter });
  await principal.call('incoming.direct', {
    id: letter,
    mainHandlerId: TEACHER.id,
    otherHandlerIds: [CLERK.id],
    dueDate: null,
    opinion: 'Chuẩn bị tham luận về nghề đóng thuyền',
  });
  draft = await documentIn('draft', office, { subject: 'V/v đề nghị cấp phát phấn không bụi' });
  // Texts of PDFs are read between acts: the search finds them once they are.
  await vi.waitFor(async () => expect(await hits('tuyên dương mười hai')).toContain(letter), PATIENCE_MS);
  await vi.waitFor(async () => expect(await hits('cam kết tính chính xác')).toContain(draft), PATIENCE_MS);
});
afterAll(() => office.close());

async function hits(text: string, who = office.clerk): Promise<string[]> {
  return (await who.call('search.find', { text })).hits.map(({ id }) => id);
}

describe('an incoming document is found by', () => {
  it.each([
    ['its notation', '812/SGDĐT-VP'],
    ['its notation as typed without marks', '812/sgddt-vp'],
    ['its number', '812'],
    ['its subject', 'Đoàn đại biểu'],
    ['its subject without marks', 'doan dai bieu'],
    ['words in capitals', 'ĐOÀN ĐẠI BIỂU'],
    ['đ typed as d', 'hoi nghi uu tu'],
    ['text in parts (NFD)', 'Hội nghị Ưu tú'.normalize('NFD')],
    ['its summary', 'phuong thuc truc tuyen'],
    ['its sender', `"${DEPARTMENT.name}" 812`],
    ['its signer', 'dang dinh duc'],
    ['the beginning of a word', 'trieu t'],
    ['the name of an attachment', 'giay moi hop'],
    ['the name of an attachment that is no PDF', 'dang ky o-ric triệu'],
    ['the text of its PDF', 'thao giảng với ba mươi sáu tiết'],
    ['the text of its PDF without marks', 'thao giang ba muoi sau tiet'],
    ['the text of its second PDF', '"khối đảo xa"'],
    ['words of the fields and of the PDF together', 'doan dai bieu thao giang'],
    ['the opinion it was directed with', 'nghe dong thuyen'],
  ])('%s', async (_, text) => {
    expect(await hits(text)).toEqual([letter]);
  });

  it.each(['dai bieu phan', 'giangg', 'không đọc', '81', '"bieu dai"', 'thuyền nghề phấn'])(
    'not by %s',
    async (text) => {
      expect(await hits(text)).not.toContain(letter);
    },
  );
});

describe('an outgoing document is found by', () => {
  it.each([
    ['its subject', 'phan khong bui'],
    ['its text', 'cam ket tinh chinh xac'],
    ['the name of its file', '"Bao cao" phấn'],
    ['a recipient', 'so noi vu phan'],
    ['its signer', `${PRINCIPAL.name} phấn`],
  ])('%s', async (_, text) => {
    expect(await hits(text)).toEqual([draft]);
  });
});

describe('a search', () => {
  it('shows the words around the match, as they are written', async () => {
    const { hits } = await office.clerk.call('search.find', { text: '"ba muoi sau tiet"' });
    expect(hits).toMatchObject([
      { id: letter, kind: 'incoming', code: '812/SGDĐT-VP', party: DEPARTMENT.name },
    ]);
    expect(hits[0]!.excerpt).toContain('ba mươi sáu tiết');
  });

  it('comes in pages, newest first, each document once', async () => {
    const text = '"thong ke ky"';
    const seen: string[] = [];
    for (let offset = 0; ; offset += 10) {
      const { hits, total } = await office.clerk.call('search.find', { text, limit: 10, offset });
      expect(total).toBe(many);
      if (hits.length === 0) break;
      expect(hits.length).toBe(Math.min(10, many - offset));
      seen.push(...hits.map(({ subject }) => subject));
    }
    expect(seen).toEqual(Array.from({ length: many }, (_, n) => `V/v thống kê kỳ ${many - 1 - n}`));
  });

  it('in the list of letters comes in pages, too', async () => {
    const page = async (offset: number) =>
      office.clerk.call('incoming.list', { text: '"thống kê kỳ"', limit: 15, offset });
    const [first, second] = [await page(0), await page(15)];
    expect([first.total, first.rows.length, second.rows.length]).toEqual([many, 15, many - 15]);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(many);
  });

  it.each([
    '"',
    '*',
    'NEAR(',
    'a OR b',
    "'; DROP TABLE search; --",
    '()',
    '-',
    'text:x',
    '^',
    '\u0000',
    '😀',
  ])('takes %j as words and not as a query', async (text) => {
    expect(await office.clerk.call('search.find', { text })).toMatchObject({ hits: [], total: 0 });
    expect(await hits('doan dai bieu')).toEqual([letter]);
  });

  it('finds the same after everything was made again from the journal', async () => {
    const before = await hits('thao giang');
    await office.clerk.call('integrity.rebuild', { taskId: crypto.randomUUID() });
    expect(before).toEqual([letter]);
    expect(await hits('thao giang')).toEqual(before);
  });
});
