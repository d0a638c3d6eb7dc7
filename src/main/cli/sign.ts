import { createHash } from '../crypto/index.ts';
import { access, constants, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TokenCertificate, TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Place } from '../paper/act.ts';
import { emptySignatureField } from '../paper/field-roles.ts';
import { describeFields } from '../paper/fields.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import { isOpaque } from '../pdf/appearance.ts';
import { openPdf } from '../pdf/reader.ts';
import type { SignatureTarget } from '../pdf/signature-field.ts';
import { openFileSource } from '../pdf/source.ts';
import type { FileSource } from '../pdf/source.ts';
import { checkOutput } from '../pdf/write-revision.ts';
import type { SigningRequest } from '../signature/sign.ts';
import { signerCertificates } from '../token/certificates.ts';
import { forkHost } from '../token/launch.ts';
import type { SigningSession } from '../token/login.ts';
import { Pkcs12Driver } from '../token/pkcs12-driver.ts';
import { createTokens } from '../token/tokens.ts';
import { readOptions, UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';
import { readLevel, signAtLevel, withServices } from './level.ts';
import { PASSWORD, readPassword, readPin } from './secrets.ts';
import { actRequest, ROLES } from './sign-acts.ts';
import type { Role } from './sign-acts.ts';
import { TRUST_FILES } from './trust-files.ts';

const KEY = ['pkcs11', 'token', 'pkcs12', 'pin-env', 'certificate'];
const PLACE = ['page', 'rect', 'title', 'name', 'image', 'seal-mm'];
const ACT = ['number', 'form', 'agency', 'date', 'forward-to', 'file-code', 'text', 'converter'];
const SPEC = {
  texts: ['in', 'out', 'role', 'level', 'cache', ...PASSWORD, ...KEY, ...PLACE, ...ACT],
  lists: { trust: TRUST_FILES, tsa: [''] },
};

/** @returns exit code */
export async function sign(args: readonly string[]): Promise<number> {
  const options = readOptions(args, SPEC);
  const input = options.required('in');
  const output = options.required('out');
  const role = readRole(options.required('role'));
  const level = readLevel(options);
  const pin = readPin(options);
  // No login for a file that could not be written.
  checkOutput(input, output);
  await access(dirname(output), constants.W_OK);
  const opening = readPassword(options);
  const request = await describeSignature(input, role, options);
  const result = await withServices(options, options.list('tsa'), (services) =>
    withSigner(options, pin, (signer) =>
      signAtLevel({ input, output, request, signer, ...opening }, { level, services }),
    ),
  );
  process.stdout.write(`${JSON.stringify({ file: output, ...result })}\n`);
  return 0;
}

function readRole(wanted: string): Role {
  const role = ROLES.find((one) => one === wanted);
  if (!role) throw new UsageError(`no role ${wanted}`);
  return role;
}

type Key = Pick<SigningSession, 'certificate' | 'chain' | 'signDigest'>;

async function withSigner<T>(options: Options, pin: string, act: (key: Key) => Promise<T>): Promise<T> {
  const file = options.text('pkcs12');
  const module = options.text('pkcs11');
  if (file !== undefined && module === undefined) {
    const driver = new Pkcs12Driver({ path: file, label: file });
    const certificates = signerCertificates(await driver.learn({ pin }), Date.now());
    const key = await driver.open({ certificateSha256: chooseCertificate(certificates, options), pin });
    try {
      return await act(key);
    } finally {
      await key.end();
    }
  }
  if (module === undefined || file !== undefined) throw new UsageError('one of --pkcs11 and --pkcs12');
  return await withToken(module, options, pin, act);
}

async function withToken<T>(
  path: string,
  options: Options,
  pin: string,
  act: (key: Key) => Promise<T>,
): Promise<T> {
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const learned = new Map<string, readonly Uint8Array[]>();
  const tokens = createTokens({
    launch: forkHost(),
    modules: [{ path, sha256 }],
    pkcs12Files: [],
    learned: (id) => learned.get(id) ?? [],
  });
  const readToken = async (): Promise<TokenInfo> => {
    const token = chooseToken(await tokens.list(), options);
    if (token) return token;
    const [problem] = tokens.problems();
    throw problem ? new DeskError(problem.code, problem.params) : new DeskError('token.not-found');
  };
  try {
    let token = await readToken();
    if (token.hidesCertificates) {
      learned.set(token.id, await tokens.learn(token.id, pin));
      token = await readToken();
    }
    const session = await tokens.openSigner(token.id, chooseCertificate(token.certificates, options), pin);
    return await act(session);
  } finally {
    await tokens.close();
  }
}

/** The token with the label or the serial number; of several, the one with the certificate that is wanted. */
function chooseToken(all: readonly TokenInfo[], options: Options): TokenInfo | undefined {
  const wanted = options.required('token');
  const named = all.filter(({ label, serial }) => label === wanted || serial === wanted);
  const certificate = options.text('certificate')?.toLowerCase();
  const holding = named.filter(({ certificates }) =>
    certificates.some(({ sha256 }) => sha256 === certificate),
  );
  const [only, ...others] = holding.length > 0 ? holding : named;
  if (others.length > 0)
    throw new UsageError(
      `several tokens ${wanted}, name one by its serial number: ${named.map(({ serial }) => serial).join(' ')}`,
    );
  return only;
}

/**
 * Never a guess: with several certificates that can be used now the caller has to name one. One that has been renewed
 * is passed over, unless it is named or all there is.
 */
function chooseCertificate(certificates: readonly TokenCertificate[], options: Options): string {
  const wanted = options.text('certificate')?.toLowerCase();
  const usable = certificates.filter(({ canSign, expired }) => canSign && !expired);
  const fitting =
    wanted === undefined
      ? usable.length > 0
        ? usable
        : certificates.slice(0, 1)
      : certificates.filter(({ sha256 }) => sha256 === wanted);
  const [only, ...others] = fitting;
  if (!only) throw new DeskError('token.certificate-missing');
  if (others.length > 0)
    throw new UsageError(
      `several certificates, name one with --certificate: ${fitting.map(({ sha256 }) => sha256).join(' ')}`,
    );
  return only.sha256;
}

/**
 * Where the signature goes and how it looks, by role (NĐ 30/2020, Annex I.I.II.7d, 8): planned as the desk plans it.
 * The two roles that may be invisible sign, where no place is named, the empty field of the role or a new one.
 */
async function describeSignature(input: string, role: Role, options: Options): Promise<SigningRequest> {
  const source = openFileSource(input);
  try {
    const now = new Date();
    const file = options.text('image');
    const image = file === undefined ? undefined : await readFile(file);
    // It stands over the title and the name that the head has signed.
    if (role === 'agency' && image && (await isOpaque(image))) throw new DeskError('pdf.image-opaque');
    const isPlaced = ['rect', 'title', 'name'].some((name) => options.text(name) !== undefined);
    if ((role === 'personal' || role === 'agency') && !isPlaced) {
      if (image) throw new UsageError('an image needs a place: --page and --rect, or --title and --name');
      return { target: unplaced(source, role, options), signingTime: now };
    }
    return await actRequest(role, source, { time: now, image, place: placeByRect(options) }, options);
  } finally {
    source.close();
  }
}

function unplaced(source: FileSource, role: 'personal' | 'agency', options: Options): SignatureTarget {
  const empty = emptySignatureField(describeFields(openPdf(source, readPassword(options))), role, undefined);
  return empty ? { kind: 'existing', name: empty.name } : { kind: 'new', page: 0 };
}

function placeByRect(options: Options): Place | undefined {
  const rect = options.text('rect');
  return rect === undefined ? undefined : { page: readPage(options), box: readBox(rect) };
}

function readPage(options: Options): number {
  const page = Number(options.text('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) throw new UsageError('--page is no page number');
  return page - 1;
}

function readBox(text: string): ViewBox {
  const [x, y, width, height, ...more] = text.split(',').map(Number);
  const values = [x, y, width, height];
  if (more.length > 0 || !values.every((value) => value !== undefined && Number.isFinite(value)))
    throw new UsageError('--rect is not x,y,w,h');
  if (!(width! > 0) || !(height! > 0)) throw new UsageError('--rect is empty');
  return { x: x!, y: y!, width: width!, height: height! };
}
