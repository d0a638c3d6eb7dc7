/** Work on files that other people made, and on slow services: in a thread, so that the window never waits. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../../shared/errors/index.ts';
import { removeSync } from '../../disk/busy.ts';
import { openPdf } from '../../pdf/reader.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { listFields, signatureOf } from '../../pdf/form.ts';
import { damaged } from '../../pdf/limits.ts';
import { normalizeCopy } from '../../pdf/normalize.ts';
import { checkPermitted } from '../../pdf/permissions.ts';
import type { ByteSource } from '../../pdf/source.ts';
import { openFileSource } from '../../pdf/source.ts';
import { openText, readWords } from '../../pdf/text.ts';
import { verificationReport } from '../../report/verification-report.ts';
import { raiseLevel } from '../../signature/levels/index.ts';
import { DEFAULT_POLICY, pendingTasks } from '../../signature/levels/pending.ts';
import { fileState } from '../../signature/levels/state.ts';
import { anchorsOf } from './anchors.ts';
import { servicesOf, statusesOf } from './ask-status.ts';
import type { Opening } from '../common/pages.ts';
import type { FileJobs, LockableFile } from './file-jobs.ts';
import { packEvidence } from './pack-evidence.ts';
import { judgeFile } from './judge-file.ts';
import { answerJobs, failureOf, type JobHandlers } from '../common/worker.ts';

const handlers: JobHandlers<FileJobs> = {
  unlock: ({ path, password }) => withSource(path, (source) => Promise.resolve(unlock(source, password))),
  verify: judgeFile,
  examine: ({ path }) => withSource(path, examine),
  report: verificationReport,
  words: ({ path, ...opening }) => withSource(path, (source) => readWords(source, opening)),
  statuses: (argument) =>
    withDocument(argument, (document) => statusesOf(document, servicesOf(argument), argument.fetchedAfter)),
  'pack-evidence': (argument) =>
    withDocument(argument, (document) => Promise.resolve(packEvidence(document, argument))),
  'pending-proofs': (argument) =>
    withDocument(argument, (document, opening) => {
      const { anchors, level, now } = argument;
      return Promise.resolve(
        pendingTasks(
          fileState(document, { ...opening, anchors: anchorsOf(anchors), now }),
          { ...DEFAULT_POLICY, target: level },
          now,
        ),
      );
    }),
  raise: async (argument) => {
    mkdirSync(argument.workFolder, { recursive: true });
    const folder = mkdtempSync(join(argument.workFolder, 'raise-'));
    try {
      const [input, output] = [argument.path, join(folder, 'raised.pdf')];
      const files = { input, output, ...openingIn(argument) };
      const raised = await raiseLevel(files, argument.level, servicesOf(argument));
      return {
        tail: tailOf(input, output),
        steps: raised.steps,
        failure: raised.failure && failureOf(raised.failure),
        timestamps: raised.timestamps.map(({ at }) => at),
      };
    } finally {
      removeSync(folder);
    }
  },
};

/** Structure first, then the text layer: what either reader refuses cannot be signed. */
async function examine(source: ByteSource): Promise<FileJobs['examine']['result']> {
  try {
    const document = openPdf(source);
    const fields = listFields(document);
    const signed = fields.some((field) => signatureOf(field));
    if (!signed) checkPermitted(document, fields, { kind: 'add-field', field: '' });
    if (document.damage) throw damaged(document.damage);
    const text = await openText(source);
    await text.close();
    return { problem: null, copy: null, signed };
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { ...repaired(source, error), signed: false };
  }
}

const DAMAGED = new Set<string>(['pdf.damaged', 'pdf.truncated']);

function repaired(
  source: ByteSource,
  error: DeskError,
): Pick<FileJobs['examine']['result'], 'problem' | 'copy'> {
  if (!DAMAGED.has(error.code)) return { problem: failureOf(error), copy: null };
  try {
    const { bytes, repairs } = normalizeCopy(source);
    return { problem: failureOf(error), copy: { bytes, repairs } };
  } catch (worse) {
    if (!(worse instanceof DeskError)) throw worse;
    // Beyond repair: what was found first says it best. Signed or encrypted: that is why there is no copy.
    return { problem: failureOf(DAMAGED.has(worse.code) ? error : worse), copy: null };
  }
}

/** A password that opens nothing is wrong, also for a file that everybody can read. */
function unlock(source: ByteSource, password: string): null {
  const { encryption } = openPdf(source, { password });
  if (!encryption?.passwordFits) throw new DeskError('pdf.password-wrong');
  return null;
}

async function withSource<T>(path: string, read: (source: ByteSource) => Promise<T>): Promise<T> {
  const source = openFileSource(path);
  try {
    return await read(source);
  } finally {
    source.close();
  }
}

const openingIn = ({ password }: LockableFile): Opening => (password === undefined ? {} : { password });

function withDocument<T>(
  file: LockableFile,
  read: (document: PdfDocument, opening: Opening) => Promise<T>,
): Promise<T> {
  const opening = openingIn(file);
  return withSource(file.path, (source) => read(openPdf(source, opening), opening));
}

function tailOf(input: string, output: string): Uint8Array {
  const before = openFileSource(input);
  try {
    return readFileSync(output).subarray(before.size);
  } finally {
    before.close();
  }
}

answerJobs<FileJobs>(handlers);
