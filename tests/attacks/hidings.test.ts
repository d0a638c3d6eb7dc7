/** None of the ways to hide what was signed is green, and what hides nothing is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../src/main/pdf/source.ts';
import { verifySource } from '../../src/main/signature/verify.ts';
import { renderPage } from '../fixtures/pdf/outside.ts';
import type { Picture } from '../fixtures/pdf/outside.ts';
import { needs } from '../needs.ts';
import { createOfficePki } from '../pki/office.ts';
import type { OfficePki } from '../pki/office.ts';
import { LETTER } from './pdf-text.ts';
import { signed } from './signed.ts';
import { coSigned, harmless, hidings, signedLetter, TARGETS } from './hidings.ts';
import type { Hiding, Target } from './hidings.ts';

needs('mutool');

const DPI = 72;
let pki: OfficePki;
let letter: Buffer;
let before: Picture;
beforeAll(async () => {
  pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  letter = await signedLetter(pki);
  before = renderPage(letter, 1, DPI);
});

/** How far the signed ink of a target stands out from its ground in a picture, of 255. */
function contrast({ width, rgb }: Picture, target: Target): number {
  const [left, bottom, right, top] = TARGETS[target];
  const [ink, ground] = [
    { sum: 0, count: 0 },
    { sum: 0, count: 0 },
  ];
  for (let y = 842 - top; y < 842 - bottom; y++)
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 3;
      const part = before.rgb[at + 1]! < 140 ? ink : ground;
      part.sum += rgb[at]! + rgb[at + 1]! + rgb[at + 2]!;
      part.count++;
    }
  return Math.abs(ground.sum / ground.count - ink.sum / ink.count) / 3;
}

const judge = (file: Buffer) => verifySource(memorySource(file), { checkChain: false });

describe('no hiding is green', () => {
  /** By mutool, which has nothing of ours: a look that hides nothing proves nothing. */
  const counted = new Map<string, boolean>();

  it.each(hidings.map((hiding) => [hiding.name, hiding] as const))('%s', async (name, hiding: Hiding) => {
    const file = coSigned(letter, pki, hiding.look, TARGETS[hiding.target]);
    const was = contrast(before, hiding.target);
    const isHidden = contrast(renderPage(file, 1, DPI), hiding.target) < was * 0.3;
    counted.set(name, isHidden);
    const { verdict, changes } = await judge(file);
    if (!isHidden) return;
    expect(verdict).not.toMatch(/^valid/);
    expect(changes.map(({ kind }) => kind)).toContainEqual(
      expect.stringMatching(/^(text-covered|cover-unproven)$/),
    );
  });

  it('and most of them hide, says another program', () => {
    const hiding = [...counted].filter(([, isHidden]) => isHidden);
    expect(hiding.length).toBeGreaterThan(hidings.length * 0.7);
  });
});

it.each(Object.entries(harmless))('what hides nothing is green: %s', async (_, look) => {
  const { verdict, changes } = await judge(coSigned(letter, pki, look, TARGETS.words));
  expect({ verdict, changes }).toMatchObject({ verdict: 'valid', changes: [{ kind: 'signature-added' }] });
});

describe('what is not proven harmless is open', () => {
  it('a see-through stamp over words, which are named', async () => {
    const look = {
      content: '/G gs 0.8 0.1 0.1 rg 0 0 340 40 re f',
      resources: '/ExtGState << /G << /ca 0.6 >> >>',
    };
    const { verdict, reasons } = await judge(coSigned(letter, pki, look, TARGETS.words));
    expect({ verdict, reasons }).toMatchObject({
      verdict: 'indeterminate',
      reasons: [{ code: 'integrity.cover-unproven', params: { page: 1, text: 'PAY 100' } }],
    });
  });

  it('a stroke of the same colour that makes another figure of one', async () => {
    const look = { content: '0 g 2 w 86 10 m 86 27 l S' };
    const { verdict, reasons } = await judge(coSigned(letter, pki, look, TARGETS.words));
    expect({ verdict, reasons }).toMatchObject({
      verdict: 'indeterminate',
      reasons: [{ code: 'integrity.cover-unproven' }],
    });
  });

  it('anything on a page too large to be drawn', async () => {
    const large = await signed(pki, {
      ...LETTER,
      3: LETTER[3]!.replace('/MediaBox [0 0 595 842]', '/MediaBox [0 0 14400 14400]'),
    });
    const drawn = { content: '1 0 0 RG 1 w 1 1 338 38 re S' };
    const { verdict } = await judge(coSigned(large, pki, drawn, [60, 500, 400, 540]));
    expect(verdict).toBe('indeterminate');
  });
});
