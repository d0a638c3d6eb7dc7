import { createHash } from '../crypto/index.ts';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkOf } from '../../shared/domain/check-result.ts';
import type { KeptAnswer } from '../../shared/domain/evidence.ts';
import type { Verification } from '../../shared/domain/verification.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { changeSentence, findingSentence, verdictText } from '../../shared/sentences/verification.ts';
import { writeOutput } from '../disk/output.ts';
import { openPdf } from '../pdf/reader.ts';
import type { OpenOptions } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { tryReadCertificate } from '../x509/certificate.ts';
import { verifyFile } from '../signature/verify.ts';
import type { VerifyOptions } from '../signature/verify.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { readOptions, UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';
import { PASSWORD, readPassword } from './secrets.ts';
import { CRL_FILES, readAnchors, readCrls, TRUST_FILES } from './trust-files.ts';

const SPEC = {
  texts: ['at', 'report', 'cache', ...PASSWORD],
  flags: ['json', 'no-chain', 'online'],
  lists: { trust: TRUST_FILES, crl: CRL_FILES, intranet: [] },
};

/** @returns exit code: 0 when every file could be judged */
export async function verify(args: readonly string[]): Promise<number> {
  const options = readOptions(args, SPEC);
  if (options.files.length === 0) throw new UsageError('no file to verify');
  const report = options.text('report');
  if (report !== undefined && options.files.length > 1) throw new UsageError('--report takes one file');
  const opening = readPassword(options);
  const at = options.text('at');
  const isOnline = options.flag('online');
  const settings = {
    anchors: await readAnchors(options.list('trust')),
    crls: await readCrls(options.list('crl')),
    checkChain: !options.flag('no-chain'),
    checkRevocation: isOnline || options.list('crl').length > 0,
    ...opening,
    ...(at !== undefined && { at: readTime(at) }),
  };
  let exitCode = 0;
  let document: Uint8Array | null = null;
  const results: (Verification & { file: string })[] = [];
  for (const file of options.files) {
    let judged: Verification;
    let asked = NOTHING;
    try {
      if (isOnline) asked = await askServices(file, opening, options);
      judged = await verifyFile(file, { ...settings, ...asked, crls: [...settings.crls, ...asked.crls] });
      if (isLocked(judged)) exitCode = 1;
    } catch (error) {
      // The file itself is missing or locked: nothing was judged.
      if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
      exitCode = 1;
      const reason = { code: 'document.unreadable' as const, params: { code: String(error.code) } };
      results.push({ file, verdict: 'unreadable', signatures: [], changes: [], reasons: [reason] });
      continue;
    }
    results.push({ file, ...judged });
    if (report !== undefined) document = await reportOf(file, judged, asked.evidence, settings.at ?? null);
  }
  const text = options.flag('json') ? JSON.stringify(results, null, 2) : results.map(describe).join('\n');
  process.stdout.write(`${text}\n`);
  if (report !== undefined && document) await writeOutput(report, document);
  return exitCode;
}

/** A file whose password was not given is not judged, which is no word on the file. */
const isLocked = ({ reasons }: Verification): boolean =>
  reasons.some(
    ({ params }) => params['code'] === 'pdf.password-needed' || params['code'] === 'pdf.password-wrong',
  );

type Asked = Required<Pick<VerifyOptions, 'crls' | 'ocsps' | 'certificates'>> & {
  readonly evidence: readonly KeptAnswer[];
  readonly revocationFailure: NonNullable<VerifyOptions['revocationFailure']> | null;
};
const NOTHING: Asked = { crls: [], ocsps: [], certificates: [], evidence: [], revocationFailure: null };

/** What the services named in the file's certificates say now; whatever does not answer stays unknown. */
async function askServices(file: string, opening: OpenOptions, options: Options): Promise<Asked> {
  // Loaded when asked for: a plain judgement should not wait for what it does not use.
  const { statusesOf } = await import('../office/verification/ask-status.ts');
  const { withServices } = await import('./level.ts');
  const source = openFileSource(file);
  try {
    const document = openPdf(source, opening);
    return await withServices(options, options.list('intranet'), async (services) => {
      const { statuses, certificates, failure } = await statusesOf(document, services, null);
      const ders = (type: string) => statuses.filter((one) => one.type === type).map(({ der }) => der);
      return {
        crls: ders('CRL'),
        ocsps: ders('OCSP'),
        certificates: certificates.flatMap((der) => tryReadCertificate(der) ?? []),
        revocationFailure: failure,
        evidence: statuses.map(({ name, type, result, url, thisUpdate, nextUpdate, fetchedAt, der }) => {
          const sha256 = createHash('sha256').update(der).digest('hex');
          return { certificate: name, type, result, url, thisUpdate, nextUpdate, fetchedAt, sha256 };
        }),
      };
    });
  } catch (error) {
    // A file that cannot be read names nobody to ask; the verdict says what is wrong with it.
    if (error instanceof DeskError) return NOTHING;
    throw error;
  } finally {
    source.close();
  }
}

async function reportOf(
  file: string,
  verification: Verification,
  answers: readonly KeptAnswer[],
  at: number | null,
): Promise<Uint8Array> {
  const { verificationReport } = await import('../report/verification-report.ts');
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return await verificationReport({
    name: basename(file),
    sha256: hash.digest('hex'),
    size: (await stat(file)).size,
    verification,
    official: null,
    evidence: verification.signatures.map((one) => ({ ...checkOf(one), answers: [], made: null })),
    answers,
    checkedAt: Date.now(),
    judgedAt: at,
    office: '',
    software: `Bàn Văn Thư ${packageJson.version}`,
  });
}

/** A day, or a day and a time of it: Vietnam's where no zone is named. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

function readTime(text: string): number {
  const [, clock = 'T00:00', , , zone] = TIME.exec(text) ?? [];
  const ms = TIME.test(text) ? Date.parse(`${text.slice(0, 10)}${clock}${zone ? '' : '+07:00'}`) : NaN;
  if (Number.isNaN(ms)) throw new UsageError('--at is no time');
  return ms;
}

function describe(judged: Verification & { file: string }): string {
  const { file, signatures, changes, reasons } = judged;
  return [
    `${file}: ${verdictText(judged, 'vi')}`,
    ...reasons.map((reason) => `  ${findingSentence(reason, 'vi')}`),
    ...changes.map((change) => `  ${change.allowed ? '+' : '!'} ${changeSentence(change, 'vi', signatures)}`),
    ...signatures.flatMap(({ field, signer, findings }) =>
      [`  ${field}: ${signer?.name ?? '?'}`].concat(
        findings.map((finding) => `    ${findingSentence(finding, 'vi')}`),
      ),
    ),
  ].join('\n');
}
