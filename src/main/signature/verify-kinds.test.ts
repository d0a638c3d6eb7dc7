/** Our own signatures are never a false red, whatever kind of PDF they stand in. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sealPng, signaturePng } from '../../../tests/fixtures/pdf/images.ts';
import { drawLetter, SAMPLE_LETTER } from '../../../tests/fixtures/pdf/letters.ts';
import { qpdf } from '../../../tests/fixtures/pdf/outside.ts';
import * as samples from '../../../tests/fixtures/pdf/samples.ts';
import { createOfficePki } from '../../../tests/pki/office.ts';
import type { OfficePki } from '../../../tests/pki/office.ts';
import { softSigner } from '../../../tests/pki/soft-signer.ts';
import { imageAppearance, textAppearance } from '../pdf/appearance.ts';
import type { Appearance } from '../pdf/appearance.ts';
import { openPdf } from '../pdf/reader.ts';
import { memorySource } from '../pdf/source.ts';
import { signDocument } from './sign.ts';
import type { Signer } from './signer.ts';
import { verifySource } from './verify.ts';
import { needs } from '../../../tests/needs.ts';

needs('qpdf');

let pki: OfficePki;
let handwriting: Appearance;
let seal: Appearance;
let kinds: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  handwriting = await imageAppearance(signaturePng(), 120, 60);
  seal = await imageAppearance(sealPng(), 102, 102);
  const letter = await samples.letter();
  kinds = new Map([
    ...(await samples.wellFormed()),
    ['linearized', qpdf(letter, '--linearize')],
    ['linearized with object streams', qpdf(letter, '--linearize', '--object-streams=generate')],
  ]);
});

async function sign(
  bytes: Uint8Array,
  signer: Signer,
  appearance: Appearance,
  x: number,
  y = 300,
  docMdp?: 2,
  password?: string,
) {
  const { width, height } = appearance;
  const { tail } = await signDocument(
    openPdf(memorySource(bytes), password === undefined ? {} : { password }),
    { target: { kind: 'new', page: 0, box: { x, y, width, height } }, appearance, ...(docMdp && { docMdp }) },
    signer,
  );
  return Buffer.concat([bytes, tail]);
}
const judge = async (bytes: Uint8Array) => await verifySource(memorySource(bytes), { checkChain: false });

it('three signatures in every kind of file', async () => {
  const verdicts: Record<string, unknown> = {};
  for (const [kind, original] of kinds) {
    const one = await sign(original, softSigner(pki.principal), handwriting, 60);
    const two = await sign(one, softSigner(pki.agency), seal, 20);
    const { verdict, changes, reasons } = await judge(
      await sign(two, softSigner(pki.otherPerson), handwriting, 220),
    );
    verdicts[kind] = verdict === 'valid' ? verdict : { verdict, changes, reasons };
  }
  expect(verdicts).toEqual(Object.fromEntries([...kinds.keys()].map((kind) => [kind, 'valid'])));
});

it.each([
  ['AES-256', ['256']],
  ['AES-128', ['128', '--use-aes=y']],
  ['RC4', ['128', '--use-aes=n']],
])('two signatures in a file encrypted with %s', async (_, strength) => {
  const original = qpdf(
    samples.classicTable(),
    '--allow-weak-crypto',
    '--encrypt',
    'mo',
    'chu',
    ...strength,
    '--',
  );
  const one = await sign(original, softSigner(pki.principal), handwriting, 60, 300, undefined, 'mo');
  const bytes = await sign(one, softSigner(pki.agency), seal, 20, 300, undefined, 'mo');
  const judged = await verifySource(memorySource(bytes), { checkChain: false, password: 'mo' });
  expect(judged).toMatchObject({ verdict: 'valid', changes: [{ kind: 'signature-added' }] });
  expect((await judge(bytes)).reasons).toMatchObject([{ params: { code: 'pdf.password-needed' } }]);
});

describe('files of other tools', () => {
  it('number and date added as signatures with text, over blanks', async () => {
    const letter = await drawLetter(SAMPLE_LETTER);
    const style = { size: 13, leading: 0, align: 'center' } as const;
    const number = await textAppearance(['123'], 30, 16, style);
    let bytes: Uint8Array = await sign(letter, softSigner(pki.principal), handwriting, 350, 600);
    for (const x of [120, 430]) bytes = await sign(bytes, softSigner(pki.otherPerson), number, x, 100);
    expect(await judge(await sign(bytes, softSigner(pki.agency), seal, 300, 580))).toMatchObject({
      verdict: 'valid',
    });
  });
});
