/** Looking at a file that takes long to judge: it can be stopped, and is then judged when it is asked for. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { costly } from '../attacks/costly.ts';
import { requestLetter } from '../demo/letters.ts';
import { createOfficePki } from '../pki/office.ts';
import { openSchool } from './school.ts';
import { draftFields, type Office, openOffice } from './set-up.ts';

let office: Office;
let slow: readonly [Buffer, Buffer];
beforeAll(async () => {
  office = await openOffice();
  const pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  slow = [
    await costly['appearances that cover two hundred thousand times']!(pki),
    await costly['LZW codes that start anew each time']!(pki),
  ];
});
afterAll(() => office.close());

const codeOf = async (answer: Promise<{ ok: boolean; code?: string }>) => (await answer).code;

it('is over at once for all who look, keeps nothing, disturbs no other file, and is judged when asked again', async () => {
  const { clerk, teacher } = office;
  const first = await teacher.addFile('Phu luc 1.pdf', slow[0]);
  const second = await teacher.addFile('Phu luc 2.pdf', slow[1]);
  const fields = await draftFields(teacher, { appendices: [first, second] });
  const { id } = await teacher.call('outgoing.create', fields);
  const verdicts = async (document: string) =>
    new Map(
      (await clerk.call('outgoing.get', { id: document })).attachments.map((file) => [
        file.sha256,
        file.verdict,
      ]),
    );
  const look = (person: typeof clerk, { sha256 }: typeof first) =>
    person.answer('verification.of', { sha256 }) as Promise<{ ok: boolean; code?: string }>;

  let isFirstJudged = false;
  const whole = look(clerk, first).finally(() => (isFirstJudged = true));
  const looks = [look(clerk, second), look(teacher, second)];
  await teacher.call('verification.stop', { sha256: second.sha256 });
  expect(await Promise.all(looks.map(codeOf))).toEqual(['host.cancelled', 'host.cancelled']);
  expect(isFirstJudged).toBe(false);
  expect(await whole).toMatchObject({ ok: true, value: { verdict: 'invalid' } });

  // The desk reads by itself what comes later, and leaves alone what somebody has stopped.
  const later = await teacher.addFile('Phu luc 3.pdf', await requestLetter('77', '2026-11-19'));
  const next = await teacher.call('outgoing.create', await draftFields(teacher, { appendices: [later] }));
  await expect
    .poll(async () => (await verdicts(next.id)).get(later.sha256), { timeout: 60_000 })
    .toBe('unsigned');
  expect((await verdicts(id)).get(second.sha256)).toBeNull();
  expect(await codeOf(look(clerk, second))).toBe('host.cancelled');

  await clerk.call('verification.again', { sha256: second.sha256 });
  expect(await look(teacher, second)).toMatchObject({ ok: true, value: { verdict: 'invalid' } });
  expect((await verdicts(id)).get(second.sha256)).toBe('invalid');
  // What is known is known: there is nothing left to stop.
  await clerk.call('verification.stop', { sha256: second.sha256 });
  expect(await look(clerk, second)).toMatchObject({ ok: true });
});

it('waits for nobody before it, ends the thread at work on it, and the next file gets one of its own', async () => {
  const school = openSchool();
  const { store } = school;
  const letter = store.files.put(await requestLetter('78', '2026-11-19')).sha256;
  const { sha256 } = store.files.put(slow[0]);
  const before = store.asked.ask('words', { path: store.files.path(letter) });
  const judged = store.verification.of(sha256);
  // With that done the next in turn begins.
  await before;
  const waiting = store.files.put(slow[1]).sha256;
  let isJudged = false;
  const settled = judged.catch(() => {}).finally(() => (isJudged = true));
  const next = store.verification.of(waiting);
  store.verification.stop(waiting);
  await expect(next).rejects.toMatchObject({ code: 'host.cancelled' });
  expect(isJudged).toBe(false);
  store.verification.stop(sha256);
  await settled;
  await expect(judged).rejects.toMatchObject({ code: 'host.cancelled' });
  expect(await store.verification.of(letter)).toMatchObject({ verdict: 'unsigned' });
  school.close();
});
