/** Signing from a command line at a level: the timestamp while signing, then what is still missing, each a revision. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskError, errorSentence } from '../../shared/errors/index.ts';
import { moveFile, remove } from '../disk/busy.ts';
import { openPdf } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { raiseLevel, signatureTimestamping } from '../signature/levels/index.ts';
import type { LevelServices } from '../signature/levels/index.ts';
import { openServices } from '../signature/levels/services.ts';
import { fileState, LEVELS, reaches } from '../signature/levels/state.ts';
import type { Level } from '../signature/levels/state.ts';
import { signPdf } from '../signature/sign.ts';
import type { SignPdfOptions } from '../signature/sign.ts';
import { UsageError } from './arguments.ts';
import type { Options } from './arguments.ts';
import { readAnchors } from './trust-files.ts';

export interface WantedLevel {
  readonly level: Level;
  readonly services: LevelServices;
}

/** Services with a cache that ends with the command, unless `--cache` names a folder to keep. */
export async function withServices<T>(
  options: Options,
  tsaUrls: readonly string[],
  act: (services: LevelServices) => Promise<T>,
): Promise<T> {
  const anchors = await readAnchors(options.list('trust'));
  const kept = options.text('cache');
  const cacheFolder = kept ?? (await mkdtemp(join(tmpdir(), 'van-thu-')));
  try {
    return await act(openServices({ tsaUrls, cacheFolder, anchors }));
  } finally {
    if (kept === undefined) await remove(cacheFolder);
  }
}

export function readLevel(options: Options): Level {
  const wanted = options.text('level') ?? 'B-B';
  const level = LEVELS.find((one) => one === wanted);
  if (!level) throw new UsageError(`no level ${wanted}`);
  const urls = options.list('tsa');
  if (level !== 'B-B' && urls.length === 0) throw new UsageError(`--level ${level} needs --tsa`);
  for (const url of urls)
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
      throw new UsageError(`--tsa is no address: ${url}`);
  return level;
}

export interface LevelResult {
  readonly field: string;
  readonly level: Level;
  /** Why less than wanted was reached. */
  readonly failure: { readonly code: string; readonly sentence: string } | null;
}

/** A PIN was spent on the signature: whatever the services do afterwards, the signed file stays. */
export async function signAtLevel(
  signing: SignPdfOptions,
  { level, services }: WantedLevel,
): Promise<LevelResult> {
  const { timestamps } = services;
  const timestamping = level !== 'B-B' && timestamps ? signatureTimestamping(timestamps) : undefined;
  const { fieldName, timestampFailure } = await signPdf({
    ...signing,
    ...(timestamping && { timestamping }),
  });
  const raiseFailure = level === 'B-B' ? null : await raise(signing, level, services);
  const reached = levelOf(signing, fieldName, services);
  if (reaches(reached, level)) return { field: fieldName, level: reached, failure: null };
  // Everything came and is in the file; what is missing is somebody who vouches for it.
  const failure = raiseFailure ?? timestampFailure ?? untrusted(services);
  return { field: fieldName, level: reached, failure: explained(failure) };
}

function untrusted({ timestamps }: LevelServices): DeskError {
  const name = timestamps?.settings.urls.map((url) => new URL(url).hostname).join(', ') ?? '';
  return new DeskError('signature.tsa-untrusted', { name, detail: 'no-path' });
}

const explained = ({ code, params }: DeskError) => ({ code, sentence: errorSentence(code, params, 'vi') });

async function raise(
  { output, password }: SignPdfOptions,
  level: Level,
  services: LevelServices,
): Promise<DeskError | null> {
  const raised = `${output}.raised`;
  try {
    const files = { input: output, output: raised, ...(password !== undefined && { password }) };
    const { failure } = await raiseLevel(files, level, services);
    await moveFile(raised, output);
    return failure;
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  } finally {
    await remove(raised);
  }
}

function levelOf(
  { output, password }: SignPdfOptions,
  field: string,
  { anchors, online }: LevelServices,
): Level {
  const source = openFileSource(output);
  try {
    const options = password === undefined ? {} : { password };
    const { signatures } = fileState(openPdf(source, options), { ...options, anchors, now: online.now() });
    return signatures.find((one) => one.field === field)?.level ?? 'B-B';
  } finally {
    source.close();
  }
}
