import { DeskError } from '../../../shared/errors/index.ts';
import type { HostLog } from '../../host/desk-port.ts';
import { signedPdfs, unreadPdfs, unverifiedPdfs } from '../../store/queries/documents.ts';
import { metAuthorities } from '../../store/queries/office.ts';
import { createFileThread } from '../verification/file-thread.ts';
import type { OpenOffice } from '../verification/open-office.ts';
import { readText, type OnSecret } from './read-text.ts';

/** Reads and judges what has arrived, by itself, in a thread that nobody waits for. */
export interface Reader {
  /** Looks for files nobody has read yet, soon. */
  wake(): void;
  /** Judges every signed file again: the office trusts other roots than before. */
  verifyAgain(): void;
  /** Reads the text of a file now, for somebody who waits for it. */
  read(file: string): Promise<void>;
  /** Resolves when nothing is left to read. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const isStop = (error: unknown): boolean => error instanceof DeskError && error.code === 'host.cancelled';

/**
 * Reads and verifies new PDFs one after another between the desk's other work.
 * @param onSecret what is done about a file whose first page bears a secrecy stamp
 */
export function startReader(office: OpenOffice, log: HostLog, onSecret: OnSecret): Reader {
  const { tables, verification } = office;
  const thread = createFileThread('reader');
  let again = false;
  let all = false;
  let known = metAuthorities(tables).length;
  const ending = new AbortController();
  const { signal } = ending;
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  const judgeFiles = async () => {
    // A first judgement under way may have been begun before the roots changed.
    const how = all ? 'judge' : 'of';
    const files = [...unverifiedPdfs(tables), ...(all ? signedPdfs(tables) : [])];
    all = false;
    for (const { file } of files) {
      if (signal.aborted) return;
      await verification[how](file, { thread, signal }).catch((error: unknown) => {
        if (!isStop(error)) log.error('a file could not be verified', error);
      });
    }
  };
  const round = async () => {
    do {
      again = false;
      await judgeFiles();
      const met = metAuthorities(tables).length;
      // Somebody new vouches for files that nobody vouched for.
      if (met !== known) all = again = true;
      known = met;
      for (const { file } of unreadPdfs(tables)) {
        if (signal.aborted) return;
        await readText({ office, thread, log, onSecret, signal }, file);
      }
    } while (again && !signal.aborted);
  };
  const wake = () => {
    again = true;
    if (busy || signal.aborted) return;
    busy = true;
    running = new Promise(setImmediate)
      .then(round)
      .catch((error: unknown) => {
        if (!isStop(error)) log.error('reading new files stopped', error);
      })
      .finally(() => (busy = false));
  };
  return {
    wake,
    verifyAgain() {
      all = true;
      wake();
    },
    read: (file) => readText({ office, thread: office.asked, log, onSecret }, file),
    idle: () => running,
    async stop() {
      ending.abort();
      await running;
      await thread.stop();
    },
  };
}
