/** What a draft may be made of: files of one's own, each of which can be signed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replyDraft } from '../demo/letters.ts';
import { qpdf } from '../fixtures/pdf/outside.ts';
import { draftFields, fileOf, type Office, openOffice } from './set-up.ts';
import { needs } from '../needs.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.goRound();
});
afterAll(() => office.close());

it("a teacher cannot make another's file their own by naming its hash in a draft", async () => {
  const { teacher, clerk } = office;
  const { rows } = await clerk.call('incoming.list', {});
  const letter = await clerk.call('incoming.get', { id: rows[0]!.id });
  const main = { sha256: fileOf(letter, 'main'), name: 'cua-toi.pdf' };
  expect(await teacher.refusal('outgoing.create', { ...(await draftFields(teacher)), main })).toBe(
    'documents.file-not-yours',
  );
});

needs('qpdf').each([
  ['truncated', 'pdf.truncated', async () => (await replyDraft(2026)).subarray(0, 6000)],
  [
    'encrypted',
    'documents.draft-locked',
    async () => qpdf(await replyDraft(2026), '--encrypt', 'user', 'owner', '256', '--'),
  ],
] as const)(
  'an appendix that is %s is refused when submitted, not after numbering',
  async (_, code, bytes) => {
    const { teacher } = office;
    const appendices = [await teacher.addFile('phu-luc.pdf', await bytes())];
    const { id } = await teacher.call('outgoing.create', { ...(await draftFields(teacher)), appendices });
    expect(await teacher.refusal('outgoing.submit', { id })).toBe(code);
  },
);
