import { describe, expect, it } from 'vitest';
import { isPng } from './png.ts';

describe('isPng', () => {
  it('goes by what the file begins with, not by its name', () => {
    expect(isPng(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe(true);
    expect(isPng(Uint8Array.of(0xff, 0xd8, 0xff))).toBe(false);
    expect(isPng(new Uint8Array())).toBe(false);
  });
});
