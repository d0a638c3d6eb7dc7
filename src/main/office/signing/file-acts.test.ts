import { describe, expect, it, vi } from 'vitest';
import { pdfAttachment } from '../../../../tests/axis/samples.ts';
import { CLERK, PRINCIPAL } from '../../../../tests/demo/sample.ts';
import { onlineSchool, quiet } from '../../../../tests/desk/online.ts';
import { expectClear } from '../../../../tests/desk/set-up.ts';
import { PIN } from '../../../../tests/desk/signing.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../../tests/fixtures/pdf/letters.ts';
import { pdfsigVerdicts, pdfToText } from '../../../../tests/fixtures/pdf/outside.ts';
import { writePkcs12 } from '../../../../tests/pki/pkcs12.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { signFileActs } from './file-acts.ts';
import { historyOf } from '../history/history.ts';
import { register } from '../incoming/incoming.ts';
import { get } from '../incoming/incoming-view.ts';
import { addPkcs12, savePerson } from '../settings/settings.ts';
import { needs } from '../../../../tests/needs.ts';

needs('pdfsig', 'pdftotext');

/** What a file goes through while somebody signs it. */

const office = onlineSchool();

async function letter(): Promise<string> {
  const bytes = await drawLetter(SAMPLE_LETTER);
  const id = await office.receive({ attachments: [{ ...pdfAttachment, bytes }] });
  register(office.store, CLERK, { id, confirmDuplicate: false });
  return id;
}

const annotated = (id: string) =>
  get(office.store, CLERK, { id }).attachments.find(({ role }) => role === 'annotated')!.sha256;
const bytesOf = (sha256: string) => office.store.files.read(sha256);
const opinions = (id: string) =>
  historyOf(office.store, { id }).entries.flatMap(({ type, detail }) =>
    type === 'incoming.commented' ? [detail.opinion] : [],
  );

async function comment(
  id: string,
  texts: readonly string[],
  person: Person = PRINCIPAL,
  label = 'principal',
) {
  const items = texts.map((text) => ({ act: { kind: 'comment' as const, id, text }, boxes: [] }));
  const login = { ...(await office.login(label)), acceptUnchecked: true };
  return signFileActs(office.store, office.keeper, person, { items, ...login }, quiet);
}

/** What happens each time the token that is opened next has been asked to sign. */
function whileItSigns(happens: () => Promise<unknown>): void {
  const tokens = office.keeper.tokens();
  const open = tokens.openSigner.bind(tokens);
  vi.spyOn(tokens, 'openSigner').mockImplementationOnce(async (...how) => {
    const session = await open(...how);
    const sign = session.signDigest.bind(session);
    vi.spyOn(session, 'signDigest').mockImplementation(async (...asked) => {
      await happens();
      return sign(...asked);
    });
    return session;
  });
}

describe('a file that grows while it is being signed', () => {
  it('by another opinion of the same batch: one goes over the other', async () => {
    const id = await letter();
    const { items } = await comment(id, ['Giao tổ Toán.', 'Trước ngày 25/11.']);
    expect(items.map(({ outcome }) => outcome)).toEqual(['signed', 'signed']);
    const last = bytesOf(annotated(id));
    expect(items[1]?.file?.sha256).toBe(annotated(id));
    const first = bytesOf(items[0]!.file!.sha256);
    expect(last.subarray(0, first.length).equals(first)).toBe(true);
    expect(pdfsigVerdicts(last)).toEqual(Array(2).fill('Signature is Valid.'));
  });

  it('by proofs is signed once more, over them: both revisions are there', async () => {
    office.settle({ timestamps: true });
    office.goOffline();
    const id = await letter();
    await comment(id, ['Giao tổ Toán.']);
    const before = annotated(id);
    await office.store.verification.of(before);
    let proven = '';
    whileItSigns(async () => {
      office.goOnline();
      await office.workOff();
      proven = annotated(id);
    });
    const { items } = await comment(id, ['Trước ngày 25/11.']);
    expect(items).toMatchObject([{ outcome: 'signed', file: { sha256: annotated(id) } }]);
    const [first, grown, last] = [before, proven, annotated(id)].map(bytesOf) as [Buffer, Buffer, Buffer];
    expect(grown.length).toBeGreaterThan(first.length);
    expect(last.length).toBeGreaterThan(grown.length);
    expect(grown.subarray(0, first.length).equals(first)).toBe(true);
    expect(last.subarray(0, grown.length).equals(grown)).toBe(true);
    const { signatures } = await office.store.verification.of(annotated(id));
    // The grown file has a timestamp, and one over its validation data.
    expect(signatures.map(({ kind }) => kind)).toEqual(['signature', 'timestamp', 'timestamp', 'signature']);
    const words = pdfToText(last).normalize('NFC');
    for (const said of ['Giao tổ Toán.', 'Trước ngày 25/11.']) expect(words).toContain(said);
    expect(opinions(id)).toEqual(['Giao tổ Toán.', 'Trước ngày 25/11.']);
  });

  it('every time is not signed, which is said; what the others added stays, and it can be signed later', async () => {
    const deputy: Person = { ...PRINCIPAL, id: 'pho', name: 'Vũ Thị Ví Dụ', title: 'PHÓ HIỆU TRƯỞNG' };
    savePerson(office.store, null, deputy);
    const certified = await office.services.certify({ subject: [['CN', deputy.name]] });
    const { sha256 } = office.store.files.put(writePkcs12(certified, PIN));
    await addPkcs12(office.store, null, { sha256, name: 'deputy', pin: PIN });
    await office.keeper.renew();
    const id = await letter();
    const others: string[] = [];
    whileItSigns(async () => {
      others.push(`Ý kiến thứ ${others.length + 1}.`);
      await comment(id, [others.at(-1)!], deputy, 'deputy');
    });
    const { items, stopped } = await comment(id, ['Đồng ý.']);
    expect(items).toMatchObject([
      { outcome: 'failed', file: null, problem: { code: 'documents.file-changed' } },
    ]);
    expectClear(items[0]!.problem!);
    expect(stopped).toBeNull();
    expect(others).toHaveLength(3);
    expect(opinions(id)).toEqual(others);
    expect(pdfsigVerdicts(bytesOf(annotated(id)))).toEqual(Array(3).fill('Signature is Valid.'));
    expect((await comment(id, ['Đồng ý.'])).items).toMatchObject([{ outcome: 'signed' }]);
    expect(opinions(id)).toEqual([...others, 'Đồng ý.']);
  });
});
