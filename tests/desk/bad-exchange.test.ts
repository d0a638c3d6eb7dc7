import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EdocMessage, NEW_DOCUMENT } from '../../src/main/axis/edxml-model.ts';
import { writeEdoc } from '../../src/main/axis/edxml-write.ts';
import { ACCOUNTS, SCHOOL } from '../demo/sample.ts';
import { departmentLetter } from './school.ts';
import { deliver, documentIn, expectClear, expectWhole, type Office, openOffice } from './set-up.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.goRound();
});
afterAll(async () => {
  await expectWhole(office.clerk);
  await office.close();
});

describe('edXML from the axis', () => {
  const sent = (changes: Partial<EdocMessage> = {}) =>
    Buffer.from(
      writeEdoc(departmentLetter({ business: NEW_DOCUMENT, ...changes }), { now: Date.now(), secrecy: '' }),
    );
  const received = async (text: string) => (await office.clerk.call('incoming.list', { text })).rows;
  const sync = () => office.clerk.call('exchange.sync', {});
  const toDepartment = () =>
    office.axis.sent(SCHOOL.code, 'status').map(({ notation, title }) => `${notation} ${title}`);

  it.each([
    ['a DTD', 'axis.dtd', '401', (xml: string) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')],
    ['broken XML', 'axis.xml-broken', '402', (xml: string) => xml.replace('</edXML:Subject>', '')],
  ])('with %s waits in quarantine as it came; a good one is received', async (_, code, number, spoil) => {
    const good = sent({ number, documentId: `H99.05,2026/11/19,${number}/SGDĐT-VP` });
    const bad = Buffer.from(spoil(good.toString('utf8')));
    deliver(office.axis, bad);
    const { problem } = await sync();
    expect(problem?.code).toBe(code);
    expectClear(problem!);
    const { rows } = await office.clerk.call('exchange.quarantine', {});
    expect(rows.filter((row) => row.problem.code === code)).toMatchObject([{ size: bad.length }]);
    expect(await received(`${number}/SGDĐT`)).toEqual([]);
    deliver(office.axis, good);
    await sync();
    expect(await received(`${number}/SGDĐT`)).toHaveLength(1);
  });

  it('without a DocumentId is received, and says that nobody can be answered', async () => {
    const xml = sent({ number: '403', documentId: 'H99.05,2026/11/19,403/SGDĐT-VP' })
      .toString('utf8')
      .replace(/<edXML:DocumentId>[^<]*<\/edXML:DocumentId>/, '');
    const before = toDepartment().length;
    deliver(office.axis, Buffer.from(xml));
    await sync();
    const [row] = await received('403/SGDĐT');
    const { warnings, message } = await office.clerk.call('incoming.get', { id: row!.id });
    expect(warnings.map(({ code }) => code)).toEqual(['axis.document-id-missing']);
    expectClear(warnings[0]!);
    expect(readFileSync(await office.clerk.filePath(message)).toString('utf8')).toBe(xml);
    expect(toDepartment()).toHaveLength(before);
    expect(await office.clerk.call('incoming.register', { id: row!.id })).toHaveProperty('arrivalNumber');
  });

  it('with a status code among its facts is received as the letter it is', async () => {
    const xml = sent({ number: '406', documentId: 'H99.05,2026/11/19,406/SGDĐT-VP' })
      .toString('utf8')
      .replace('</edXML:Subject>', '</edXML:Subject><edXML:StatusCode>01</edXML:StatusCode>');
    deliver(office.axis, Buffer.from(xml));
    await sync();
    const [row] = await received('406/SGDĐT');
    const { warnings } = await office.clerk.call('incoming.get', { id: row!.id });
    expect(warnings.map(({ code }) => code)).toEqual(['axis.status-in-document']);
    expectClear(warnings[0]!);
  });

  it('with an attachment that does not decode is received with what can be read', async () => {
    const good = sent({ number: '404', documentId: 'H99.05,2026/11/19,404/SGDĐT-VP' }).toString('utf8');
    const xml = good.replace(
      /(ContentTransferEncoded[^>]*>)([^<]+)/,
      (_, open: string, content: string) => `${open}${content.slice(0, 5)}`,
    );
    expect(xml).not.toBe(good);
    deliver(office.axis, Buffer.from(xml));
    await sync();
    const [row] = await received('404/SGDĐT');
    const { attachments } = await office.clerk.call('incoming.get', { id: row!.id });
    const problems = attachments.flatMap((one) => one.problems);
    expect(problems.map(({ code }) => code)).toEqual(['axis.attachment-undecodable']);
    expectClear(problems[0]!);
    expect(attachments).toHaveLength(2);
    expect(toDepartment()).toContainEqual(expect.stringContaining('404/SGDĐT-VP'));
  });

  it('marked MẬT goes back at once, and nothing of it is shown', async () => {
    const letter = sent({ number: '405', documentId: 'H99.05,2026/11/19,405/SGDĐT-VP' }).toString('utf8');
    const subject = '<edXML:Subject>(MẬT) V/v phương án bảo vệ kỳ thi</edXML:Subject>';
    deliver(office.axis, Buffer.from(letter.replace(/<edXML:Subject>.*<\/edXML:Subject>/, subject)));
    await sync();
    const { rows } = await office.clerk.call('incoming.list', { states: ['refused'] });
    const [row] = rows;
    expect(row).toMatchObject({ state: 'refused', subject: '', attachments: 0 });
    expect((await office.clerk.call('search.find', { text: 'phuong an bao ve' })).total).toBe(0);
    const { refusal, message } = await office.clerk.call('incoming.get', { id: row!.id });
    expect(refusal?.reason).toContain('MẬT');
    await expect(office.clerk.filePath(message)).rejects.toMatchObject({ code: 'documents.file-not-yours' });
    expect(await office.clerk.refusal('incoming.register', { id: row!.id })).toBe('documents.wrong-state');
    await office.demo.department.poll();
    expect(
      office.demo.department.statuses.filter(({ responseFor }) => responseFor.documentId.includes(',405/')),
    ).toMatchObject([{ code: '02' }]);
  });
});

describe('the axis', () => {
  let shift = 0;
  beforeAll(() => {
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + shift);
  });
  afterEach(() => office.faults({ failNext: 0, htmlNext: 0, dropReplyAfterSend: 0, failAfterSend: 0 }));
  afterAll(() => void vi.restoreAllMocks());

  const sync = () => office.clerk.call('exchange.sync', {});
  const sealed = () => documentIn('sealed', office);
  const stateOf = async (id: string) =>
    (await office.clerk.call('outgoing.get', { id })).deliveries.map(({ state }) => state);
  const copies = async (id: string) => {
    const { documentId } = await office.clerk.call('outgoing.get', { id });
    return [office.demo.department, office.demo.homeAffairs].map(
      ({ documents }) => documents.filter((one) => one.documentId === documentId).length,
    );
  };
  /** Everything is delivered after all, to each recipient once. */
  async function arrives(id: string): Promise<void> {
    await office.goRound();
    expect(await stateOf(id)).toEqual(['accepted', 'accepted']);
    expect(await copies(id)).toEqual([1, 1]);
    expect((await sync()).waiting).toBe(0);
  }
  async function says(code: string): Promise<void> {
    const { problem } = await sync();
    expect(problem?.code).toBe(code);
    expectClear(problem!);
  }
  const saveSecret = async (secret: string) => {
    const { secretSet: _, ...saved } = (await office.clerk.call('settings.get', {})).axis;
    await office.clerk.call('settings.save-axis', { ...saved, secret });
  };

  it.each([
    ['is unreachable', 'axis.unreachable', () => office.demo.goOffline(), () => office.demo.goOnline()],
    [
      'does not accept the secret',
      'axis.auth',
      () => saveSecret('another secret'),
      () => saveSecret(ACCOUNTS.school.secret),
    ],
  ])('%s: the document waits and goes out later', async (_, code, spoil, mend) => {
    const id = await sealed();
    await spoil();
    await office.clerk.call('outgoing.issue', { id });
    await says(code);
    expect((await sync()).waitingDocuments).toBe(1);
    expect(await copies(id)).toEqual([0, 0]);
    await mend();
    await arrives(id);
  });

  it.each([
    ['HTTP 500', 'axis.server-error', { failNext: 1000 }],
    ['HTML with 200', 'axis.reply-not-json', { htmlNext: 1000 }],
  ])('answers %s: said so, and a document sent meanwhile is asked after first', async (_, code, fault) => {
    const id = await sealed();
    await office.faults(fault);
    await says(code);
    await office.clerk.call('outgoing.issue', { id });
    await says('axis.unknown-outcome');
    expect(await stateOf(id)).toEqual(['uncertain', 'uncertain']);
    await office.faults({ failNext: 0, htmlNext: 0 });
    await sync();
    expect(await copies(id)).toEqual([0, 0]);
    shift += 61_000;
    await arrives(id);
  });

  it.each([{ dropReplyAfterSend: 1 }, { failAfterSend: 1 }])(
    'takes a document but %o: it is not sent twice',
    async (fault) => {
      const id = await sealed();
      await office.faults(fault);
      await office.clerk.call('outgoing.issue', { id });
      await says('axis.unknown-outcome');
      expect(await stateOf(id)).toEqual(['uncertain', 'uncertain']);
      shift += 61_000;
      await sync();
      expect(await stateOf(id)).toEqual(['sent', 'sent']);
      await arrives(id);
    },
  );
});

it('the log has every failure, and no secret and no text of a document', () => {
  const log = readFileSync(join(office.dataDir, 'log', 'desk.log'), 'utf8');
  for (const code of ['axis.dtd', 'axis.unreachable', 'axis.auth', 'axis.unknown-outcome'])
    expect(log).toContain(code);
  for (const words of [ACCOUNTS.school.secret, 'another secret', 'phương án', 'báo cáo số liệu'])
    expect(log).not.toContain(words);
});
