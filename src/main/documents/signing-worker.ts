/** Making and changing the office's own PDFs, in a thread, so that the window never waits. */
import { openPdf } from '../pdf/reader.ts';
import type { PdfDocument } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { finishSignature, startSignature } from '../signature/sign.ts';
import { openFiles, type FileStore } from '../store/files.ts';
import type { OnFile, SigningOrders } from './signing-orders.ts';
import { answerOrders } from './worker.ts';

const opened = new Map<string, FileStore>();

/** The office's files: their folder's lock is held by the desk this thread belongs to. */
function filesIn({ folder }: OnFile): FileStore {
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
    return work(openPdf({ ...source, sha256 }));
  } finally {
    source.close();
  }
}

answerOrders<SigningOrders>({
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
