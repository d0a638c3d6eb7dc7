import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
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
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PKCS11 } from 'pkcs11js';
import { signPdf } from '../../src/main/signature/sign.ts';
import type { Signer } from '../../src/main/signature/signer.ts';
import { verifyFile } from '../../src/main/signature/verify.ts';
import { readModuleFile } from '../../src/main/token/module-file.ts';
import { forkHost } from '../../src/main/token/launch.ts';
import { createTokens } from '../../src/main/token/tokens.ts';
import { manyPages, rawPdf, writeBigPdf } from '../fixtures/pdf/samples.ts';
import { createOfficePki } from '../pki/office.ts';
import { softSigner } from '../pki/soft-signer.ts';
import { createSoftHsmToken, type SoftHsm } from '../pki/softhsm.ts';
import { compare, type Comparison } from './measure.ts';

const PIN = '246810';
const DOCUMENTS = 50;
const request = { target: { kind: 'new', page: 0 } } as const;

/** One page with an image of noise: about 100 KB that nothing can compress. */
function documentOf100Kb(): Uint8Array {
  const image =
    '<< /Type /XObject /Subtype /Image /Width 182 /Height 182 /ColorSpace /DeviceRGB /BitsPerComponent 8 >>';
  return rawPdf([
    { num: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
    { num: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    {
      num: 3,
      body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>',
    },
    { num: 4, body: '<< >>', data: Buffer.from('595 0 0 842 0 0 cm /Im Do') },
    { num: 5, body: image, data: randomBytes(182 * 182 * 3) },
  ]);
}

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const [CKF_SERIAL_SESSION, CKU_USER, CKO_PRIVATE_KEY, CKA_CLASS, CKM_RSA_PKCS] = [0x4, 1, 3, 0, 1];

const sha256Of = (path: string): Buffer => createHash('sha256').update(readFileSync(path)).digest();

/** The token with nothing around it: hash a file, sign the digest, in this process, in one login. */
function bareToken(hsm: SoftHsm): { signFiles: (paths: readonly string[]) => void; close: () => void } {
  process.env['SOFTHSM2_CONF'] = hsm.env['SOFTHSM2_CONF'];
  const binding = createRequire(import.meta.url)('pkcs11js') as { PKCS11: new () => PKCS11 };
  const p11 = new binding.PKCS11();
  p11.load(hsm.module);
  p11.C_Initialize();
  const slot = p11.C_GetSlotList(true)[0]!;
  return {
    signFiles(paths) {
      const session = p11.C_OpenSession(slot, CKF_SERIAL_SESSION);
      p11.C_Login(session, CKU_USER, PIN);
      p11.C_FindObjectsInit(session, [{ type: CKA_CLASS, value: CKO_PRIVATE_KEY }]);
      const [key] = p11.C_FindObjects(session, 1);
      p11.C_FindObjectsFinal(session);
      for (const path of paths) {
        p11.C_SignInit(session, { mechanism: CKM_RSA_PKCS }, key!);
        p11.C_Sign(session, Buffer.concat([DIGEST_INFO, sha256Of(path)]), Buffer.alloc(256));
      }
      p11.C_Logout(session);
      p11.C_CloseSession(session);
    },
    close: () => p11.C_Finalize(),
  };
}

async function smallFiles(folder: string, hsm: SoftHsm): Promise<Comparison> {
  const inputs = Array.from({ length: DOCUMENTS }, (_, n) => join(folder, `small-${n}.pdf`));
  for (const path of inputs) writeFileSync(path, documentOf100Kb());
  const { sha256 } = await readModuleFile(hsm.module);
  const tokens = createTokens({
    launch: forkHost({ env: hsm.env }),
    modules: [{ path: hsm.module, sha256 }],
    pkcs12Files: [],
  });
  const [token] = await tokens.list();
  const bare = bareToken(hsm);
  try {
    return await compare(
      {
        what: `sign ${DOCUMENTS} PDFs of 100 KB in one login: login, self-check, complete files on disk`,
        least: 'SHA-256 of each file and one bare C_Sign, in one login',
      },
      5,
      async () => {
        const session = await tokens.openSigner(token!.id, token!.certificates[0]!.sha256, PIN);
        for (const input of inputs)
          await signPdf({ input, output: `${input}.signed`, request, signer: session });
        await session.close();
      },
      () => bare.signFiles(inputs),
    );
  } finally {
    bare.close();
    await tokens.close();
  }
}

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
  const hsm = await createSoftHsmToken({ label: 'Bench', pin: PIN, identities: [pki.principal] });
  try {
    const signer = softSigner(pki.principal);
    return [
      await smallFiles(folder, hsm),
      await bigFile(folder, signer),
      await diskOfBigFile(folder),
      memoryOfBigFile(folder),
      await verifyBigFile(folder),
      await manySignatures(folder, signer),
      ...(await manyObjects(folder, signer)),
    ];
  } finally {
    await hsm.remove();
  }
}
