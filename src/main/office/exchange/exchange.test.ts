import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  departmentLetter,
  deliver,
  deliverStatus,
  exchangeWork,
  openSchool,
  type School,
} from '../../../../tests/desk/school.ts';
import { MORNING } from '../../../../tests/desk/morning.ts';
import { CLERK, DEPARTMENT, HOME_AFFAIRS, PRINCIPAL } from '../../../../tests/demo/sample.ts';
import { department } from '../../../../tests/axis/samples.ts';
import type { StatusMessage } from '../../axis/edxml-model.ts';
import { axisLineSchema, NATIONAL_LINE, type StatusCode } from '../../../shared/domain/exchange.ts';
import { program, type OfficeEvent } from '../../store/events/index.ts';
import { journalLength } from '../../store/journal.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import { deliveriesOf } from '../../store/queries/outgoing.ts';
import { newEvent } from '../common/events.ts';
import { exchangeOffice } from './exchange.ts';
import { deliveries, quarantine, quarantinedKind, retry } from './exchange-view.ts';
import { get } from '../incoming/incoming-view.ts';
import { connectionOf } from '../../store/sql.ts';

let school: School;
beforeEach(() => (school = openSchool()));
afterEach(() => school.close());

const line = NATIONAL_LINE;
const never = new AbortController().signal;
const problem = { code: 'axis.unreachable', params: { host: 'truc.example' } } as const;
const count = () => journalLength(school.store.tables);
const outgoingId = '10000000-0000-4000-8000-000000000001';
const messageId = '10000000-0000-4000-8000-000000000002';
const toDepartment = '10000000-0000-4000-8000-000000000003';
const toHomeAffairs = '10000000-0000-4000-8000-000000000004';
const documentId = 'H99.05.021,2026/11/20,01/THPTVD-VP';

/** An issued document as the acts before would have left it, without their files. */
function issued() {
  const { store } = school;
  const { sha256: file } = store.files.put(Buffer.from('message'));
  const [first, second] = [
    { code: DEPARTMENT.code, name: DEPARTMENT.name },
    { code: HOME_AFFAIRS.oldCode, name: HOME_AFFAIRS.name },
  ] as const;
  const recipients = [first, second];
  const fields = {
    kindId: 'CV',
    subject: 'V/v báo cáo',
    unit: 'VP',
    urgency: 'normal',
    dueDate: null,
  } as const;
  store.record(program, () =>
    newEvent('outgoing.drafted', outgoingId, {
      ...fields,
      signerId: PRINCIPAL.id,
      signerName: PRINCIPAL.name,
      attachments: [],
      recipients,
      replyToId: null,
      drafterId: CLERK.id,
      drafterName: CLERK.name,
    }),
  );
  const record = (happened: OfficeEvent) => store.record(program, () => happened);
  record(newEvent('outgoing.submitted', outgoingId, { checks: [], files: [], placeFound: true }));
  record(newEvent('outgoing.format-approved', outgoingId, { checks: [] }));
  record(newEvent('outgoing.signed', outgoingId, { files: [], signatures: [] }));
  store.record(program, () =>
    newEvent('outgoing.numbered', outgoingId, {
      number: 1,
      notation: 'THPTVD-VP',
      code: '01/THPTVD-VP',
      documentId,
      issuedDate: '2026-11-20',
      files: [],
    }),
  );
  record(newEvent('outgoing.sealed', outgoingId, { files: [], signatures: [] }));
  store.record(program, () =>
    newEvent('outgoing.issued', outgoingId, {
      deliveries: [
        { id: toDepartment, recipient: first },
        { id: toHomeAffairs, recipient: second },
      ],
      message: {
        id: messageId,
        kind: 'edoc',
        line,
        file,
        from: 'H99.05.021',
        to: recipients.map(({ code }) => code),
        documentId,
        code: '01/THPTVD-VP',
        subject: fields.subject,
      },
    }),
  );
}

const states = () => deliveriesOf(school.store.tables, outgoingId).map(({ state }) => state);

