/** From B-B upwards: each act adds one revision to a signed file and leaves the bytes before it as they are. */
import { createHash } from '../../crypto/index.ts';
import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DeskError } from '../../../shared/errors/index.ts';
import { moveFileSync, removeSync } from '../../disk/busy.ts';
import { listFields } from '../../pdf/form.ts';
import { openPdf } from '../../pdf/reader.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { embedSignature, prepareSignature } from '../../pdf/signature-field.ts';
import { openFileSource } from '../../pdf/source.ts';
import { requestTimestamp } from '../online/tsa.ts';
import type { Timestamp, TimestampService } from '../online/tsa.ts';
import type { RevocationEvidence } from '../online/revocation-evidence.ts';
import type { OnlineServices } from '../online/service.ts';
import type { Timestamping } from '../sign.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import { storeUpdate } from '../../pdf/dss.ts';
import { gatherValidationData } from './gather.ts';
import type { GatherOptions } from './gather.ts';
import { DEFAULT_POLICY, pendingTasks } from './pending.ts';
import { fileState } from './state.ts';
import type { Level } from './state.ts';
import { addRevision, checkOutput } from '../../pdf/write-revision.ts';
import type { RevisionFiles } from '../../pdf/write-revision.ts';

/** Room for a token with its chain; tokens met in the field take 3 to 8 KiB. */
export const TOKEN_BYTES = 16 * 1024;

/**
 * The hook of `signPdf` for B-T: a timestamp over the signature value (ETSI EN 319 122-1, 5.3).
 * @param onTime hears the time it proves
 */
export function signatureTimestamping(
  service: TimestampService,
  onTime: (at: number) => void = () => {},
): Timestamping {
  return {
    reserveBytes: TOKEN_BYTES,
    request: async (signature) => {
      const { token, at } = await requestTimestamp(createHash('sha256').update(signature).digest(), service);
      onTime(at);
      return token;
    },
  };
}

export interface AddedTimestamp {
  readonly fieldName: string;
  readonly timestamp: Timestamp;
}

/**
 * Adds a document timestamp (ISO 32000-2, 12.8.5) over everything in the file. It also proves the time of
 * signatures that got no timestamp of their own, whose CMS can no longer grow.
 * @throws what `prepareSignature` and `requestTimestamp` throw
 */
export async function addDocumentTimestamp(
  files: RevisionFiles,
  service: TimestampService,
): Promise<AddedTimestamp> {
  const { fieldName, timestamp } = await addRevision(files, async (document) => {
    const first = await timestampUpdate(document, service, TOKEN_BYTES);
    if ('tail' in first) return first;
    const second = await timestampUpdate(document, service, first.needed * 2);
    if ('tail' in second) return second;
    throw new DeskError('pdf.signature-too-big', { needed: second.needed, reserved: first.needed * 2 });
  });
  return { fieldName, timestamp };
}

/** The size of the hole is part of what is hashed, so a token that does not fit must be asked for again. */
async function timestampUpdate(
  document: PdfDocument,
  service: TimestampService,
  contentsBytes: number,
): Promise<(AddedTimestamp & { readonly tail: Uint8Array }) | { readonly needed: number }> {
  const prepared = prepareSignature(document, {
    target: { kind: 'new', page: 0, name: freeName(document) },
    subFilter: 'ETSI.RFC3161',
    contentsBytes,
  });
  const timestamp = await requestTimestamp(prepared.digest, service);
  if (timestamp.token.length > contentsBytes) return { needed: timestamp.token.length };
  return { tail: embedSignature(prepared, timestamp.token), fieldName: prepared.fieldName, timestamp };
}

function freeName(document: PdfDocument): string {
  const taken = new Set(listFields(document).map(({ name }) => name.split('.')[0]));
  let n = 1;
  while (taken.has(`DAU_THOI_GIAN_${n}`)) n++;
  return `DAU_THOI_GIAN_${n}`;
}

