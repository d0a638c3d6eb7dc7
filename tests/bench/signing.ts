import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signPdf } from '../../src/main/signature/sign.ts';
import type { Signer } from '../../src/main/signature/signer.ts';
import { verifyFile } from '../../src/main/signature/verify.ts';
import { manyPages, writeBigPdf } from '../fixtures/pdf/samples.ts';
import { createOfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { compare, type Comparison } from './measure.ts';

const request = { target: { kind: 'new', page: 0 } } as const;

const sha256Of = (path: string): Buffer => createHash('sha256').update(readFileSync(path)).digest();

async function bigFile(folder: string, signer: Signer): Promise<Comparison> {
  const input = join(folder, 'big.pdf');
  writeBigPdf(input, 50);
  return compare(
    {
      what: 'sign a PDF of 50 MB with a software key: read, hash, complete file on disk',
      least: 'SHA-256 of the file by node:crypto, read whole',
    },
    5,
    () => signPdf({ input, output: join(folder, 'big.signed.pdf'), request, signer }),
    () => sha256Of(input),
  );
}

/** In a process of its own: what earlier rows left behind would hide it. */
function memoryOfBigFile(folder: string): Comparison {
  const input = join(folder, 'big.pdf');
  const child = fileURLToPath(new URL('sign-child.ts', import.meta.url));
  const grown = execFileSync(process.execPath, [child, input, join(folder, 'big.memory.pdf')]);
  return {
    what: 'memory gained while signing 50 MB, in MB instead of ms (at most 60)',
    least: 'the 50 MB of the file',
    oursMs: Number(grown),
    leastMs: statSync(input).size / 2 ** 20,
  };
}

async function diskOfBigFile(folder: string): Promise<Comparison> {
  const input = join(folder, 'big.pdf');
  const output = join(folder, 'big.copy.pdf');
  return compare(
    {
      what: 'the part of that which is the disk: copy, flushed to it (fsync)',
      least: 'SHA-256 of the file by node:crypto, read whole',
    },
    5,
    () => {
      copyFileSync(input, output, constants.COPYFILE_FICLONE);
      const fd = openSync(output, 'r+');
      fsyncSync(fd);
      closeSync(fd);
    },
    () => sha256Of(input),
  );
}

async function verifyBigFile(folder: string): Promise<Comparison> {
  const input = join(folder, 'big.signed.pdf');
  return compare(
    { what: 'verify 50 MB with one signature', least: 'SHA-256 of the file by node:crypto, read whole' },
    5,
    () => verifyFile(input, { checkChain: false }),
    () => sha256Of(input),
  );
}

async function signedTimes(folder: string, signer: Signer, times: number, pages: number): Promise<string> {
  let input = join(folder, `${pages}-pages.pdf`);
  writeFileSync(input, manyPages(pages));
  for (let n = 1; n <= times; n++) {
    const output = join(folder, `${pages}-pages-${n}.pdf`);
    await signPdf({ input, output, request, signer });
    input = output;
  }
  return input;
}

async function manySignatures(folder: string, signer: Signer): Promise<Comparison> {
  const many = await signedTimes(folder, signer, 25, 1);
  const one = join(folder, '1-pages-1.pdf');
  return compare(
    { what: 'verify a file of 25 signatures', least: 'a file of one signature, 25 times' },
    7,
    () => verifyFile(many, { checkChain: false }),
    async () => {
      for (let n = 0; n < 25; n++) await verifyFile(one, { checkChain: false });
    },
  );
}

async function manyObjects(folder: string, signer: Signer): Promise<Comparison[]> {
  const twice = await signedTimes(folder, signer, 2, 12_000);
  const input = join(folder, '12000-pages.pdf');
  const least = 'SHA-256 of the file by node:crypto, read whole';
  return [
    await compare(
      { what: 'sign 12,000 pages of 60,000 objects (at most 300 ms)', least },
      5,
      () => signPdf({ input, output: join(folder, 'objects.pdf'), request, signer }),
      () => sha256Of(input),
    ),
    await compare(
      { what: 'verify 12,000 pages with two signatures (at most 500 ms)', least },
      5,
      () => verifyFile(twice, { checkChain: false }),
      () => sha256Of(input),
    ),
  ];
}

export async function signingComparisons(folder: string): Promise<Comparison[]> {
  const pki = await createOfficePki({
    agency: 'Trường Tiểu học Ví Dụ',
    superior: 'Ủy ban nhân dân xã Ví Dụ',
    province: 'Tỉnh Ví Dụ',
    principal: 'Nguyễn Thị Ví Dụ',
  });
  const signer = softSigner(pki.principal);
  return [
    await bigFile(folder, signer),
    await diskOfBigFile(folder),
    memoryOfBigFile(folder),
    await verifyBigFile(folder),
    await manySignatures(folder, signer),
    ...(await manyObjects(folder, signer)),
  ];
}
