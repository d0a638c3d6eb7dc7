import { describe, expect, it } from 'vitest';
import { pageGap, pixelsPerPoint, scaleFor, stepZoom, wheelZoom } from './zoom.ts';

const a4 = { width: 595.28, height: 841.89 };

describe('scaleFor', () => {
  it('shows 100 % at the size on paper', () => {
    expect(scaleFor(1, a4, { width: 10, height: 10 })).toBeCloseTo(96 / 72);
  });
  it('fits the width, or the whole page', () => {
    const view = { width: 800, height: 600 };
    expect(scaleFor('width', a4, view) * a4.width).toBeCloseTo(800 - 2 * pageGap);
    expect(scaleFor('page', a4, view) * a4.height).toBeCloseTo(600 - 2 * pageGap);
    expect(scaleFor('page', { width: a4.height, height: a4.width }, view) * a4.height).toBeCloseTo(776);
  });
  it('stays visible in a view too small and sane in one huge', () => {
    expect(scaleFor('width', a4, { width: 0, height: 0 })).toBeCloseTo(0.1 * pixelsPerPoint);
    expect(scaleFor('width', a4, { width: 1e6, height: 1e6 })).toBeCloseTo(5 * pixelsPerPoint);
  });
});

describe('stepping', () => {
  it('goes to the next round factor and stops at the ends', () => {
    expect(stepZoom(1, 1)).toBe(1.1);
    expect(stepZoom(0.93, -1)).toBe(0.9);
    expect(stepZoom(5, 1)).toBe(5);
    expect(stepZoom(0.25, -1)).toBe(0.25);
  });
  it('turns the wheel by about a tenth and back to where it was', () => {
    expect(wheelZoom(1, -100)).toBeCloseTo(1.105, 2);
    expect(wheelZoom(wheelZoom(1, -100), 100)).toBeCloseTo(1);
    expect(wheelZoom(1, 1e9)).toBeGreaterThan(0.9);
  });
});
