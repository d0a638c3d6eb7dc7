import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRevocation, isCrlSignedBy, readCrl } from '../../src/main/x509/crl.ts';
import { imageAppearance } from '../../src/main/pdf/appearance.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { openText } from '../../src/main/pdf/text.ts';
import { signPdf } from '../../src/main/signature/sign.ts';
import type { Signer } from '../../src/main/signature/signer.ts';
import { verifyFile } from '../../src/main/signature/verify.ts';
import { readCertificate } from '../../src/main/x509/certificate.ts';
import { sealPng, signaturePng } from '../fixtures/pdf/images.ts';
import { drawLetter, SAMPLE_LETTER } from '../fixtures/pdf/letters.ts';
import { manyPages, writeBigPdf } from '../fixtures/pdf/samples.ts';
import { issue, issueCrl } from '../pki/ca.ts';
import { createOfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { fileHash } from './file-hash.ts';
import { duration, ratio, type Row } from './measure.ts';

const request = { target: { kind: 'new', page: 0 } } as const;

const wholeHash = 'SHA-256 of the file by node:crypto, read whole';

function bigFile(folder: string, signer: Signer): Promise<Row> {
  const input = join(folder, 'big.pdf');
  writeBigPdf(input, 50);
  return ratio(
    {
      what: 'sign a PDF of 50 MB with a software key: read, hash, complete file on disk',
      against: wholeHash,
      most: 2,
    },
    5,
    {
      ours: () => signPdf({ input, output: join(folder, 'big.signed.pdf'), request, signer }),
      least: () => fileHash(input),
    },
  );
}

function diskOfBigFile(folder: string): Promise<Row> {
  const input = join(folder, 'big.pdf');
  const output = join(folder, 'big.copy.pdf');
  const copy = () => {
    copyFileSync(input, output, constants.COPYFILE_FICLONE);
    const fd = openSync(output, 'r+');
    fsyncSync(fd);
    closeSync(fd);
  };
  return ratio(
    {
      what: 'the part of that which is the disk: copy, flushed to it (fsync)',
      against: wholeHash,
      most: null,
    },
    5,
    { ours: copy, least: () => fileHash(input) },
  );
}

/** In a process of its own: what earlier rows left behind would hide it. */
function memoryOfBigFile(folder: string): Row {
  const child = fileURLToPath(new URL('sign-child.ts', import.meta.url));
  const files = [join(folder, 'big.pdf'), join(folder, 'big.memory.pdf')];
  const value = Number(execFileSync(process.execPath, [child, ...files]));
  const what = 'memory gained at most while those 50 MB are signed';
  return { what, against: 'by itself', value, unit: 'MB', figures: '', most: 60 };
}

function verifyBigFile(folder: string): Promise<Row> {
  const input = join(folder, 'big.signed.pdf');
  return ratio({ what: 'verify 50 MB with one signature', against: wholeHash, most: 2 }, 5, {
    ours: () => verifyFile(input, { checkChain: false }),
    least: () => fileHash(input),
  });
}

/** The file signed once, twice and so on: their paths, the unsigned one first. */
async function signedTimes(folder: string, signer: Signer, times: number, pages: number): Promise<string[]> {
  const paths = [join(folder, `${pages}-pages.pdf`)];
  writeFileSync(paths[0]!, manyPages(pages));
  for (let n = 1; n <= times; n++) {
    const output = join(folder, `${pages}-pages-${n}.pdf`);
    await signPdf({ input: paths[n - 1]!, output, request, signer });
    paths.push(output);
  }
  return paths;
}

/** Linear in their number is 1×, in its square 5×. */
async function manySignatures(folder: string, signer: Signer): Promise<Row> {
  const paths = await signedTimes(folder, signer, 25, 1);
  const verify = (times: number) => verifyFile(paths[times]!, { checkChain: false });
  return ratio(
    { what: 'verify a file of 25 signatures', against: 'a file of 5 signatures, 5 times', most: 2 },
    15,
    {
      ours: () => verify(25),
      least: async () => {
        for (let n = 0; n < 5; n++) await verify(5);
      },
    },
  );
}

async function manyObjects(folder: string, signer: Signer): Promise<Row[]> {
  const [input, , twice] = await signedTimes(folder, signer, 2, 12_000);
  return [
    await duration(
      { what: 'sign a file of 12,000 pages and 60,000 objects', against: 'by itself', most: 300 },
      5,
      () => signPdf({ input: input!, output: join(folder, 'objects.pdf'), request, signer }),
    ),
    await duration({ what: 'verify it with two signatures', against: 'by itself', most: 300 }, 5, () =>
      verifyFile(twice!, { checkChain: false }),
    ),
  ];
}

/** What drawing costs, told apart: only files with something painted on a page after a signature are drawn. */
async function secondOpinion(folder: string, signer: Signer): Promise<Row> {
  const paths = ['letter', 'signed', 'sealed'].map((name) => join(folder, `drawn-${name}.pdf`));
  const [letter, once, twice] = paths as [string, string, string];
  writeFileSync(letter, await drawLetter(SAMPLE_LETTER));
  const looks = [await imageAppearance(signaturePng(), 120, 60), await imageAppearance(sealPng(), 102, 102)];
  for (const [i, appearance] of looks.entries()) {
    const box = { x: 320 - i * 60, y: 560, width: appearance.width, height: appearance.height };
    const shown = { target: { kind: 'new', page: 0, box }, appearance } as const;
    await signPdf({ input: paths[i]!, output: paths[i + 1]!, request: shown, signer });
  }
  const verify = (path: string) => verifyFile(path, { checkChain: false });
  return ratio(
    {
      what: 'verify a letter sealed over its signature: the page drawn twice and compared',
      against: 'the letter before it was sealed, and its words read',
      most: null,
    },
    9,
    {
      ours: () => verify(twice),
      least: async () => {
        await verify(once);
        const words = await openText(memorySource(readFileSync(once)));
        await words.page(0);
        await words.close();
      },
    },
  );
}

/** The one that is looked for stands last. */
async function longList(): Promise<Row> {
  const root = await issue(null, { profile: 'root', subject: [['CN', 'RootCA Ví Dụ']] });
  const serials = Array.from({ length: 200_000 }, (_, n) => Uint8Array.of(1, n >> 16, n >> 8, n));
  const list = issueCrl(root, { revoked: serials.map((serial) => ({ serial, at: Date.UTC(2026, 0, 1) })) });
  const issuer = readCertificate(root.certificate);
  const what = 'find a certificate in a revocation list of 200,000, its signature checked';
  return duration({ what, against: 'by itself', most: 100 }, 5, () => {
    const crl = readCrl(list);
    if (!isCrlSignedBy(crl, issuer) || !findRevocation(crl, serials.at(-1)!, issuer.subject))
      throw new Error('the list does not tell');
  });
}

export async function signingRows(folder: string): Promise<Row[]> {
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
    await secondOpinion(folder, signer),
    await longList(),
  ];
}
