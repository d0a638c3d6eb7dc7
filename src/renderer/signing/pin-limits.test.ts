import { describe, expect, it } from 'vitest';
import { isPinLength, limitsOf } from './pin-limits.ts';

describe('lengths of a PIN', () => {
  it.each([
    ['a token that names both', { minLength: 6, maxLength: 16 }, { least: 6, most: 16 }],
    ['a token that names no maximum', { minLength: 4, maxLength: 0 }, { least: 4, most: null }],
    ['a PKCS#12 file', { minLength: 1, maxLength: 255 }, { least: 1, most: null }],
  ])('of %s', (_, pin, limits) => expect(limitsOf(pin)).toEqual(limits));

  it('are kept before the token is asked: a try is not wasted on them', () => {
    const pin = { minLength: 6, maxLength: 8 };
    expect([5, 6, 8, 9].map((length) => isPinLength(pin, length))).toEqual([false, true, true, false]);
    expect(isPinLength({ minLength: 0, maxLength: 0 }, 0)).toBe(false);
  });
});
