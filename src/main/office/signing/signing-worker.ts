/** Making and changing the office's own PDFs, in a thread, so that the window never waits. */
import { openPdf } from '../../pdf/reader.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { openFileSource } from '../../pdf/source.ts';
import { finishSignature, startSignature } from '../../signature/sign.ts';
import { openFiles, type FileStore } from '../../store/files.ts';
import { withRecords, type Records } from '../../store/index.ts';
import { checklist, makeFields } from './examine-draft.ts';
import { planOnFile } from './file-act-kinds.ts';
import { fillHead } from './fill-head.ts';
import { writeLetter } from './letter.ts';
import { findPlacements, recipientsOn } from './placements.ts';
import type { OnFile, OnRecords, SigningOrders } from './signing-orders.ts';
import { makePlan } from './signing-plan.ts';
import { answerOrders } from '../common/worker.ts';

const opened = new Map<string, FileStore>();

/** The office's files: their folder's lock is held by the desk this thread belongs to. */
function filesIn({ folder }: Pick<OnFile, 'folder'>): FileStore {
  let files = opened.get(folder);
  if (!files) opened.set(folder, (files = openFiles(folder)));
  return files;
}

/** Runs `work` on a file that was found to be whole. */
async function withWhole<T>(on: OnFile, work: (document: PdfDocument) => T): Promise<T> {
  const files = filesIn(on);
  const sha256 = await files.hash(on.file);
  const source = openFileSource(files.path(on.file));
  try {
    const { password } = on;
    return work(openPdf({ ...source, sha256 }, password === undefined ? {} : { password }));
  } finally {
    source.close();
  }
}

const look = <T>(on: OnRecords, work: (records: Records) => Promise<T>): Promise<T> =>
  withRecords(on.folder, filesIn(on), on.now, work);

answerOrders<SigningOrders>({
  'check-draft': (on) => look(on, (records) => checklist(records, on.id, on.signature)),
  'make-fields': (on) => look(on, (records) => makeFields(records, on.id, on.isSigned)),
  'find-placements': (on) => look(on, (records) => findPlacements(records, on.wanted)),
  'find-recipients': ({ file, password, ...on }) =>
    look(on, (records) => recipientsOn(records, file, password === undefined ? {} : { password })),
  'plan-signing': (on) => look(on, (records) => makePlan(records, on.wanted)),
  'plan-act': (on) => look(on, (records) => planOnFile(records, on)),
  'fill-head': (on) => look(on, (records) => fillHead(records, on.main, on.sequence, on.day)),
  'write-letter': (on) => look(on, (records) => writeLetter(records, on.id, on.person, on.sent)),
  'start-signature': ({ request, signer, now, reserveBytes, ...on }) =>
    withWhole(on, (document) => startSignature(document, request, signer, now, reserveBytes)),
  'finish-signature': async ({ started, signer, signature, timestamp, ...on }) => {
    const files = filesIn(on);
    return {
      file: await files.grow(on.file, finishSignature(started, signer, signature, timestamp)),
      timestamp: timestamp && files.put(timestamp),
    };
  },
});
