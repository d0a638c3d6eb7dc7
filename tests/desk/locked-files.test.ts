/** Files with a password: asked for once, then viewed, verified, stamped, commented, copied and signed with it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptVerification } from '../../src/main/office/verification/kept-reports.ts';
import { unlockFile } from '../../src/main/office/verification/unlock.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { signDocument } from '../../src/main/signature/sign.ts';
import { unreadPdfs } from '../../src/main/store/queries/documents.ts';
import { pdfAttachment } from '../axis/samples.ts';
import { appendixPage, requestLetter } from '../demo/letters.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import { append } from '../fixtures/pdf/acting.ts';
import { PRINCIPAL, TOKENS } from '../demo/sample.ts';
import { pdfsigVerdicts, pdfToText, qpdf, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { type Act, bytesOf, receiveLetter, signOne, VALID, withoutTimestamps } from './receiving.ts';
import { openSchool } from './school.ts';
import { expectClear, expectWhole, fileOf, openOffice, type Office } from './set-up.ts';
import { needs } from '../needs.ts';

needs('pdfsig', 'pdftotext', 'qpdf');

const PASSWORD = 'Mat-khau-cua-So-99';
const OWNER = 'Chu-tep-99';

let office: Office;
let letter: Uint8Array;
beforeAll(async () => {
  office = await openOffice();
  await withoutTimestamps(office);
  letter = await requestLetter('99', '2026-11-19');
});
afterAll(() => office.close());

const ciphers = {
  'AES-256': ['256'],
  'AES-128': ['128', '--use-aes=y'],
  'RC4-128': ['128', '--use-aes=n'],
  'RC4-40': ['40'],
} as const;

const locked = (bytes: Uint8Array, how: readonly string[] = ciphers['AES-256']) =>
  qpdf(bytes, '--allow-weak-crypto', '--encrypt', PASSWORD, OWNER, ...how, '--');

/** Signed by its sender under the password. */
async function signedBySender(bytes: Uint8Array): Promise<Uint8Array> {
  const target = { kind: 'new', page: 0, box: { x: 60, y: 620, width: 90, height: 40 } } as const;
  const document = openPdf(memorySource(bytes), { password: PASSWORD });
  return append(
    bytes,
    (await signDocument(document, { target }, softSigner(office.demo.pki.principal))).tail,
  );
}

/** Every file under a folder that has these bytes in it. */
function holding(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(words));
}

const reasonOf = async (sha256: string) =>
  (await office.clerk.call('verification.of', { sha256 })).reasons[0]?.params['code'];

async function verdictOf(sha256: string) {
  const { verdict, signatures } = await office.clerk.call('verification.of', { sha256 });
  return [verdict, signatures.length];
}

