import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeskError } from '../../../shared/errors/index.ts';
import { readEdxml } from '../../axis/edxml-read.ts';
import { writeEdoc } from '../../axis/edxml-write.ts';
import { clearSync } from '../../disk/busy.ts';
import type { HostLog } from '../../host/desk-port.ts';
import { program, type EventOf } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { uncheckedPdfs, verificationReport, type AttachmentRow } from '../../store/queries/documents.ts';
import { outboxById } from '../../store/queries/exchange.ts';
import { signingServices } from '../../store/queries/office.ts';
import { outgoingById, outgoingIdOfMessage } from '../../store/queries/outgoing.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { newEvent } from '../common/events.ts';
import { isBlocked } from '../../store/admit/outgoing.ts';
import { learnTime } from '../common/clock.ts';
import { settleRevocation, unaskedSince } from '../proofs/evidence.ts';
import { sentFiles } from '../outgoing/issue.ts';
import { createFileThread, type FileThread } from '../verification/file-thread.ts';
import type { OpenOffice } from '../verification/open-office.ts';
import { onlineFolder, jobServices } from '../proofs/services.ts';

/**
 * Settles two things about a document right before its message leaves, because it may have been signed and issued
 * without a network: whether its certificate was revoked before it signed, and, where the office wants one, a timestamp.
 */
export interface Preparation {
  /**
   * Whether the message may go now. Services are asked in the background and heard for a while; a message that still
   * waits for them then is held, and so is one whose document is blocked or lacks the timestamp it must have.
   * @throws DeskError host.cancelled when `signal` ends it
   */
  prepare(messageId: string, signal: AbortSignal): Promise<boolean>;
  stop(): Promise<void>;
}

/** The exchange does nothing else meanwhile. */
const PATIENCE_MS = 30_000;
/** Lists are large and services slow: what they tell later serves the next attempt. */
const LIMIT_MS = 20 * 60_000;

/** @param onReady a message that was held may go now */
export function prepareSending(office: OpenOffice, log: HostLog, onReady: () => void): Preparation {
  const thread = createFileThread('sending');
  const workFolder = join(onlineFolder(office), 'sending');
  clearSync(workFolder);
  const underWay = new Map<string, Promise<boolean>>();
  const held = new Set<string>();
  let stopping = false;

  const begin = (id: string): Promise<boolean> => {
    const work = settle({ office, thread, workFolder, log }, id)
      .then((isReady) => {
        if (isReady && held.has(id) && !stopping) setImmediate(onReady);
        return isReady;
      })
      .finally(() => underWay.delete(id));
    underWay.set(id, work);
    return work;
  };

  return {
    async prepare(id, signal) {
      const patience = new AbortController();
      const work = underWay.get(id) ?? begin(id);
      try {
        const isReady = await Promise.race([
          work,
          wait(PATIENCE_MS, null, { signal: AbortSignal.any([signal, patience.signal]) }),
        ]);
        if (isReady === null) held.add(id);
        else held.delete(id);
        return isReady ?? false;
      } catch (error) {
        if (signal.aborted) throw new DeskError('host.cancelled', {}, error);
        throw error;
      } finally {
        patience.abort();
        // It goes on after this wait is over; how it ended is heard by the next.
        work.catch(() => {});
      }
    },
    async stop() {
      stopping = true;
      await thread.stop();
      await Promise.allSettled(underWay.values());
    },
  };
}

interface SendingTools {
  readonly office: OpenOffice;
  readonly thread: FileThread;
  readonly workFolder: string;
  readonly log: HostLog;
}

async function settle(tools: SendingTools, messageId: string): Promise<boolean> {
  const { office } = tools;
  const documentId = outgoingIdOfMessage(office.tables, messageId);
  // Statuses bear no signature.
  if (documentId === undefined) return true;
  const services = signingServices(office.tables);
  if (services.revocation) await askRevocation(tools, documentId);
  if (isBlocked(requireFound(outgoingById(office.tables, documentId)))) return false;
  return !services.timestamps || !services.timestampBeforeSending || stamp(tools, documentId, messageId);
}

