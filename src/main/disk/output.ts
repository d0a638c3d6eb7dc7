import { writeFile } from 'node:fs/promises';
import { whenFree } from './busy.ts';
import { requireFileNames } from './place.ts';

/** Writes a file where a person wants it. @throws DeskError host.bad-file-name, host.file-held */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  requireFileNames(path);
  await whenFree(path, () => writeFile(path, bytes));
}