const status = (code: StatusCode, at: number, from = department, description = ''): StatusMessage => ({
  kind: 'status',
  from,
  responseFor: { organId: 'H99.05.021', code: '01/THPTVD-VP', documentId, promulgationDate: '2026-11-20' },
  staff: null,
  code,
  description,
  at,
});

describe('inbox', () => {
  it('records a delivery once, however often it comes and wherever it was cut off', async () => {
    const { axis } = school;
    const letter = departmentLetter();
    expect(axis.inboxItem('a')).toBeNull();
    expect(await deliver(axis, 'a', letter, MORNING)).toBe('new');
    const entries = count();
    expect(await deliver(axis, 'a', letter, MORNING)).toBe('duplicate');
    expect(count()).toBe(entries);
    expect(axis.inboxItem('a')).toEqual({ state: 'recorded', acked: false });
    axis.markAcked('a', MORNING);
    axis.markAcked('a', MORNING);
    expect(count()).toBe(entries + 1);
    expect(axis.inboxItem('a')).toEqual({ state: 'recorded', acked: true });
    expect(await deliver(axis, 'b', letter, MORNING)).toBe('duplicate');
    expect(axis.inboxItem('b')).toEqual({ state: 'recorded', acked: false });
    expect(school.waiting()).toHaveLength(1);
  });

  it('takes what two lines call by one name for two deliveries, and one document twice for one', async () => {
    const { axis, store } = school;
    const other = exchangeOffice(store, axisLineSchema.parse('lgsp'), exchangeWork);
    const letter = departmentLetter();
    expect(await deliver(axis, 'a', letter, MORNING)).toBe('new');
    expect(other.inboxItem('a')).toBeNull();
    const another = departmentLetter({ documentId: 'H99.05,2026/11/19,302/SGDĐT-VP', number: '302' });
    expect(await deliver(other, 'a', another, MORNING)).toBe('new');
    other.markAcked('a', MORNING);
    expect(axis.inboxItem('a')).toEqual({ state: 'recorded', acked: false });
    expect(await deliver(other, 'b', letter, MORNING)).toBe('duplicate');
    await other.storeRaw({ axisDocId: 'c', kind: 'edoc', bytes: Buffer.from('<x/>'), receivedAt: MORNING });
    expect([axis.storedItems(), other.storedItems()]).toEqual([[], [{ axisDocId: 'c', kind: 'edoc' }]]);
    const code = (text: string) => ({ code: text });
    expect(axis.pendingOutbox()).toMatchObject([code('301/SGDĐT-VP')]);
    expect(other.pendingOutbox()).toMatchObject([code('302/SGDĐT-VP')]);
    const [{ id } = { id: '' }] = other.pendingOutbox();
    other.markSending(id, MORNING);
    other.markSent(id, 'sent-1', MORNING);
    expect([axis, other].map((one) => one.isSubmissionKnown('sent-1'))).toEqual([false, true]);
  });

  it('goes on after a crash between storing and recording', async () => {
    await school.axis.storeRaw({
      axisDocId: 'a',
      kind: 'edoc',
      bytes: Buffer.from('<x/>'),
      receivedAt: MORNING,
    });
    school.reopen();
    expect(school.axis.storedItems()).toEqual([{ axisDocId: 'a', kind: 'edoc' }]);
    await expect(school.axis.readDelivery('a', 'edoc', never)).rejects.toMatchObject({
      code: 'axis.not-edxml',
    });
  });

  it('does not begin the same reading for ever, and writes nothing of the same bytes again', async () => {
    const { axis } = school;
    const raw = { axisDocId: 'a', kind: 'edoc', bytes: Buffer.from('<x/>'), receivedAt: MORNING } as const;
    await axis.storeRaw(raw);
    axis.quarantine('a', problem, MORNING);
    const entries = count();
    const begun = [];
    for (let start = 0; start < 4; start += 1) {
      school.reopen();
      await school.axis.storeRaw(raw);
      begun.push(school.axis.beginReading('a'));
    }
    expect(begun).toEqual([true, true, true, false]);
    expect(count()).toBe(entries);
    await school.axis.storeRaw({ ...raw, bytes: Buffer.from('<y/>') });
    expect(school.axis.beginReading('a')).toBe(true);
  });

  it('keeps what cannot be read, shows it, and takes better bytes later', async () => {
    const { axis, store } = school;
    await axis.storeRaw({ axisDocId: 'a', kind: 'edoc', bytes: Buffer.from('<x/>'), receivedAt: MORNING });
    axis.quarantine('a', problem, MORNING);
    axis.quarantine('a', problem, MORNING);
    expect(quarantine(store).rows).toEqual([{ line, axisDocId: 'a', receivedAt: MORNING, size: 4, problem }]);
    expect(quarantinedKind(store, { line, axisDocId: 'a' })).toBe('edoc');
    expect(await deliver(axis, 'a', departmentLetter(), MORNING)).toBe('new');
    expect(quarantine(store).rows).toEqual([]);
  });

  it('marks other content under the same DocumentId as a possible update', async () => {
    await school.receive({ documentId: 'H99.05,2026/11/19,9/A' });
    const id = await school.receive({ documentId: 'H99.05,2026/11/19,9/A', subject: 'V/v khác' });
    expect(get(school.store, CLERK, { id }).warnings).toEqual([
      { code: 'documents.possible-update', params: { code: '301/SGDĐT-VP' } },
    ]);
  });

  it('answers nobody who cannot be answered', async () => {
    const { axis } = school;
    const read = {
      kind: 'edoc',
      message: { ...departmentLetter({ documentId: '' }), attachments: [] },
      warnings: [],
    } as const;
    const identity = { from: 'H99.05', documentId: '', businessType: 0, contentHash: 'x' } as const;
    await axis.storeRaw({ axisDocId: 'a', kind: 'edoc', bytes: Buffer.from('x'), receivedAt: MORNING });
    expect(axis.recordEdoc({ axisDocId: 'a', read, identity, at: MORNING })).toBe('new');
    expect(school.waiting()).toEqual([]);
  });

  it('returns a secret document at once and shows nothing of it', async () => {
    const { axis, store } = school;
    const message = { ...departmentLetter({ subject: '(MẬT) V/v phương án bảo vệ' }), attachments: [] };
    const identity = {
      from: 'H99.05',
      documentId: message.documentId,
      businessType: 0,
      contentHash: 'x',
    } as const;
    await axis.storeRaw({
      axisDocId: 'a',
      kind: 'edoc',
      bytes: Buffer.from('secret words'),
      receivedAt: MORNING,
    });
    axis.recordEdoc({ axisDocId: 'a', read: { kind: 'edoc', message, warnings: [] }, identity, at: MORNING });
    const row = connectionOf(store.tables).prepare('SELECT * FROM incoming').get() as { id: string };
    expect(JSON.stringify([row, entriesAbout(store.tables, row.id)])).not.toContain('phương án');
    expect(get(store, CLERK, { id: row.id })).toMatchObject({
      state: 'refused',
      subject: '',
      attachments: [],
    });
    expect(school.waiting()).toMatchObject([
      { code: '02', description: expect.stringContaining('MẬT') as string },
    ]);
  });
});

