import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Verification } from '../../shared/domain/verification.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { changeSentence, findingSentence, verdictTexts } from '../../shared/text/verification.ts';
import { crlsOf } from '../signature/crl.ts';
import { pemBlocks } from '../signature/pem.ts';
import { importedAnchor, readTrustFile } from '../signature/trust.ts';
import type { TrustAnchor } from '../signature/trust.ts';
import { verifyFile } from '../signature/verify.ts';
import { readOptions, UsageError } from './arguments.ts';

const SPEC = {
  texts: ['password', 'at'],
  flags: ['json', 'no-chain'],
  lists: { trust: ['.pem', '.cer', '.crt', '.der', '.p7b', '.p7c'], crl: ['.crl', '.pem', '.der'] },
};

/** @returns exit code: 0 when every file could be judged */
export async function verify(args: readonly string[]): Promise<number> {
  const options = readOptions(args, SPEC);
  if (options.files.length === 0) throw new UsageError('no file to verify');
  const password = options.text('password');
  const at = options.text('at');
  const settings = {
    anchors: (await Promise.all(options.list('trust').map(readAnchors))).flat(),
    crls: (await Promise.all(options.list('crl').map(readCrls))).flat(),
    checkChain: !options.flag('no-chain'),
    checkRevocation: options.list('crl').length > 0,
    ...(password !== undefined && { password }),
    ...(at !== undefined && { at: readTime(at) }),
  };
  let exitCode = 0;
  const results: (Verification & { file: string })[] = [];
  for (const file of options.files) {
    try {
      results.push({ file, ...(await verifyFile(file, settings)) });
    } catch (error) {
      // The file itself is missing or locked: nothing was judged.
      if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
      exitCode = 1;
      const reason = { code: 'document.unreadable' as const, params: { code: String(error.code) } };
      results.push({ file, verdict: 'unreadable', signatures: [], changes: [], reasons: [reason] });
    }
  }
  const text = options.flag('json') ? JSON.stringify(results, null, 2) : results.map(describe).join('\n');
  process.stdout.write(`${text}\n`);
  return exitCode;
}

function readTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError('--at is no time');
  return ms;
}

async function readAnchors(file: string): Promise<TrustAnchor[]> {
  return readTrustFile(await readFile(file), file).map(importedAnchor);
}

async function readCrls(file: string): Promise<Uint8Array[]> {
  const found = crlsOf(pemBlocks(await readFile(file))).map(({ der }) => der);
  if (found.length === 0) throw new DeskError('signature.crl-unreadable', { file: basename(file) });
  return found;
}

function describe({ file, verdict, signatures, changes, reasons }: Verification & { file: string }): string {
  return [
    `${file}: ${verdictTexts[verdict].vi}`,
    ...reasons.map((reason) => `  ${findingSentence(reason, 'vi')}`),
    ...changes.map((change) => `  ${change.allowed ? '+' : '!'} ${changeSentence(change, 'vi')}`),
    ...signatures.flatMap(({ field, signer, findings }) => [
      `  ${field}: ${signer?.name ?? '?'}`,
      ...findings.map((finding) => `    ${findingSentence(finding, 'vi')}`),
    ]),
  ].join('\n');
}
