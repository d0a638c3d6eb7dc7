import { expect, it } from 'vitest';
import { expiryWarning } from './expiry.ts';

it.each([
  [91, null],
  [90, 90],
  [31, 90],
  [30, 30],
  [8, 30],
  [7, 7],
  [1, 7],
  [0, 0],
  [-3, 0],
])('%i days before the end: %s', (days, warning) => {
  expect(expiryWarning(days)).toBe(warning);
});
