import { setFlagsFromString } from 'node:v8';

/**
 * Of each of the two halves in which a thread makes its objects. With less, reading a PDF's text takes a tenth longer;
 * with what V8 lets them grow to, four threads hold 400 MB of what nobody needs any more.
 */
const HALF_MB = 8;

/**
 * Keeps what the threads of this process hold small enough for an office computer of 4 GB: the heap for new objects
 * stays as large as it begins. The first thread, whose largest size is fixed before the program starts, is kept from
 * growing; those that start later take their limits from the beginning, which versions of V8 read from different flags.
 */
export function boundHeaps(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--min-semi-space-size=${HALF_MB}`);
  setFlagsFromString(`--max-semi-space-size=${HALF_MB}`);
}
