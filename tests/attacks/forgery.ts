/** Universal signature forgery (Mladenov et al. 2019): the signature itself is broken so that a reader skips a check. */
import { overwrite } from './pdf-text.ts';
import { rangeOf, signed, withRange } from './signed.ts';
import type { Attack } from './signed.ts';

const forgeries: readonly (readonly [string, (file: Buffer) => Buffer])[] = [
  ['no /Contents', (file) => overwrite(file, '/Contents <', '/Kontents <')],
  ['no /ByteRange', (file) => overwrite(file, '/ByteRange', '/BiteRange')],
  ['empty /ByteRange', (file) => withRange(file, '[]')],
  ['null /ByteRange', (file) => withRange(file, 'null')],
  ['negative /ByteRange', (file) => withRange(file, '[0 -1 -2 99999]')],
  ['/ByteRange of nothing', (file) => withRange(file, '[0 0 0 0]')],
  ['/ByteRange that hides the start', (file) => withRange(file, `[9 ${rangeOf(file).slice(1).join(' ')}]`)],
  ['/Contents of zeros', zeroContents],
];
export const universalForgery = forgeries.map(([name, change]): Attack => ({
  name: `universal forgery: ${name}`,
  exposedBy: name === '/Contents of zeros' ? 'integrity.bad-format' : 'integrity.byte-range',
  make: async (pki) => change(forgeFirst(await signed(pki))),
}));

/** Changes the shown amount in place: only a check that is skipped would not notice. */
const forgeFirst = (file: Buffer): Buffer => overwrite(file, '(PAY 100)', '(PAY 999)');

function zeroContents(file: Buffer): Buffer {
  const [, a, b] = rangeOf(file);
  const copy = Buffer.from(file);
  copy.fill('0', a + 1, b - 1);
  return copy;
}
