/** The placement rule of the domain, 2.4, number by number, on text laid out by hand. */
import { expect, it } from 'vitest';
import { mmToPt } from '../pdf/geometry.ts';
import { findSignaturePlaces, infoBox, keepOnPage } from './placement.ts';
import type { TextLayer, TextRun } from '../pdf/text.ts';

const PAGE = { width: 595, height: 842 };
const SIGNER = { fullName: 'Nguyễn Thị Ví Dụ', title: 'Hiệu trưởng' };
const HEIGHT = 14;

/** A line of 100 points about `x`, its top at `y`. */
const line = (text: string, x: number, y: number): TextRun => ({
  text,
  x: x - 50,
  y,
  width: 100,
  height: HEIGHT,
  baseline: y + 11,
  fontSize: 13,
  upright: true,
});

const layer = (...runs: TextRun[]): TextLayer => ({
  pageCount: 1,
  page: () => Promise.resolve({ index: 0, ...PAGE, runs }),
  close: () => Promise.resolve(),
});

const block = (gap: number, imageAspect = 1, { titleX = 440, nameX = 440 } = {}) =>
  findSignaturePlaces(
    layer(line('HIỆU TRƯỞNG', titleX, 500), line('NGUYỄN THỊ VÍ DỤ', nameX, 500 + HEIGHT + gap)),
    SIGNER,
    { imageAspect, sealMm: 36 },
  );

it.each([
  ['1.15 of the gap', 60, 1, 69, 69],
  ['34 points at least', 20, 1, 34, 34],
  ['80 points at most', 100, 1, 80, 80],
  ['130 points wide at most, in proportion', 60, 3, 130, 130 / 3],
] as const)('the image is %s', async (_, gap, aspect, width, height) => {
  const { found, personal } = await block(gap, aspect);
  expect(found).toBe('title-and-name');
  expect([personal.width, personal.height]).toEqual([expect.closeTo(width, 3), expect.closeTo(height, 3)]);
  expect(personal.x + personal.width / 2).toBeCloseTo(440, 3);
  expect(personal.y + personal.height / 2).toBeCloseTo(514 + gap / 2, 3);
});

it('the seal is as large as it is and covers a third of the image from its left', async () => {
  const { personal, agency } = await block(60, 1.5);
  expect(agency.width).toBeCloseTo(mmToPt(36), 5);
  expect(agency.x + agency.width - personal.x).toBeCloseTo(personal.width / 3, 3);
  expect(agency.y + agency.height / 2).toBeCloseTo(personal.y + personal.height / 2, 5);
});

it('a name counts right of 0.45 of the page, a title within 40 points of its middle', async () => {
  const at = (share: number) => share * PAGE.width;
  const found = async (titleX: number, nameX: number) => (await block(60, 1, { titleX, nameX })).found;
  expect(await found(at(0.46), at(0.46))).toBe('title-and-name');
  expect(await found(at(0.44), at(0.44))).toBe('manual');
  expect(await found(440, 479)).toBe('title-and-name');
  expect(await found(440, 481)).not.toBe('title-and-name');
});

it('below a title alone the name is taken to stand 85 points lower', async () => {
  const { found, personal } = await findSignaturePlaces(layer(line('HIỆU TRƯỞNG', 440, 500)), SIGNER, {
    imageAspect: 1,
    sealMm: 36,
  });
  expect(found).toBe('title-only');
  expect(personal.y + personal.height / 2).toBeCloseTo((514 + 585) / 2, 3);
  expect(personal.height).toBeCloseTo(80, 3);
});

it('everything keeps 8 points from the edge of the page', () => {
  const size = { width: 100, height: 50 };
  expect(keepOnPage({ x: -20, y: 0, ...size }, PAGE)).toEqual({ x: 8, y: 8, ...size });
  expect(keepOnPage({ x: 900, y: 900, ...size }, PAGE)).toEqual({ x: 487, y: 784, ...size });
});

it('an info block stands 15 mm from the right edge, or further where the margin is, and 8 mm from the top', () => {
  const mark = { width: 170, height: 30 };
  const [usual, wide] = [infoBox(PAGE, mark), infoBox(PAGE, mark, mmToPt(18))];
  expect(PAGE.width - usual.x - 170).toBeCloseTo(mmToPt(15), 5);
  expect(PAGE.width - wide.x - 170).toBeCloseTo(mmToPt(18), 5);
  expect(usual.y).toBeCloseTo(mmToPt(8), 5);
});
