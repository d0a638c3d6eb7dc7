import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSchool, type School } from '../../../../tests/desk/school.ts';
import { DAY_MS, MORNING } from '../../../../tests/desk/morning.ts';
import { CLERK, PRINCIPAL, TEACHER } from '../../../../tests/demo/sample.ts';
import type { ParsedArgument } from '../../../shared/ipc/index.ts';
import type { StatusMessage } from '../../axis/edxml-model.ts';
import { requireClock } from '../common/clock.ts';
import { close, direct, refuse, register, start } from './incoming.ts';
import { get, list } from './incoming-view.ts';
import { book } from '../register/register.ts';
import { tiles } from '../today/today.ts';

let school: School;
beforeEach(() => (school = openSchool()));
afterEach(() => school.close());

const refusal = (code: string, params = {}) => expect.objectContaining({ code, params });
const statuses = () =>
  (school.waiting() as StatusMessage[]).map(({ code, description }) => [code, description]);

const toTeacher = (id: string) => ({
  id,
  mainHandlerId: TEACHER.id,
  otherHandlerIds: [CLERK.id, TEACHER.id, CLERK.id],
  dueDate: '2026-11-25',
  opinion: 'Giao tổ chuyên môn tổng hợp',
});

describe('an incoming document', () => {
  it('goes from arrival to its end, and the sender hears of each step', async () => {
    const { store } = school;
    const id = await school.receive();
    expect(get(store, CLERK, { id })).toMatchObject({
      state: 'arrived',
      sender: { code: 'H99.05', name: 'Sở Giáo dục và Đào tạo tỉnh Ví Dụ' },
      code: '301/SGDĐT-VP',
      actions: ['register', 'refuse'],
      verdict: null,
    });
    expect(register(store, CLERK, { id, confirmDuplicate: false })).toEqual({
      arrivalNumber: 1,
      arrivalDate: '2026-11-20',
    });
    direct(store, PRINCIPAL, toTeacher(id));
    expect(get(store, TEACHER, { id })).toMatchObject({
      direction: {
        by: PRINCIPAL.name,
        assignments: [
          { name: TEACHER.name, part: 'main' },
          { name: CLERK.name, part: 'other' },
        ],
      },
      actions: ['start', 'reply'],
    });
    start(store, TEACHER, { id });
    close(store, TEACHER, { id, result: 'Đã tổng hợp, không phải trả lời', replyId: null });
    expect(get(store, TEACHER, { id })).toMatchObject({ state: 'closed', actions: [] });
    expect(statuses()).toEqual([
      ['01', ''],
      ['03', 'Số đến 1'],
      ['04', 'Chủ trì: Tổ Toán - Tin'],
      ['05', ''],
      ['06', ''],
    ]);
    const [status] = school.waiting() as StatusMessage[];
    expect(status).toMatchObject({
      from: { organId: 'H99.05.021' },
      responseFor: { organId: 'H99.05', code: '301/SGDĐT-VP', documentId: 'H99.05,2026/11/19,301/SGDĐT-VP' },
      at: MORNING,
    });
  });

  it('is returned with the reason', async () => {
    const id = await school.receive();
    refuse(school.store, CLERK, { id, reason: 'Gửi sai nơi nhận' });
    expect(statuses().at(-1)).toEqual(['02', 'Gửi sai nơi nhận']);
    expect(get(school.store, CLERK, { id })).toMatchObject({ state: 'refused', refusal: { by: CLERK.name } });
    expect(() => register(school.store, CLERK, { id, confirmDuplicate: false })).toThrow(
      refusal('documents.wrong-state'),
    );
  });

  it('takes each step once and in order', async () => {
    const { store } = school;
    const id = await school.receive();
    expect(() => direct(store, PRINCIPAL, toTeacher(id))).toThrow(refusal('documents.wrong-state'));
    expect(() => start(store, TEACHER, { id })).toThrow(refusal('documents.wrong-state'));
    register(store, CLERK, { id, confirmDuplicate: false });
    expect(() => register(store, CLERK, { id, confirmDuplicate: false })).toThrow(
      refusal('documents.wrong-state'),
    );
    expect(() => close(store, TEACHER, { id, result: 'xong', replyId: null })).toThrow(
      refusal('documents.wrong-state'),
    );
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(() => start(store, TEACHER, { id: nowhere })).toThrow(refusal('documents.not-found'));
    expect(() => direct(store, PRINCIPAL, { ...toTeacher(id), mainHandlerId: 'ai-do' })).toThrow(
      refusal('documents.no-such-person'),
    );
  });

  it('is closed with a reply only when that has a number', async () => {
    const { store } = school;
    const id = await school.receive();
    register(store, CLERK, { id, confirmDuplicate: false });
    direct(store, PRINCIPAL, toTeacher(id));
    start(store, TEACHER, { id });
    const replyId = '00000000-0000-4000-8000-000000000000';
    expect(() => close(store, TEACHER, { id, result: 'Đã trả lời', replyId })).toThrow(
      refusal('documents.reply-missing'),
    );
  });

  it('is marked as read by each person for themselves', async () => {
    const { store } = school;
    const id = await school.receive();
    const unread = (person: typeof CLERK) =>
      list(store, person, { ...everything, sort: 'arrived' }, 'all').rows.map((row) => row.unread);
    get(store, CLERK, { id });
    get(store, CLERK, { id });
    expect([unread(CLERK), unread(PRINCIPAL)]).toEqual([[false], [true]]);
  });
});