describe('a received letter with a password', () => {
  it.each(Object.entries(ciphers))(
    '%s: is stamped and commented once it is unlocked, and stays encrypted',
    async (_, how) => {
      const { clerk, principal } = office;
      const original = await signedBySender(locked(letter, how));
      const id = await receiveLetter(office, original);
      const sha256 = fileOf(await clerk.call('incoming.get', { id }), 'main');
      const stamp: Act = { kind: 'incoming', id, forwardTo: 'Tổ Văn phòng', fileCode: '' };
      const comment: Act = { kind: 'comment', id, text: 'Giao Tổ Toán - Tin thực hiện.' };
      expect(await reasonOf(sha256)).toBe('pdf.password-needed');
      expect(await clerk.refusal('file-act.plan', { act: stamp })).toBe('pdf.password-needed');
      expect(await clerk.call('file.password', { sha256 })).toEqual({ password: null });

      const wrong = await clerk.answer('file.unlock', { sha256, password: `${PASSWORD}!` });
      if (wrong.ok) throw new Error('a wrong password opened it');
      expectClear(wrong);
      expect(wrong.code).toBe('pdf.password-wrong');
      await clerk.call('file.unlock', { sha256, password: PASSWORD });
      expect(await clerk.call('file.password', { sha256 })).toEqual({ password: PASSWORD });
      // Only the services can tell that nothing was revoked; they are asked in the background.
      await expect.poll(() => verdictOf(sha256), { timeout: 30_000 }).toEqual(['valid', 1]);

      const { file: stamped } = await signOne(clerk, stamp, TOKENS.agency);
      // Whoever may see the document goes on with what the clerk has entered.
      const { file } = await signOne(principal, comment, TOKENS.principal);
      expect(await principal.call('file.password', { sha256: file.sha256 })).toEqual({ password: PASSWORD });
      const bytes = await bytesOf(principal, file.sha256);
      for (const before of [original, await bytesOf(clerk, stamped.sha256)])
        expect(bytes.subarray(0, before.length).equals(Buffer.from(before))).toBe(true);
      expect(pdfsigVerdicts(bytes, PASSWORD)).toEqual([VALID, VALID, VALID]);
      expect(qpdfComplaints(bytes, PASSWORD)).toBe('');
      expect(pdfsigVerdicts(bytes)).toEqual([]);
      const words = pdfToText(bytes, '-upw', PASSWORD).normalize('NFC');
      expect(words).toContain('Chuyển: Tổ Văn phòng');
      expect(words).toContain('Giao Tổ Toán - Tin thực hiện.');
      await expect.poll(() => verdictOf(file.sha256), { timeout: 30_000 }).toEqual(['valid', 3]);
    },
  );

  it('is not found by what it says, and its password is written nowhere', async () => {
    const { clerk } = office;
    const said = 'Cây đa bến nước sân đình';
    const text = await drawLetter({ ...SAMPLE_LETTER, body: [`${said}.`] });
    const inClear = await receiveLetter(office, text);
    const id = await receiveLetter(office, locked(text));
    const sha256 = fileOf(await clerk.call('incoming.get', { id }), 'main');
    await clerk.call('file.unlock', { sha256, password: PASSWORD });
    const find = async () => (await clerk.call('search.find', { text: said })).hits.map((hit) => hit.id);
    await expect.poll(find).toEqual([inClear]);
    await clerk.call('verification.report', { sha256, taskId: crypto.randomUUID() });
    expect(await find()).toEqual([inClear]);
    for (const secret of [PASSWORD, `${PASSWORD}!`]) expect(holding(office.dataDir, secret)).toEqual([]);
    await expectWhole(clerk);
  });

  it('goes back when its first page shows that it is secret', async () => {
    const { clerk } = office;
    const id = await receiveLetter(office, locked(await drawLetter({ ...SAMPLE_LETTER, body: ['MẬT'] })));
    const { attachments, state } = await clerk.call('incoming.get', { id });
    expect(state).toBe('registered');
    await clerk.call('file.unlock', { sha256: attachments[0]!.sha256, password: PASSWORD });
    await expect.poll(async () => (await clerk.call('incoming.get', { id })).attachments.length).toBe(0);
  });

  it('is unlocked by those only who may see it', async () => {
    const { clerk, teacher } = office;
    const id = await receiveLetter(office, locked(letter));
    const sha256 = fileOf(await clerk.call('incoming.get', { id }), 'main');
    await clerk.call('file.unlock', { sha256, password: PASSWORD });
    expect(await teacher.refusal('file.unlock', { sha256, password: PASSWORD })).toBe(
      'documents.file-not-yours',
    );
    expect(await teacher.refusal('file.password', { sha256 })).toBe('documents.file-not-yours');
  });

  it('that everybody can read and nobody may sign is signed with the password of its owner', async () => {
    const { clerk } = office;
    const closed = qpdf(letter, '--encrypt', '', OWNER, '256', '--modify=none', '--annotate=n', '--');
    const id = await receiveLetter(office, closed);
    const sha256 = fileOf(await clerk.call('incoming.get', { id }), 'main');
    const act: Act = { kind: 'incoming', id, forwardTo: '', fileCode: '' };
    expect(await clerk.refusal('file-act.plan', { act })).toBe('documents.received-restricted');
    expect(await clerk.refusal('file.unlock', { sha256, password: PASSWORD })).toBe('pdf.password-wrong');
    await clerk.call('file.unlock', { sha256, password: OWNER });
    const { file } = await signOne(clerk, act, TOKENS.agency);
    const bytes = await bytesOf(clerk, file.sha256);
    expect(pdfsigVerdicts(bytes)).toEqual([VALID]);
    expect(qpdfComplaints(bytes)).toBe('');
  });

  it('is refused by name when it is encrypted in a way nobody here knows', async () => {
    const { clerk } = office;
    const strange = Buffer.from(locked(letter)).toString('latin1').replace('/Standard', '/Standarx');
    const id = await receiveLetter(office, Buffer.from(strange, 'latin1'));
    const act: Act = { kind: 'incoming', id, forwardTo: '', fileCode: '' };
    expect(await clerk.refusal('file-act.plan', { act })).toBe('documents.received-encrypted');
    const sha256 = fileOf(await clerk.call('incoming.get', { id }), 'main');
    expect(await clerk.refusal('file.unlock', { sha256, password: PASSWORD })).toBe(
      'pdf.unsupported-encryption',
    );
  });
});

describe('other files with a password', () => {
  it('are signed and copied with it, an open one needs none', async () => {
    const { clerk } = office;
    const scan = await appendixPage('Bản chụp từ bản giấy');
    const file = await clerk.addFile('Ban chup.pdf', locked(scan));
    const acts: Act[] = [
      { kind: 'general', file, holder: 'office' },
      { kind: 'copy', id: null, file, form: 'SY', orderedById: PRINCIPAL.id },
    ];
    for (const act of acts) expect(await clerk.refusal('file-act.plan', { act })).toBe('pdf.password-needed');
    await clerk.call('file.unlock', { sha256: file.sha256, password: PASSWORD });
    for (const act of acts) {
      const { file: made } = await signOne(clerk, act, TOKENS.agency);
      const bytes = await bytesOf(clerk, made.sha256);
      expect(pdfsigVerdicts(bytes, PASSWORD)).toEqual([VALID]);
      expect(qpdfComplaints(bytes, PASSWORD)).toBe('');
    }
    const open = await clerk.addFile('Mo.pdf', scan);
    expect(await clerk.refusal('file.unlock', { sha256: open.sha256, password: PASSWORD })).toBe(
      'pdf.password-wrong',
    );
  });

  it('a draft with a password is refused, unlocked or not', async () => {
    const { teacher } = office;
    const main = await teacher.addFile('du-thao.pdf', locked(letter));
    await teacher.call('file.unlock', { sha256: main.sha256, password: PASSWORD });
    expect((await teacher.call('file.examine', main)).problem?.code).toBe('documents.draft-locked');
  });
});

it('the password is forgotten with the program; what was found while it was known stands', async () => {
  const school = openSchool();
  try {
    await school.receive({ attachments: [{ ...pdfAttachment, bytes: locked(letter) }] });
    const [{ file: sha256 }] = unreadPdfs(school.store.tables) as [{ file: string }];
    await unlockFile(school.store, { sha256, password: PASSWORD }, () => Promise.resolve());
    school.reopen();
    const { store } = school;
    expect(store.passwords.openingOf(sha256)).toEqual({});
    await expect(store.verification.judge(sha256)).rejects.toMatchObject({ code: 'pdf.password-needed' });
    expect(keptVerification(store, sha256)?.verdict).toBe('unsigned');
  } finally {
    school.close();
  }
});
