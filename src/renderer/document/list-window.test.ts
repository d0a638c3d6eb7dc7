import { describe, expect, it } from 'vitest';
import { windowOffset, windowSize } from './list-window.ts';

describe('the window of rows asked for', () => {
  it('always holds what is seen, whatever row is topmost', () => {
    const seen = 40;
    for (let first = 0; first < 1000; first++) {
      const offset = windowOffset(first);
      expect(offset).toBeLessThanOrEqual(first);
      expect(offset + windowSize).toBeGreaterThanOrEqual(first + seen);
    }
  });

  it('is asked again only every fifty rows', () => {
    const offsets = new Set(Array.from({ length: 1000 }, (_, first) => windowOffset(first)));
    expect(offsets.size).toBe(19);
  });
});
