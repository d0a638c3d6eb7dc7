import { join } from 'node:path';
import { DeskError } from '../../../shared/errors/index.ts';
import type { PendingProof } from '../../../shared/ipc/documents.ts';
import { clearSync } from '../../disk/busy.ts';
import type { HostLog } from '../../host/desk-port.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { attachmentsOf, uncheckedPdfs } from '../../store/queries/documents.ts';
import { signingServices } from '../../store/queries/office.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import {
  filesLacking,
  provenFile,
  tasksOfDocument,
  unassessedFiles,
  type ProvenFile,
} from '../../store/queries/proofs.ts';
import { newEvent } from '../common/events.ts';
import { raiseAlarm, revokedLater } from './raise-alarm.ts';
import { learnTime } from '../common/clock.ts';
import { nothingAdded, settleRevocation } from './evidence.ts';
import { LOCKED } from '../verification/locked-draft.ts';
import type { Failure } from '../common/thread.ts';
import { anchorsFor } from '../verification/anchors.ts';
import { createFileThread } from '../verification/file-thread.ts';
import type { OpenOffice } from '../verification/open-office.ts';
import { createRetries, type Retries } from './retries.ts';
import { onlineFolder, jobServices, wantedLevel } from './services.ts';

/**
 * Works off what the network has to add to signatures: whether certificates were revoked, timestamps, validation data,
 * archive timestamps. What is to be done follows from the records alone; how often it was tried is forgotten with the
 * program, which then simply tries again.
 */
