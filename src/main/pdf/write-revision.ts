/** One more revision of a file, written into another file. */
import { closeSync, constants, copyFileSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../../shared/errors/index.ts';
import { moveFileSync, removeSync } from '../disk/busy.ts';
import { requireFileNames } from '../disk/place.ts';
import { openPdf } from './reader.ts';
import type { PdfDocument } from './reader.ts';
import { openFileSource } from './source.ts';

export interface RevisionFiles {
  readonly input: string;
  readonly output: string;
  readonly password?: string;
}

/**
 * The old bytes, then what `make` appends. The output appears whole or not at all.
 * @throws what `openPdf` and `make` throw; signature.output-is-input, signature.input-changed; file system errors
 */
export async function addRevision<T extends { readonly tail: Uint8Array }>(
  { input, output, password }: RevisionFiles,
  make: (document: PdfDocument) => Promise<T>,
): Promise<T> {
  checkOutput(input, output);
  const source = openFileSource(input);
  try {
    const made = await make(openPdf(source, password === undefined ? {} : { password }));
    writeWhole(input, source.size, made.tail, output);
    return made;
  } finally {
    source.close();
  }
}

/** The original is never overwritten, by whatever name it goes. @throws signature.output-is-input, host.bad-file-name */
export function checkOutput(input: string, output: string): void {
  requireFileNames(output);
  const [one, two] = [statSync(input), statSync(output, { throwIfNoEntry: false })];
  if (two && one.dev === two.dev && one.ino === two.ino) throw new DeskError('signature.output-is-input');
}

function writeWhole(input: string, size: number, tail: Uint8Array, output: string): void {
  const temporary = join(dirname(output), `.${basename(output)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // Shares the old bytes where the file system can, copies them where it cannot.
    copyFileSync(input, temporary, constants.COPYFILE_FICLONE);
    if (statSync(temporary).size !== size) throw new DeskError('signature.input-changed');
    const fd = openSync(temporary, 'r+');
    try {
      for (let done = 0; done < tail.length;)
        done += writeSync(fd, tail, done, tail.length - done, size + done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    moveFileSync(temporary, output);
  } catch (error) {
    removeSync(temporary);
    throw error;
  }
}
