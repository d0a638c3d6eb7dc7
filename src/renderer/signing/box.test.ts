import { describe, expect, it } from 'vitest';
import type { Box } from '../../shared/ipc/signing.ts';
import {
  centreAt,
  coversRecipients,
  isByRule,
  keepOnPage,
  moveBy,
  nudge,
  offsetMm,
  pointsPerMm,
} from './box.ts';
import { texts } from './texts.ts';

const a4 = { widthPt: 595.28, heightPt: 841.89 };
const box: Box = { page: 1, x: 380, y: 620, width: 120, height: 60 };

describe('moving a box', () => {
  it('goes 1 mm a key, 0.1 mm with Shift', () => {
    const [dx, dy] = nudge('ArrowLeft', false)!;
    const moved = moveBy(box, dx, dy, a4);
    expect(offsetMm(moved, box)).toBeCloseTo(1, 10);
    expect(moved.x).toBeLessThan(box.x);
    const [fineX, fineY] = nudge('ArrowDown', true)!;
    expect(fineX).toBe(0);
    expect(fineY).toBeCloseTo(pointsPerMm / 10);
    expect(nudge('Enter', false)).toBeUndefined();
  });

  it('stays on the page, 8 points from its edge', () => {
    expect(moveBy(box, 1e6, -1e6, a4)).toMatchObject({ x: a4.widthPt - 8 - 120, y: 8 });
    expect(keepOnPage({ ...box, width: 5000, x: 100 }, a4).x).toBe(8);
  });

  it('centres where the person points', () => {
    expect(centreAt(box, 3, 300, 400, a4)).toEqual({ page: 3, x: 240, y: 370, width: 120, height: 60 });
  });
});

describe('a box over the block Nơi nhận', () => {
  // Five lines of one size: a whole line is 20 % of the text.
  const lines = Array.from({ length: 5 }, (_, n) => ({
    page: 1,
    x: 85,
    y: 600 + 14 * n,
    width: 100,
    height: 10,
  }));
  const recipients = { lines, mostCovered: 0.2 };
  const over = (height: number, page = 1): Box => ({ page, x: 80, y: 600, width: 120, height });

  it('is told of above the share, whatever room between the lines it takes', () => {
    expect(coversRecipients(over(10), recipients)).toBe(false);
    expect(coversRecipients(over(13), recipients)).toBe(false);
    expect(coversRecipients(over(16), recipients)).toBe(true);
    expect(coversRecipients({ ...over(80), x: 163 }, recipients)).toBe(true);
    expect(coversRecipients({ ...over(80), x: 166 }, recipients)).toBe(false);
  });
  it('is nothing on another page, or without such a block', () => {
    expect(coversRecipients(over(80, 2), recipients)).toBe(false);
    expect(coversRecipients(over(80), null)).toBe(false);
  });
});

describe('offsetMm', () => {
  it('measures between centres, whatever the sizes', () => {
    expect(offsetMm({ ...box, x: box.x - 10, width: 140 }, box)).toBeCloseTo(0);
    expect(offsetMm({ ...box, x: box.x + 3 * pointsPerMm, y: box.y + 4 * pointsPerMm }, box)).toBeCloseTo(5);
  });
  it('says nothing about another page', () => {
    expect(offsetMm({ ...box, page: 2 }, box)).toBeNull();
  });
});

it('a place estimated from the title alone is not called right; it is said to be checked', () => {
  expect(isByRule({ found: 'title-and-name' })).toBe(true);
  expect(isByRule({ found: 'title-only' })).toBe(false);
  expect(texts.vi.found['title-only']).toContain('hãy xem lại chỗ đặt');
  expect(texts.en.found['title-only']).toContain('check the place');
});
