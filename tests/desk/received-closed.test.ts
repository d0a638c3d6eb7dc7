/** Received files that their senders certified or locked: an empty field of theirs is signed, else why not is said. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dict, name, textString } from '../../src/main/pdf/cos.ts';
import { describeFields } from '../../src/main/paper/fields.ts';
import { requestLetter } from '../demo/letters.ts';
import { TOKENS } from '../demo/sample.ts';
import { open } from '../fixtures/pdf/acting.ts';
import { formWith, type TheirField } from '../fixtures/pdf/forms.ts';
import { pdfToText } from '../fixtures/pdf/outside.ts';
import { signElsewhere, type Elsewhere } from '../fixtures/pdf/signed-elsewhere.ts';
import {
  actsOn,
  bytesOf,
  expectSoundFile,
  failedWith,
  receiveLetter,
  sign,
  signOne,
  withoutTimestamps,
} from './receiving.ts';
import { expectClear, expectWhole, openOffice, type Office } from './set-up.ts';
import { needs } from '../needs.ts';

needs('openssl', 'pdftotext');

let office: Office;
let letter: Uint8Array;
beforeAll(async () => {
  office = await openOffice();
  await withoutTimestamps(office);
  letter = await requestLetter('99', '2026-11-19');
});
afterAll(() => office.close());

const box = { x: 60, y: 620, width: 90, height: 40 };
const upper: TheirField = { name: 'Signature2', type: 'Sig', box: { x: 60, y: 560, width: 150, height: 60 } };
const lower: TheirField = {
  name: 'Signature3',
  type: 'Sig',
  box: { x: 330, y: 640, width: 170, height: 70 },
};
const unseen: TheirField = { name: 'Signature4', type: 'Sig', box: { x: 0, y: 0, width: 0, height: 0 } };
const seal: TheirField = { name: 'ConDau', type: 'Sig', box: { x: 60, y: 720, width: 90, height: 90 } };

/** A letter with these empty fields, as its sender signed it. */
const sent = (fields: readonly TheirField[], how: Elsewhere): Promise<Uint8Array> =>
  signElsewhere(fields.length === 0 ? letter : formWith(letter, fields), office.demo.pki.principal, {
    box,
    signerName: 'Phạm Văn Ví Dụ',
    ...how,
  });

const locked = (field: TheirField, action: string, ...frozen: string[]): TheirField => ({
  ...field,
  entries: {
    Lock: dict({ Type: name('SigFieldLock'), Action: name(action), Fields: frozen.map(textString) }),
  },
});

const signedFields = (bytes: Uint8Array) =>
  describeFields(open(bytes)).flatMap((field) => (field.signed ? [field.name] : []));

describe('a file certified for signing only', () => {
  it('is stamped and commented in its empty fields, each where it stands, and stays right for every reader', async () => {
    const { clerk, principal } = office;
    const original = await sent([unseen, upper, lower], { docMdp: 2 });
    const id = await receiveLetter(office, original);
    const { stamp, comment } = actsOn(id);
    const { placements } = await clerk.call('file-act.plan', { act: stamp });
    expect(placements).toMatchObject([{ role: 'incoming', found: 'field' }]);
    const away = [{ ...placements[0]!.box, x: placements[0]!.box.x + 20 }];
    const { items } = await sign(clerk, [stamp], TOKENS.agency, away);
    expect(failedWith(items[0])).toBe('pdf.field-cannot-move');
    await signOne(clerk, stamp, TOKENS.agency, [placements[0]!.box]);
    const { file } = await signOne(principal, comment, TOKENS.principal);
    const bytes = await expectSoundFile(office, principal, file.sha256, 3);
    expect(bytes.subarray(0, original.length).equals(Buffer.from(original))).toBe(true);
    expect(signedFields(bytes).toSorted()).toEqual(['CHU_KY_1', 'Signature2', 'Signature3']);
    const words = pdfToText(bytes).normalize('NFC');
    expect(words).toContain('Chuyển: Tổ Văn phòng');
    expect(words).toContain('Giao Tổ Toán - Tin thực hiện.');
    const refused = await principal.answer('file-act.plan', { act: comment });
    expect(refused).toMatchObject({
      code: 'documents.received-no-field',
      params: { by: 'Phạm Văn Ví Dụ' },
    });
    await expectWhole(clerk);
  });

  it('leaves the field for the seal of its sender to the last, and to an agency', async () => {
    const { clerk, principal } = office;
    const { stamp, comment } = actsOn(await receiveLetter(office, await sent([seal], { docMdp: 2 })));
    expect(await principal.refusal('file-act.plan', { act: comment })).toBe('documents.received-no-field');
    const { file } = await signOne(clerk, stamp, TOKENS.agency);
    expect(signedFields(await bytesOf(clerk, file.sha256))).toContain('ConDau');
  });

  it('any file from disk that is certified is signed in its empty field', async () => {
    const { principal } = office;
    const file = await principal.addFile('to-trinh.pdf', await sent([lower], { docMdp: 2 }));
    const act = { kind: 'general', file, holder: 'person' } as const;
    const { file: made } = await signOne(principal, act, TOKENS.principal);
    expect(signedFields(await expectSoundFile(office, principal, made.sha256, 2))).toContain('Signature3');
  });
});

describe('what an earlier signature locks', () => {
  it('all but one field: that one is signed', async () => {
    const { clerk } = office;
    const lock = { action: 'Exclude', fields: ['Signature3'] } as const;
    const { stamp } = actsOn(await receiveLetter(office, await sent([upper, lower], { fieldLock: lock })));
    const { file } = await signOne(clerk, stamp, TOKENS.agency);
    expect(signedFields(await expectSoundFile(office, clerk, file.sha256, 2))).toContain('Signature3');
  });

  const closed: [string, readonly TheirField[], Elsewhere, string, object][] = [
    ['no changes at all', [upper], { docMdp: 1 }, 'documents.received-certified', {}],
    [
      'the only empty field of a certified file',
      [upper],
      { docMdp: 2, fieldLock: { action: 'Include', fields: ['Signature2'] } },
      'documents.received-locked',
      { field: 'Signature2' },
    ],
    ['everything', [], { fieldLock: { action: 'All', fields: [] } }, 'documents.received-locked', {}],
    [
      'everything, as the author of the signed field wanted',
      [locked({ ...upper, name: 'ChuKy' }, 'All')],
      { field: 'ChuKy' },
      'documents.received-locked',
      {},
    ],
  ];
  it.each(closed)('%s: refused before any PIN, saying whose signature it is', async (...row) => {
    const [, fields, how, code, params] = row;
    const { clerk, principal } = office;
    const id = await receiveLetter(office, await sent(fields, how));
    const { stamp, comment } = actsOn(id);
    for (const [person, act] of [
      [clerk, stamp],
      [principal, comment],
    ] as const) {
      const answer = await person.answer('file-act.plan', { act });
      expect(answer).toMatchObject({ ok: false, code, params: { by: 'Phạm Văn Ví Dụ', ...params } });
      if (!answer.ok) expectClear(answer);
    }
    const { items } = await sign(clerk, [stamp], TOKENS.agency);
    expect(failedWith(items[0])).toBe(code);
  });
});