export interface AddedValidationData {
  /** False when the file had everything already: the output is then the input. */
  readonly isNew: boolean;
  readonly evidence: readonly RevocationEvidence[];
}

/**
 * Adds chains and revocation data of the file's signatures to its document security store.
 * @throws what `gatherValidationData` throws; pdf.damaged
 */
export async function addValidationData(
  files: RevisionFiles,
  options: GatherOptions,
): Promise<AddedValidationData> {
  const { isNew, evidence } = await addRevision(files, async (document) => {
    const { proofs, evidence } = await gatherValidationData(document, options);
    const tail = storeUpdate(document, proofs);
    return { tail: tail ?? new Uint8Array(), isNew: tail !== null, evidence };
  });
  return { isNew, evidence };
}

export interface LevelServices {
  /** Null: none is set up. */
  readonly timestamps: TimestampService | null;
  readonly online: OnlineServices;
  readonly anchors: readonly TrustAnchor[];
}

export type LevelStep = 'timestamp' | 'validation-data' | 'archive-timestamp';

export interface RaisedFile {
  /** The revisions added, in order. */
  readonly steps: readonly LevelStep[];
  /** Why the file stopped short of the level wanted; the output then has what was reached. */
  readonly failure: DeskError | null;
  readonly evidence: readonly RevocationEvidence[];
  readonly timestamps: readonly Timestamp[];
}

/**
 * Raises every signature of a file to a level, and renews an archive timestamp that is about to end. The output is always written once the first step has succeeded or
 * nothing was to be done; a later step that fails is told in the result, so that a timestamp waited for is not lost.
 * @throws signature.output-is-input, signature.not-signed, signature.tsa-missing, what the first step throws
 */
export async function raiseLevel(
  files: RevisionFiles,
  level: Level,
  services: LevelServices,
): Promise<RaisedFile> {
  const { input, output } = files;
  checkOutput(input, output);
  const work = mkdtempSync(join(dirname(output), '.level-'));
  try {
    const steps = missingSteps(files, level, services);
    const done: LevelStep[] = [];
    const evidence: RevocationEvidence[] = [];
    const timestamps: Timestamp[] = [];
    let failure: DeskError | null = null;
    let current = input;
    for (const [index, step] of steps.entries()) {
      const next = join(work, `${index}.pdf`);
      try {
        const taken = await take(step, { ...files, input: current, output: next }, services);
        if ('timestamp' in taken) timestamps.push(taken.timestamp);
        else evidence.push(...taken.evidence);
      } catch (error) {
        if (!(error instanceof DeskError) || done.length === 0) throw error;
        failure = error;
        break;
      }
      done.push(step);
      current = next;
    }
    if (done.length > 0) moveFileSync(current, output);
    else await addRevision(files, () => Promise.resolve({ tail: new Uint8Array() }));
    return { steps: done, failure, evidence, timestamps };
  } finally {
    removeSync(work);
  }
}

function missingSteps(
  { input, password }: RevisionFiles,
  level: Level,
  { anchors, online }: LevelServices,
): LevelStep[] {
  const source = openFileSource(input);
  try {
    const options = password === undefined ? {} : { password };
    const now = online.now();
    const state = fileState(openPdf(source, options), { ...options, anchors, now });
    if (state.signatures.length === 0) throw new DeskError('signature.not-signed');
    const tasks = pendingTasks(state, { ...DEFAULT_POLICY, target: level }, now);
    return tasks.filter(({ dueAt }) => dueAt <= now).map(({ kind }) => kind);
  } finally {
    source.close();
  }
}

async function take(
  step: LevelStep,
  files: RevisionFiles,
  { timestamps, online, anchors }: LevelServices,
): Promise<AddedTimestamp | AddedValidationData> {
  if (step === 'validation-data') return await addValidationData(files, { online, anchors });
  if (!timestamps) throw new DeskError('signature.tsa-missing');
  return await addDocumentTimestamp(files, timestamps);
}