describe('outbox', () => {
  it('follows each attempt and changes nothing when told twice', () => {
    issued();
    const { axis } = school;
    expect(axis.pendingOutbox()).toMatchObject([
      {
        id: messageId,
        kind: 'edoc',
        state: 'queued',
        to: ['H99.05', '000.00.07.H99'],
        documentId,
        attemptStartedAt: null,
      },
    ]);
    const steps: [() => void, string][] = [
      [() => axis.markSending(messageId, MORNING), 'sending'],
      [() => axis.markUncertain(messageId, problem, MORNING + 1), 'uncertain'],
      [() => axis.markQueued(messageId, null, MORNING + 2), 'queued'],
      [() => axis.markSending(messageId, MORNING + 3), 'sending'],
      [() => axis.markSent(messageId, 'sent-1', MORNING + 4), 'sent'],
    ];
    for (const [step, state] of steps) {
      step();
      const entries = count();
      step();
      expect(count(), state).toBe(entries);
      expect(states()).toEqual([state, state]);
    }
    expect(axis.pendingOutbox()).toEqual([]);
    expect(axis.isSubmissionKnown('sent-1')).toBe(true);
    expect(axis.isSubmissionKnown('other')).toBe(false);
    axis.markFailed(messageId, problem, MORNING + 5);
    expect(states()).toEqual(['sent', 'sent']);
  });

  it('shows a refusal for good, and tries again when the clerk says so', () => {
    issued();
    const { axis, store } = school;
    axis.markSending(messageId, MORNING);
    axis.markFailed(messageId, problem, MORNING);
    const all = { openOnly: true, text: 'bao cao', offset: 0, limit: 10 };
    expect(deliveries(store, all)).toMatchObject({
      total: 2,
      rows: [{ state: 'send-failed', problem, outgoingId }, {}],
    });
    retry(store, CLERK, { deliveryId: toDepartment });
    expect(axis.pendingOutbox()).toMatchObject([{ id: messageId, state: 'queued' }]);
    expect(() => retry(store, CLERK, { deliveryId: toDepartment })).toThrow(
      expect.objectContaining({ code: 'documents.wrong-state' }),
    );
  });
});

