/** Drafts whose PDF is a form somebody else prepared: its fields are used, what its author demands is honoured. */
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesString, dict, name, textOf, textString } from '../../src/main/pdf/cos.ts';
import { describeFields } from '../../src/main/paper/fields.ts';
import { listFields, signatureOf } from '../../src/main/pdf/form.ts';
import type { ViewBox } from '../../src/main/pdf/geometry.ts';
import { findHeadBlanks, findSignaturePlaces } from '../../src/main/paper/placement.ts';
import { replyDraft } from '../demo/letters.ts';
import { PRINCIPAL } from '../demo/sample.ts';
import { looking, open } from '../fixtures/pdf/acting.ts';
import { formWith, type TheirField } from '../fixtures/pdf/forms.ts';
import { pdfsigVerdicts, pdfToText, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { signingSchool } from './signing-school.ts';
import { needs } from '../needs.ts';

const office = signingSchool();
const VALID = 'Signature is Valid.';
const refusal = (code: string, params?: object) =>
  expect.objectContaining(params === undefined ? { code } : { code, params }) as Error;

let letter: Uint8Array;
let room: Record<'number' | 'date' | 'personal' | 'agency', ViewBox>;
beforeAll(async () => {
  letter = await replyDraft(2026);
  room = await looking(letter, async ({ text }) => {
    const { number, date } = findHeadBlanks(await text.page(0));
    const signer = { fullName: PRINCIPAL.name, title: PRINCIPAL.title };
    const { personal, agency } = await findSignaturePlaces(text, signer, { imageAspect: 2, sealMm: 36 });
    return { number: number!, date: date!, personal, agency };
  });
});

const field = (
  kind: keyof typeof room,
  called: string,
  entries: NonNullable<TheirField['entries']> = {},
): TheirField => ({
  name: called,
  type: kind === 'number' || kind === 'date' ? 'Tx' : 'Sig',
  box: room[kind],
  entries,
});

async function submitted(fields: readonly TheirField[]): Promise<string> {
  const id = office.draft(formWith(letter, fields));
  await office.submit(id);
  await office.approveFormat(id);
  return id;
}

async function sealed(fields: readonly TheirField[]): Promise<string> {
  const id = await submitted(fields);
  await office.signAs(id, 'approve');
  await office.number(id);
  await office.signAs(id, 'seal');
  return id;
}

const namesOf = (bytes: Uint8Array) => describeFields(open(bytes)).map((one) => one.name);

describe('fields that a form has', () => {
  needs(
    'pdfsig',
    'pdftotext',
    'qpdf',
  )(
    'are filled and signed, only what is missing is added, and the leader certifies as on a draft of ours',
    async () => {
      const theirs = [
        field('number', 'So_Van_Ban'),
        field('date', 'Ngày ban hành'),
        field('personal', 'ChuKyLanhDao'),
        field('agency', 'ConDau'),
      ];
      const id = await submitted(theirs);
      expect(namesOf(office.bytesOf(id))).toEqual([...theirs.map((one) => one.name), 'THANG_VB']);
      const [leader] = await office.proposed(id, 'approve');
      expect(leader).toMatchObject({ found: 'field', box: { page: 1 } });
      expect(leader?.box.x).toBeCloseTo(room.personal.x, 1);
      await expect(office.signAs(id, 'approve', ({ box }) => ({ ...box, x: box.x + 20 }))).rejects.toThrow(
        refusal('pdf.field-cannot-move', { field: 'ChuKyLanhDao' }),
      );
      const { verification } = await office.signAs(id, 'approve');
      expect(verification.signatures).toMatchObject([{ field: 'ChuKyLanhDao', certification: 2 }]);
      await office.number(id);
      expect(await office.proposed(id, 'seal')).toMatchObject([
        { role: 'agency', found: 'field' },
        { role: 'appendix' },
      ]);
      const after = await office.signAs(id, 'seal');
      expect(after.verification).toMatchObject({
        verdict: 'valid-with-changes',
        signatures: [{ field: 'ChuKyLanhDao' }, { field: 'ConDau' }],
      });
      const bytes = office.bytesOf(id);
      expect(pdfsigVerdicts(bytes)).toEqual([VALID, VALID]);
      expect(qpdfComplaints(bytes)).toBe('');
      expect(pdfToText(bytes, '-layout')).toMatch(/Số:\s*01\s*\/THPTVD-VP.*ngày\s+\d\d\s+tháng\s+\d+\s+năm/);
    },
  );

  it('without telling names are known by where they stand', async () => {
    const id = await sealed([field('personal', 'Signature1'), field('agency', 'Signature2')]);
    const signed = describeFields(open(office.bytesOf(id))).filter((one) => one.signed);
    expect(signed.map((one) => one.name)).toEqual(['Signature1', 'Signature2']);
  });

  needs('pdftotext')('for a date that has nothing printed before it take the whole date', async () => {
    const box = { x: 320, y: 250, width: 200, height: 18 };
    const id = await sealed([{ name: 'NgayVanBan', type: 'Tx', box }]);
    expect(pdfToText(office.bytesOf(id))).toMatch(/ngày \d\d tháng \d+ năm 20\d\d/);
  });
});

describe('what the author of a field demands', () => {
  const lock = (action: string, ...fields: string[]) => ({
    Lock: dict({ Type: name('SigFieldLock'), Action: name(action), Fields: fields.map(textString) }),
  });
  const seed = (entries: Parameters<typeof dict>[0]) => ({ SV: dict({ Type: name('SV'), ...entries }) });

  needs('pdfsig')(
    'a reason: it is given; a kind of signature we do not make: refused on submitting',
    async () => {
      const reasons = seed({ Ff: 8, Reasons: [textString('Phê duyệt')] });
      const id = await submitted([field('personal', 'LanhDao', reasons)]);
      await office.signAs(id, 'approve');
      expect(pdfsigVerdicts(office.bytesOf(id))).toEqual([VALID]);
      const [signature] = listFields(open(office.bytesOf(id))).flatMap((one) => signatureOf(one) ?? []);
      expect(textOf(signature!.get('Reason'))).toBe('Phê duyệt');

      const old = seed({ Ff: 2, SubFilter: [name('adbe.x509.rsa_sha1')] });
      const other = office.draft(formWith(letter, [field('personal', 'LanhDao', old)]));
      await expect(office.submit(other)).rejects.toThrow(
        refusal('pdf.seed-value', { field: 'LanhDao', what: 'SubFilter adbe.x509.rsa_sha1' }),
      );
      const many = seed({ Ff: 8, Reasons: [textString('Một'), textString('Hai')] });
      const choosing = office.draft(formWith(letter, [field('personal', 'LanhDao', many)]));
      await expect(office.submit(choosing)).rejects.toThrow(refusal('pdf.seed-reason'));
    },
  );

  it('a certificate: told when the token shows which it is, and nothing has changed', async () => {
    const wanted = (der: Uint8Array) => seed({ Cert: dict({ Ff: 1, Subject: [bytesString(der)] }) });
    const own = await submitted([
      field('personal', 'LanhDao', wanted(office.samples.pki.principal.certificate)),
    ]);
    await office.signAs(own, 'approve');
    expect(office.detail(own).state).toBe('signed');
    const others = await submitted([
      field('personal', 'LanhDao', wanted(office.samples.pki.director.certificate)),
    ]);
    await expect(office.signAs(others, 'approve')).rejects.toThrow(refusal('pdf.seed-certificate'));
    expect(office.detail(others).state).toBe('to-sign');
  });

  it('a lock on everything: refused on submitting, since no number and no seal could follow', async () => {
    const id = office.draft(formWith(letter, [field('personal', 'LanhDao', lock('All'))]));
    await expect(office.submit(id)).rejects.toThrow(refusal('pdf.field-locked'));
    expect(office.detail(id).state).toBe('draft');
  });

  needs('pdfsig')(
    'a lock on the number: it is put on the document with the seal, and every signature holds',
    async () => {
      const theirs = [field('number', 'SoVanBan'), field('personal', 'LanhDao', lock('Include', 'SoVanBan'))];
      const id = await submitted(theirs);
      const { verification } = await office.signAs(id, 'approve');
      expect(verification.signatures).toMatchObject([{ certification: null }]);
      await office.number(id);
      expect((await office.proposed(id, 'seal')).map(({ role }) => role)).toEqual([
        'number',
        'agency',
        'appendix',
      ]);
      const after = await office.signAs(id, 'seal');
      expect(after.verification.changes.filter(({ allowed }) => !allowed)).toEqual([]);
      expect(pdfsigVerdicts(office.bytesOf(id))).toEqual([VALID, VALID, VALID]);
    },
  );
});
