import { join, relative } from 'node:path';
import { buildPkcs11ForWindows } from '../../build/windows/pkcs11.ts';
import { buildForWindows, windowsLibraries } from '../token/faulty-token.ts';
import { buildHolder, HOLDER } from './holder.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Compiles, on Linux, what tests under Windows need and npm does not bring: pkcs11js, a driver with a token, and a
 * program that holds files.
 * @param clone the project with packages for Windows, where each is put where it is looked for
 */
export async function putNativeParts(clone: string): Promise<void> {
  await buildPkcs11ForWindows(join(clone, 'node_modules/pkcs11js/build/Release/pkcs11.node'));
  await buildHolder(join(clone, HOLDER));
  await buildForWindows(join(clone, relative(root, windowsLibraries)));
}