describe('statuses', () => {
  it('move the delivery to the recipient, by any of its codes, never back', async () => {
    issued();
    const { axis, store } = school;
    await store.cache.setAgencies([HOME_AFFAIRS]);
    axis.markSending(messageId, MORNING);
    axis.markSent(messageId, 'x', MORNING);
    expect(
      await deliverStatus(axis, 's1', status('03', MORNING + 20, department, 'Số đến 12'), MORNING),
    ).toBe('matched');
    expect(await deliverStatus(axis, 's2', status('01', MORNING + 10), MORNING)).toBe('matched');
    const homeAffairs = { ...department, organId: HOME_AFFAIRS.code };
    expect(await deliverStatus(axis, 's3', status('01', MORNING, homeAffairs), MORNING)).toBe('matched');
    expect(states()).toEqual(['accepted', 'arrived']);
    const entries = count();
    expect(await deliverStatus(axis, 's1', status('03', MORNING + 20), MORNING)).toBe('duplicate');
    expect(count()).toBe(entries);
    expect(await deliverStatus(axis, 's4', status('03', MORNING + 20), MORNING)).toBe('duplicate');
    expect(axis.inboxItem('s4')?.state).toBe('recorded');
  });

  it('prove that a message whose answer was lost has gone out', async () => {
    issued();
    const { axis } = school;
    axis.markSending(messageId, MORNING);
    axis.markUncertain(messageId, problem, MORNING);
    await deliverStatus(axis, 's1', status('01', MORNING), MORNING);
    expect(axis.pendingOutbox()).toEqual([]);
    expect(states()).toEqual(['arrived', 'sent']);
  });

  it('that came too early are kept and find their document later', async () => {
    const { axis } = school;
    expect(await deliverStatus(axis, 's1', status('03', MORNING), MORNING)).toBe('orphan');
    expect(axis.matchOrphans()).toBe(0);
    issued();
    expect(axis.matchOrphans()).toBe(1);
    expect(axis.matchOrphans()).toBe(0);
    expect(states()).toEqual(['accepted', 'sent']);
  });

  it('13 stands in the history of the document its sender wants back', async () => {
    const id = await school.receive();
    const { documentId } = get(school.store, CLERK, { id });
    const back = {
      ...status('13', MORNING, department, 'Gửi nhầm'),
      responseFor: { organId: 'H99.05.021', code: '', documentId, promulgationDate: null },
    };
    expect(await deliverStatus(school.axis, 's1', back, MORNING)).toBe('matched');
    expect(entriesAbout(school.store.tables, id).map(({ type }) => type)).toContain('status.received');
  });
});
