import { describe, expect, it } from 'vitest';
import { freePlace, type PageInk } from './free-place.ts';
import {
  fitHeading,
  heightMm,
  keepOnPage,
  rowMm,
  toMm,
  toPoints,
  usualPlace,
  widthMm,
} from './stamp-geometry.ts';

const a4 = { widthPt: 595.276, heightPt: 841.89 };

describe('the ĐẾN stamp', () => {
  it('is 141.73 × 99.21 pt: 50 × 35 mm in five rows of 7 mm', () => {
    expect(toPoints(widthMm)).toBeCloseTo(141.73, 2);
    expect(toPoints(heightMm)).toBeCloseTo(99.21, 2);
    expect(rowMm * 5).toBe(heightMm);
  });

  it('stays on the page wherever it is dragged', () => {
    expect(keepOnPage({ xPt: -40, yPt: 9999 }, a4)).toEqual({
      xPt: 0,
      yPt: a4.heightPt - toPoints(heightMm),
    });
    expect(keepOnPage({ xPt: 100, yPt: 200 }, a4)).toEqual({ xPt: 100, yPt: 200 });
    expect(keepOnPage({ xPt: 50, yPt: 50 }, { widthPt: 100, heightPt: 80 })).toEqual({ xPt: 0, yPt: 0 });
  });

  it.each([
    ['Trường THPT Ví Dụ', 1],
    ['Phòng Giáo dục và Đào tạo huyện Ví Dụ', 2],
    ['Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện Ví Dụ', 2],
  ])('writes %j on %i line(s) within its frame', (name, lines) => {
    const heading = fitHeading(name);
    expect(heading.lines).toHaveLength(lines);
    expect(heading.lines.join(' ')).toBe(name.toUpperCase());
    const longest = Math.max(...heading.lines.map((line) => line.length));
    expect(longest * heading.fontSizeMm * 0.72).toBeLessThanOrEqual(widthMm - 3 + 1e-9);
    expect(lines * heading.fontSizeMm).toBeLessThan(rowMm);
  });
});

const gap = (x: number, y: number) => x >= 140 && x < 192 && y >= 60 && y < 100;

describe('freePlace', () => {
  const columns = 210;
  const rows = 297;
  const page = (printed: (x: number, y: number) => boolean): PageInk => ({
    columns,
    rows,
    printed: Array.from({ length: columns * rows }, (_, at) =>
      printed(at % columns, Math.floor(at / columns)),
    ),
  });

  it('is the usual place on an empty page', () => {
    const place = freePlace(page(() => false))!;
    expect(toMm(place.xPt)).toBeCloseTo(toMm(usualPlace.xPt), 0);
    expect(toMm(place.yPt)).toBeCloseTo(toMm(usualPlace.yPt), 0);
  });

  it('covers nothing printed', () => {
    // A letter: printed down to 180 mm, but for a gap of 52 × 40 mm on the right.
    const place = freePlace(page((x, y) => y < 180 && y > 20 && !gap(x, y)))!;
    expect(toMm(place.xPt)).toBeCloseTo(141, 0);
    expect(toMm(place.yPt)).toBeGreaterThanOrEqual(61);
    expect(toMm(place.yPt) + heightMm).toBeLessThanOrEqual(99);
  });

  it('is nowhere on a full page, or on one smaller than the stamp', () => {
    expect(freePlace(page((_, y) => y % 20 === 0))).toBeUndefined();
    expect(
      freePlace({ columns: 40, rows: 30, printed: Array.from({ length: 1200 }, () => false) }),
    ).toBeUndefined();
  });
});
