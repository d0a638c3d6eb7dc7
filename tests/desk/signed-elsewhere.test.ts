/** Drafts that come signed: by their signer with another program, or by somebody whose signature they must not have. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signBatch } from '../../src/main/office/signing/sign-batch.ts';
import { fillTextFields } from '../../src/main/paper/fields.ts';
import { append, difference, drawn, isRed, open, prepared } from '../fixtures/pdf/acting.ts';
import { pdfsigVerdicts, pdfToText, qpdfComplaints } from '../fixtures/pdf/outside.ts';
import { blankPage } from '../fixtures/pdf/samples.ts';
import { LEADER_BOX, signElsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import { appendixPage } from '../demo/letters.ts';
import { CLERK, PRINCIPAL } from '../demo/sample.ts';
import { createOfficePki } from '../pki/office.ts';
import { opensslVerify } from '../pki/readers.ts';
import { signingSchool } from './signing-school.ts';
import { PIN } from './signing.ts';
import { connectionOf } from '../../src/main/store/sql.ts';
import { needs } from '../needs.ts';

needs('openssl', 'pdfsig', 'pdftotext', 'qpdf');

const office = signingSchool();
const VALID = 'Signature is Valid.';
const refusal = (code: string, params?: object) =>
  expect.objectContaining(params === undefined ? { code } : { code, params }) as Error;

const signed = (how: Parameters<typeof signElsewhere>[2] = {}, bytes: Uint8Array = office.samples.letter) =>
  signElsewhere(bytes, office.samples.pki.principal, { signerName: PRINCIPAL.name, ...how });

function readers(bytes: Uint8Array, count: number): void {
  const file = join(mkdtempSync(join(tmpdir(), 'readers-')), 'signed.pdf');
  writeFileSync(file, bytes);
  expect(pdfsigVerdicts(bytes)).toEqual(Array(count).fill(VALID));
  expect(opensslVerify(file, office.samples.pki.root)).toBe(count);
  expect(qpdfComplaints(bytes)).toBe('');
}

async function toNumbered(bytes: Uint8Array): Promise<string> {
  const id = office.draft(bytes);
  await office.submit(id);
  await office.approveFormat(id);
  await office.number(id);
  return id;
}

describe('a draft its signer has signed with another program', () => {
  it('needs no second signature: checked, numbered and sealed over the bytes that were signed', async () => {
    const bytes = await signed();
    const id = office.draft(bytes);
    await office.submit(id);
    const { checks } = office.detail(id);
    expect(checks).toContainEqual({
      rule: 'signed-elsewhere',
      result: 'pass',
      params: { signer: PRINCIPAL.name },
    });
    expect(checks.map(({ rule }) => rule)).not.toContain('unsigned-yet');
    expect(office.bytesOf(id).equals(bytes)).toBe(true);

    await office.approveFormat(id);
    expect(office.detail(id)).toMatchObject({ state: 'signed', actions: ['number', 'cancel'] });
    const entry = connectionOf(office.store.tables)
      .prepare(
        `SELECT body -> '$.data' AS data FROM bodies
         WHERE body ->> '$.type' = 'outgoing.signed-elsewhere' AND subject = ?`,
      )
      .get(id) as { data: string };
    const { signature } = JSON.parse(entry.data) as { signature: Record<string, unknown> };
    expect(signature).toMatchObject({ name: PRINCIPAL.name, verdict: 'valid', unchecked: false });
    const report = office.store.files.read((signature['report'] as { file: string }).file);
    expect(JSON.parse(report.toString())).toMatchObject({ signatures: [{ field: signature['field'] }] });

    const { code, issuedDate } = await office.number(id);
    expect(office.bytesOf(id).equals(bytes)).toBe(true);
    expect(
      (await office.proposed(id, 'seal')).map(({ role, found, lines }) => [role, found, lines[0]]),
    ).toEqual([
      ['number', 'blank', '01'],
      ['date', 'blank', issuedDate.slice(8)],
      ['month', 'blank', String(Number(issuedDate.slice(5, 7)))],
      ['agency', 'beside-signature', undefined],
      ['appendix', 'corner', `Số: ${code}`],
    ]);
    const { verification } = await office.signAs(id, 'seal');
    expect(verification.verdict).toBe('valid');
    const sealed = office.bytesOf(id);
    expect(sealed.subarray(0, bytes.length).equals(Buffer.from(bytes))).toBe(true);
    readers(sealed, 5);
    expect(pdfToText(sealed, '-layout')).toMatch(/Số:\s*01\s*\/THPTVD-VP/);
    expect(office.detail(id)).toMatchObject({
      state: 'sealed',
      official: {
        verdict: 'original',
        reasons: [
          { code: 'official.both-signed', params: { person: PRINCIPAL.name, agency: 'Trường THPT Ví Dụ' } },
        ],
      },
    });
    // The seal covers the left third of the handwriting where it is, not where the rule would have put it.
    const seal = drawn(sealed, isRed)!;
    const overlap = (seal.x + seal.width - LEADER_BOX.x) / LEADER_BOX.width;
    expect(overlap).toBeGreaterThanOrEqual(0.3);
    expect(overlap).toBeLessThanOrEqual(0.37);
  });

  it('has number and date filled where its form has fields for them, and its seal in the field left for it', async () => {
    const form = await prepared(office.samples.letter);
    const id = await toNumbered(await signed({ field: 'KY_CA_NHAN', docMdp: 2 }, form));
    const [seal, ...rest] = await office.proposed(id, 'seal');
    expect([seal?.role, seal?.found, rest.map(({ role }) => role)]).toEqual([
      'agency',
      'field',
      ['appendix'],
    ]);
    const { verification } = await office.signAs(id, 'seal');
    expect(verification.verdict).toBe('valid-with-changes');
    expect(verification.changes.every(({ allowed }) => allowed)).toBe(true);
    readers(office.bytesOf(id), 2);
    expect(office.detail(id).official?.verdict).toBe('original');
  });

  it('shows a number as a signature of the agency where the signer has locked its field', async () => {
    const form = await prepared(office.samples.letter);
    const fieldLock = { action: 'Include', fields: ['SO_VB'] } as const;
    const id = await toNumbered(await signed({ field: 'KY_CA_NHAN', fieldLock }, form));
    expect((await office.proposed(id, 'seal')).map(({ role }) => role)).toEqual([
      'number',
      'agency',
      'appendix',
    ]);
    const { verification } = await office.signAs(id, 'seal');
    expect(verification.changes.filter(({ allowed }) => !allowed)).toEqual([]);
    readers(office.bytesOf(id), 3);
  });

  it('has each of its marks where the clerk puts it', async () => {
    const id = await toNumbered(await signed());
    const before = office.bytesOf(id);
    await office.signAs(id, 'seal', ({ role, box }) =>
      role === 'number' ? { ...box, x: 300, y: 700 } : box,
    );
    const [{ box }] = [{ box: { x: 290, y: 690, width: 90, height: 40 } }];
    const ink = difference(before, office.bytesOf(id), box)!;
    expect(ink.x).toBeGreaterThan(300);
    expect(ink.y).toBeGreaterThan(700);
    readers(office.bytesOf(id), 5);
  });
});

describe('a page without room for number and date', () => {
  it('is sealed where the clerk says, and never at a guess', async () => {
    const id = office.draft(await signed({}, blankPage()));
    await office.submit(id);
    // The checklist has much to say of a blank page: what is tested here comes after it.
    connectionOf(office.store.tables).exec(`UPDATE outgoing SET state = 'signed' WHERE id = '${id}'`);
    await office.number(id);
    expect((await office.proposed(id, 'seal')).map(({ found }) => found)).toEqual([
      'manual',
      'manual',
      'manual',
      'beside-signature',
      'corner',
    ]);
    const token = (await office.keeper.list()).find(({ label }) => label === 'seal')!;
    const login = {
      tokenId: token.id,
      certificateSha256: token.certificates[0]!.sha256,
      pin: PIN,
      taskId: id,
    };
    const accepted = { acceptFinalTry: false, acceptUnchecked: false, acceptClock: false };
    const { items } = await signBatch(
      office.store,
      office.keeper,
      CLERK,
      { act: 'seal', items: [{ id, boxes: [] }], ...login, ...accepted },
      { signal: new AbortController().signal, progress: () => {} },
    );
    expect(items).toMatchObject([{ outcome: 'failed', problem: { code: 'documents.place-needed' } }]);
    await office.signAs(id, 'seal');
    readers(office.bytesOf(id), 5);
  });
});

describe('a signed file is refused as a draft', () => {
  const submitting = (bytes: Uint8Array) => office.submit(office.draft(bytes));

  it('when its signature is somebody else’s, or an agency’s', async () => {
    const { pki, letter } = office.samples;
    await expect(submitting(await signElsewhere(letter, pki.director))).rejects.toThrow(
      refusal('documents.draft-signed-by-other', { found: 'Phạm Văn Ví Dụ', expected: PRINCIPAL.name }),
    );
    await expect(submitting(await signElsewhere(letter, pki.school))).rejects.toThrow(
      refusal('documents.draft-sealed', { name: 'Trường THPT Ví Dụ' }),
    );
  });

  it('when the file was changed after signing', async () => {
    const forged = Buffer.from(await signed());
    forged.write('X', forged.indexOf('/Type /Page') + 7);
    await expect(submitting(forged)).rejects.toThrow(
      refusal('documents.draft-signature-invalid', { name: PRINCIPAL.name }),
    );
  });

  it('when nobody we know vouches for a certificate in the right name', async () => {
    const { principal } = await createOfficePki({
      agency: 'Trường THPT Ví Dụ',
      superior: 'Sở',
      province: 'Ví Dụ',
      principal: PRINCIPAL.name,
    });
    await expect(submitting(await signElsewhere(office.samples.letter, principal))).rejects.toThrow(
      refusal('documents.draft-signer-unknown', { name: PRINCIPAL.name }),
    );
  });

  it.each([
    ['certified against any change', 'pdf.certified-no-changes', { docMdp: 1 }, {}],
    ['certified, without a field for the seal', 'pdf.certified-no-new-field', { docMdp: 2 }, {}],
    [
      'locking every field',
      'pdf.field-locked',
      { fieldLock: { action: 'All', fields: [] } },
      { field: expect.any(String) as string },
    ],
  ] as const)(
    'when it is %s: before a number or a PIN is spent, naming whose signature',
    async (_, code, how, params) => {
      const id = office.draft(await signed(how));
      await expect(office.submit(id)).rejects.toThrow(refusal(code, { by: PRINCIPAL.name, ...params }));
      expect(office.detail(id).state).toBe('draft');
    },
  );

  it('not as an appendix that its author signed, when there is room for the agency’s signature', async () => {
    const { sha256 } = office.store.files.put(
      await signElsewhere(await appendixPage('Số liệu'), office.samples.pki.director),
    );
    const appendices = [{ sha256, name: 'phu-luc.pdf' }];
    const id = office.draft(await signed(), { appendices });
    await office.submit(id);
    expect(office.detail(id).state).toBe('checking');
  });
});

it('a number that somebody has filled in already is filled anew where the file allows it', async () => {
  const form = await prepared(office.samples.letter);
  const filled = append(form, await fillTextFields(open(form), { SO_VB: '77' }));
  const id = await toNumbered(await signed({ field: 'KY_CA_NHAN', docMdp: 2 }, filled));
  expect(pdfToText(office.bytesOf(id), '-layout')).toMatch(/Số:\s*01\s*\/THPTVD-VP/);
});