export interface ProofKeeper {
  /** Something may have to be done, soon. */
  wake(): void;
  /** There is a network again, or the settings have changed: nothing waits for its next turn. */
  tryNow(): void;
  pendingOf(documentId: string): PendingProof[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Lists are large and services slow; the state's has been seen to take two minutes for one timestamp. */
const LIMIT_MS = 20 * 60_000;
/** A machine that is offline fails at everything: after so many in a row the rest waits too. */
const FAILURES_A_ROUND = 3;
const LONGEST_SLEEP_MS = 6 * 3_600_000;

export function keepProofs(office: OpenOffice, log: HostLog, onChange: () => void): ProofKeeper {
  const thread = createFileThread('proofs');
  const retries = createRetries(() => office.now());
  const workFolder = join(onlineFolder(office), 'work');
  clearSync(workFolder);
  let stopping = false;
  let again = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const assess = async (found: ProvenFile): Promise<null> => {
    const level = wantedLevel(office);
    const path = office.files.path(found.file);
    const asked = { path, ...office.passwords.openingOf(found.file), anchors: anchorsFor(office), level };
    const tasks = await thread.ask('pending-proofs', { ...asked, now: office.now() });
    const { documentId, position, file } = found;
    office.record(program, () =>
      provenFile(office.tables, documentId, position) === file
        ? newEvent('proof.assessed', documentId, {
            position,
            file,
            level,
            tasks: tasks.map(({ kind, dueAt }) => ({ kind, dueAt })),
          })
        : null,
    );
    return null;
  };

  const raise = async (found: ProvenFile): Promise<Failure | null> => {
    const path = office.files.path(found.file);
    const level = wantedLevel(office);
    const asked = {
      ...jobServices(office),
      ...office.passwords.openingOf(found.file),
      path,
      workFolder,
      level,
    };
    const made = await thread.ask('raise', asked, { limitMs: LIMIT_MS });
    if (made.tail.length > 0) await keepRevision(office, found, made);
    for (const time of made.timestamps) learnTime(office, 'timestamp', time);
    return made.failure ?? (made.tail.length === 0 ? nothingAdded : null);
  };

  /** Does one piece of work, unless its turn has not come; @returns whether it failed */
  const attempt = async (
    key: string,
    work: () => Promise<Failure | null>,
    documentId?: string,
  ): Promise<boolean> => {
    if (!retries.isDue(key)) return false;
    const failure = await work().catch((error: unknown): Failure => {
      if (!(error instanceof DeskError)) throw error;
      return error;
    });
    if (!failure) {
      retries.forget(key);
      return false;
    }
    if (stopping) return true;
    if (failure.code === 'signature.revoked' && documentId !== undefined)
      raiseAlarm(office, documentId, revokedLater(String(failure.params['name'] ?? '')));
    log.info(`${key.slice(0, 30)}: ${failure.code}`);
    retries.failed(key, { code: failure.code, params: { ...failure.params } });
    onChange();
    // A file that waits for its password says nothing about the network.
    return failure.code !== LOCKED;
  };

  const round = async () => {
    if (stopping) return;
    let failures = 0;
    const run = async (...work: Parameters<typeof attempt>) => {
      if (stopping || failures >= FAILURES_A_ROUND) return;
      if (await attempt(...work)) failures += 1;
    };
    if (signingServices(office.tables).revocation)
      for (const file of uncheckedPdfs(office.tables))
        await run(statusKey(file), () => settleRevocation(office, thread, file, { limitMs: LIMIT_MS }));
    const level = wantedLevel(office);
    if (level === 'B-B') return;
    for (const found of unassessedFiles(office.tables, level))
      await run(`assess ${found.file}`, () => assess(found));
    for (const found of filesLacking(office.tables, level))
      if (found.tasks.some(({ dueAt }) => dueAt <= office.now()))
        await run(raiseKey(found), () => raise(found), found.documentId);
  };

  const sleep = () => {
    clearTimeout(timer);
    const wait = Math.min(Math.max(0, retries.nextAt() - office.now()), LONGEST_SLEEP_MS);
    timer = setTimeout(wake, wait).unref();
  };
  const wake = () => {
    again = true;
    if (running || stopping) return;
    running = new Promise(setImmediate)
      .then(async () => {
        while (again) {
          again = false;
          await round();
        }
      })
      .catch((error: unknown) => {
        if (!stopping) log.error('adding proofs stopped', error);
      })
      .finally(() => {
        running = null;
        if (!stopping) sleep();
      });
  };

  return {
    wake,
    tryNow() {
      retries.clear();
      wake();
    },
    pendingOf: (documentId) => pendingOf(office, retries, documentId),
    idle: async () => void (await running),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await thread.stop();
      await running;
    },
  };
}

/** What could be done now; an archive timestamp that ends in years is no work of today. */
function pendingOf(store: Store, retries: Retries, documentId: string): PendingProof[] {
  const { tables } = store;
  const level = wantedLevel(store);
  const unchecked = new Set(signingServices(tables).revocation ? uncheckedPdfs(tables) : []);
  const waiting = [
    ...attachmentsOf(tables, documentId)
      .filter(({ file }) => unchecked.has(file))
      .map(({ file, name }) => ({ file, name, key: statusKey(file), kind: 'revocation' as const })),
    ...tasksOfDocument(tables, documentId)
      .filter((found) => found.level === level)
      .flatMap((found) => {
        const { file, name, tasks } = found;
        return tasks
          .filter(({ dueAt }) => dueAt <= store.now())
          .map(({ kind }) => ({ file, name, key: raiseKey(found), kind }));
      }),
  ];
  return waiting.map(({ file, name, key, kind }) => {
    const { attempts, nextAt, problem } = retries.of(key);
    return { sha256: file, name, kind, attempts, nextAt, problem };
  });
}

const statusKey = (file: string) => `status ${file}`;
const raiseKey = ({ documentId, position }: ProvenFile) => `raise ${documentId} ${position}`;

function wasSent({ tables }: Store, documentId: string, position: number): boolean {
  const role = attachmentsOf(tables, documentId).find((one) => one.position === position)?.role;
  return outgoingById(tables, documentId)?.state === 'issued' && role !== 'copy';
}

/** A file grown by proofs takes the place of the old one, or stands beside it once the document is sent. */
async function keepRevision(
  office: OpenOffice,
  { documentId, position, file: before }: ProvenFile,
  {
    tail,
    steps,
  }: {
    readonly tail: Uint8Array;
    readonly steps: readonly ('timestamp' | 'validation-data' | 'archive-timestamp')[];
  },
): Promise<void> {
  const { sha256: file, size } = await office.files.grow(before, tail);
  office.passwords.keepFor(file, before);
  office.record(program, () => {
    // Somebody acted meanwhile: what is there now is looked at anew.
    if (provenFile(office.tables, documentId, position) !== before) return null;
    const archive = wasSent(office, documentId, position);
    return newEvent('proof.added', documentId, {
      position,
      before: { file: before },
      file,
      size,
      steps: [...steps],
      archive,
    });
  });
}