const everything: ParsedArgument<'incoming.list'> = {
  states: [],
  text: '',
  urgentOnly: false,
  overdueOnly: false,
  mineOnly: false,
  sort: 'arrived',
  descending: true,
  offset: 0,
  limit: 50,
};

describe('arrival numbers', () => {
  it('run without gaps within the Vietnamese calendar year', async () => {
    const { store, clock } = school;
    const [first, second, third] = [await school.receive(), await school.receive(), await school.receive()];
    const numbers: number[] = [];
    const take = (id: string) =>
      numbers.push(register(store, CLERK, { id, confirmDuplicate: false }).arrivalNumber);
    take(first);
    expect(() => take(first)).toThrow(refusal('documents.wrong-state'));
    clock.now = Date.parse('2026-12-31T23:59:59+07:00');
    take(second);
    clock.now += 1000;
    take(third);
    expect(numbers).toEqual([1, 2, 1]);
    const lines = book(store, { book: 'incoming', from: '2026-01-01', to: '2027-12-31' }).rows;
    expect(lines.map(({ cells }) => [cells.arrivalDate, cells.arrivalNumber])).toEqual([
      ['2026-11-20', 1],
      ['2026-12-31', 2],
      ['2027-01-01', 1],
    ]);
  });

  it('are not given by a clock that has gone back', async () => {
    const { store, clock } = school;
    const [first, second] = [await school.receive(), await school.receive()];
    register(store, CLERK, { id: first, confirmDuplicate: false });
    for (const now of [clock.now - DAY_MS, Date.parse('2025-06-01T08:00:00+07:00')]) {
      clock.now = now;
      expect(() => register(store, CLERK, { id: second, confirmDuplicate: false })).toThrow(
        expect.objectContaining({ code: 'documents.clock-back' }),
      );
      // Whoever says that this time is right still gets no number before the last one's day.
      requireClock(store, true);
      expect(() => register(store, CLERK, { id: second, confirmDuplicate: false })).toThrow(
        refusal('documents.clock-behind', { date: '20/11/2026' }),
      );
    }
  });

  it('are given to a document like one registered before only after confirmation', async () => {
    const { store } = school;
    const first = await school.receive({ number: '77' });
    const again = await school.receive({ number: '077', subject: 'V/v báo cáo (đính chính)' });
    const other = await school.receive({ number: '78' });
    register(store, CLERK, { id: first, confirmDuplicate: false });
    register(store, CLERK, { id: other, confirmDuplicate: false });
    expect(get(store, CLERK, { id: again }).duplicateOf).toEqual({ id: first, arrivalNumber: 1 });
    expect(() => register(store, CLERK, { id: again, confirmDuplicate: false })).toThrow(
      refusal('documents.duplicate', { number: 1 }),
    );
    expect(register(store, CLERK, { id: again, confirmDuplicate: true }).arrivalNumber).toBe(3);
    const line = book(store, { book: 'incoming', from: '2026-11-20', to: '2026-11-20' }).rows[2];
    expect(line?.cells.note).toContain('Trùng');
  });
});

describe('lists and tiles', () => {
  it('filter by state, urgency, deadline, handler and words', async () => {
    const { store, clock } = school;
    const urgent = await school.receive({ priority: 2, subject: 'V/v phòng chống bão số 5' });
    const plain = await school.receive();
    register(store, CLERK, { id: urgent, confirmDuplicate: false });
    direct(store, PRINCIPAL, toTeacher(urgent));
    const ids = (filter: object, person = CLERK) =>
      list(store, person, { ...everything, ...filter }, 'all').rows.map(({ id }) => id);
    expect(ids({})).toEqual([plain, urgent]);
    expect(ids({ descending: false })).toEqual([urgent, plain]);
    expect(ids({ states: ['arrived'] })).toEqual([plain]);
    expect(ids({ urgentOnly: true })).toEqual([urgent]);
    expect(ids({ text: 'chong bao' })).toEqual([urgent]);
    expect(ids({ mineOnly: true }, TEACHER)).toEqual([urgent]);
    expect(list(store, TEACHER, everything, 'own').total).toBe(1);
    expect(list(store, CLERK, { ...everything, offset: 1, limit: 1 }, 'all')).toMatchObject({
      total: 2,
      rows: [{ id: urgent }],
    });
    expect(ids({ overdueOnly: true })).toEqual([]);
    clock.now += 6 * DAY_MS;
    expect(ids({ overdueOnly: true })).toEqual([urgent]);
  });

  it('count what waits for whoever sits there', async () => {
    const { store } = school;
    const [first, second] = [await school.receive(), await school.receive()];
    register(store, CLERK, { id: first, confirmDuplicate: false });
    const counts = (person: typeof CLERK) =>
      Object.fromEntries(tiles(store, person).tiles.map(({ key, count }) => [key, count]));
    expect(counts(CLERK)).toMatchObject({ 'to-register': 1, 'to-number': 0, quarantined: 0 });
    expect(counts(PRINCIPAL)).toMatchObject({ 'to-direct': 1, 'to-sign': 0 });
    direct(store, PRINCIPAL, { ...toTeacher(first), dueDate: '2026-11-21' });
    expect(counts(TEACHER)).toEqual({ 'to-handle': 1, 'due-soon': 1, overdue: 0 });
    school.clock.now += 3 * DAY_MS;
    expect(counts(PRINCIPAL)).toMatchObject({ overdue: 1, 'due-soon': 0 });
    expect(second).not.toBe(first);
  });
});