/** What nobody can tell now does not hold up a document (TT 15/2025/TT-BKHCN, Phụ lục II), but it is asked. */
async function askRevocation({ office, thread, log }: SendingTools, documentId: string): Promise<void> {
  for (const { file } of signedFiles(office, documentId)) {
    if (verificationReport(office.tables, file) === undefined)
      await office.verification.current(file, { thread });
    const fetchedAfter = unaskedSince(office, file);
    if (fetchedAfter === null && !uncheckedPdfs(office.tables).includes(file)) continue;
    try {
      const failure = await settleRevocation(office, thread, file, {
        limitMs: LIMIT_MS,
        fetchedAfter,
      });
      if (failure) log.info(`before sending ${file.slice(0, 12)}: ${failure.code}`);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.info(`before sending ${file.slice(0, 12)}: ${error.code}`);
    }
  }
}

const signedFiles = (store: Store, documentId: string): AttachmentRow[] =>
  sentFiles(store, documentId).filter(({ mediaType: type }) => type === 'application/pdf');

/** Adds the document timestamps that are missing and writes the message anew with the grown files. */
async function stamp(tools: SendingTools, documentId: string, messageId: string): Promise<boolean> {
  try {
    while (!(await stampAsItIs(tools, documentId, messageId)));
    return true;
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    hold(tools.office, documentId, messageId, error);
    return false;
  }
}

/** @returns false when the document's files changed meanwhile */
async function stampAsItIs(tools: SendingTools, documentId: string, messageId: string): Promise<boolean> {
  const { office } = tools;
  const row = requireFound(outboxById(office.tables, messageId));
  // The axis may have these very bytes: others must not follow them.
  if (row.mayBeThere) return true;
  const before = sentFiles(office, documentId);
  const files: EventOf<'outbox.rewritten'>['data']['files'] = [];
  for (const { position, file, archiveFile: archive, mediaType } of before) {
    // Proofs that were added for the archive meanwhile are as good for the recipient.
    const newest = archive ?? file;
    const grown = mediaType === 'application/pdf' ? await withTimestamp(tools, newest) : newest;
    if (grown !== file)
      files.push({ position, before: { file }, file: grown, size: office.files.peek(grown).size });
  }
  if (files.length === 0) return true;
  const after = before.map(
    ({ position, file }) => files.find((one) => one.position === position)?.file ?? file,
  );
  const { message } = readEdxml(office.files.read(row.file));
  if (message.kind !== 'edoc') throw new Error(`message ${messageId} carries no document`);
  const attachments = message.attachments.map((attachment, n) => ({
    ...attachment,
    bytes: office.files.read(after[n]!),
  }));
  const bytes = writeEdoc({ ...message, attachments }, { now: office.now(), secrecy: '' });
  const { sha256 } = office.files.put(bytes);
  const entry = office.record(program, () => {
    const current = outboxById(office.tables, messageId);
    const isSame =
      current?.state === 'queued' &&
      current.file === row.file &&
      sentFiles(office, documentId).every(
        ({ file, archiveFile: archive }, n) => file === before[n]?.file && archive === before[n].archiveFile,
      );
    return isSame
      ? newEvent('outbox.rewritten', documentId, { id: messageId, message: { file: sha256 }, files })
      : null;
  });
  return entry !== null;
}

/** The file itself where every signature's time is proven already. */
async function withTimestamp({ office, thread, workFolder }: SendingTools, file: string): Promise<string> {
  const { anchors, ...services } = jobServices(office);
  const path = office.files.path(file);
  const asked = { path, anchors, level: 'B-T' as const };
  const tasks = await thread.ask('pending-proofs', { ...asked, now: office.now() });
  if (!tasks.some(({ kind }) => kind === 'timestamp')) return file;
  const job = { ...asked, ...services, workFolder };
  const { tail, timestamps } = await thread.ask('raise', job, { limitMs: LIMIT_MS });
  for (const time of timestamps) learnTime(office, 'timestamp', time);
  return (await office.files.grow(file, tail)).sha256;
}

/** Why it still waits, said once. */
function hold(store: Store, documentId: string, messageId: string, { code }: DeskError): void {
  const problem = { code: 'documents.timestamp-awaited', params: { detail: code } };
  store.record(program, () => {
    const row = outboxById(store.tables, messageId);
    if (row?.state !== 'queued' || row.problem?.params['detail'] === code) return null;
    return newEvent('outbox.queued', documentId, { id: messageId, problem, at: store.now() });
  });
}
