import { createHash } from '../../crypto/index.ts';
import type { Verification } from '../../../shared/domain/verification.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { evidenceOf, verificationReport, type EvidenceRow } from '../../store/queries/documents.ts';
import { metAuthorities } from '../../store/queries/office.ts';
import { newEvent } from '../common/events.ts';
import type { Failure } from '../common/thread.ts';
import { anchorsFor, trustedCertificates } from './anchors.ts';
import type { FileJobs } from './file-jobs.ts';
import type { FileThread } from './file-thread.ts';
import { keepReport, keptReport, keptVerification, withKinds } from './kept-reports.ts';
import { LOCKED } from './locked-draft.ts';
import type { Passwords } from './passwords.ts';

/** How a file is judged. */
export interface Judging {
  /** Whose turn it is; without it, the thread for what somebody waits for. */
  readonly thread?: FileThread;
  /** Why services just asked did not tell all. */
  readonly revocationFailure?: Failure | null;
  /** Ends it with nothing kept. */
  readonly signal?: AbortSignal;
}

/** What is known of the signatures in the files of an office. */
export interface FileVerification {
  /**
   * Judges a stored PDF now and keeps the report.
   * @throws DeskError pdf.password-needed when it was judged before and cannot be opened now; host.cancelled
   */
  judge(file: string, how?: Judging): Promise<Verification>;
  /**
   * What a judgement now would find: the report just kept, while nothing that it rests on has changed.
   * @throws DeskError as `judge`
   */
  current(file: string, how?: Judging): Promise<Verification>;
  /**
   * What is known already; judged now when nothing is.
   * @throws DeskError as `judge`; host.cancelled when somebody stopped the judgement, now or before
   */
  of(file: string, how?: Judging): Promise<Verification>;
  /** Ends the first judgement of a file for all who wait for it, with nothing kept; without one under way, nothing. */
  stop(file: string): void;
  /** A file whose judgement was stopped is judged again when it is next asked about. */
  allow(file: string): void;
}

/** What only time changes, a certificate that ends or a list that grows old, is found that much later. */
const CURRENT_MS = 3_600_000;

interface FirstJudgement {
  readonly found: Promise<Verification>;
  readonly stop: AbortController;
}

/** @param asked the thread for what somebody waits for */
export function createVerification(store: Store, passwords: Passwords, asked: FileThread): FileVerification {
  /** First judgements under way: whoever asks meanwhile waits for the same one. */
  const underWay = new Map<string, FirstJudgement>();
  /** Files whose judgement somebody has stopped; it is not begun again before somebody asks for it. */
  const stopped = new Set<string>();
  /** What the reports rest on that were kept lately. */
  const lately = new Map<string, { readonly basis: string; readonly at: number }>();

  const judge: FileVerification['judge'] = async (file, how = {}) => {
    const basis = basisOf(store, passwords, file);
    const at = store.now();
    const { verification: found, authorities } = await inThread(store, passwords, file, {
      thread: asked,
      ...how,
    });
    keepAuthorities(store, authorities);
    // What was found while its password was known is more than what is found without it.
    if (isLocked(found) && verificationReport(store.tables, file) !== undefined) throw new DeskError(LOCKED);
    keepReport(store, file, found);
    forgetOld(lately, at);
    lately.set(file, { basis, at });
    return found;
  };

  const judgeOnce = (file: string, how: Judging): Promise<Verification> => {
    if (stopped.has(file)) return Promise.reject(new DeskError('host.cancelled'));
    const known = underWay.get(file);
    if (known) return known.found;
    const stop = new AbortController();
    const signal = how.signal ? AbortSignal.any([how.signal, stop.signal]) : stop.signal;
    const found = judge(file, { ...how, signal }).finally(() => underWay.delete(file));
    underWay.set(file, { found, stop });
    return found;
  };

  return {
    judge,
    async current(file, how) {
      // Its own judgement, if one is under way, is the one that is wanted; how it ends shows in what is kept.
      await underWay.get(file)?.found.catch(() => {});
      const known = lately.get(file);
      const isCurrent =
        known?.basis === basisOf(store, passwords, file) && Math.abs(store.now() - known.at) < CURRENT_MS;
      return (isCurrent ? keptReport(store, file) : null) ?? judge(file, how);
    },
    async of(file, how = {}) {
      return keptVerification(store, file) ?? withKinds(store, await judgeOnce(file, how));
    },
    stop(file) {
      const judgement = underWay.get(file);
      if (!judgement) return;
      stopped.add(file);
      judgement.stop.abort();
    },
    allow: (file) => void stopped.delete(file),
  };
}

/** Old ones serve nobody: what is left is what an hour brings. */
function forgetOld(lately: Map<string, { readonly at: number }>, now: number): void {
  for (const [file, { at }] of lately) if (Math.abs(now - at) >= CURRENT_MS) lately.delete(file);
}

/** Everything a judgement rests on but the file and the time, as one hash. */
function basisOf(store: Store, passwords: Passwords, file: string): string {
  const evidence = evidenceOf(store.tables, file).map(({ type, answer }) => [type, answer]);
  const isOpen = passwords.openingOf(file).password !== undefined;
  const basis = JSON.stringify([[...trustedCertificates(store)], evidence, isOpen]);
  return createHash('sha256').update(basis).digest('base64');
}

/** A file that ends the thread is one nobody can read: asked again it would only end the next. */
async function inThread(
  store: Store,
  passwords: Passwords,
  file: string,
  { thread, revocationFailure = null, signal }: Judging & { readonly thread: FileThread },
): Promise<FileJobs['verify']['result']> {
  try {
    const job = {
      path: store.files.path(file),
      ...passwords.openingOf(file),
      anchors: anchorsFor(store),
      at: store.now(),
      revocationFailure,
      ...answersFor(store, file),
    };
    return await thread.ask('verify', job, { ...(signal && { signal }) });
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'documents.reading-stopped') throw error;
    const reason = { code: 'document.unreadable' as const, params: { code: error.code } };
    const verification = { verdict: 'unreadable' as const, signatures: [], changes: [], reasons: [reason] };
    return { verification, authorities: [] };
  }
}

/** What services answered about the certificates of a file, as it is kept. */
function answersFor({ tables, files }: Store, file: string) {
  const kept = evidenceOf(tables, file);
  const read = (type: EvidenceRow['type']) =>
    kept.filter((row) => row.type === type).map((row) => files.read(row.answer));
  return { crls: read('CRL'), ocsps: read('OCSP'), certificates: read('certificate') };
}

/** Files often carry no more than the signer's certificate: what one of them shows serves all the others. */
function keepAuthorities(store: Store, authorities: readonly Uint8Array[]): void {
  const kept = new Set(metAuthorities(store.tables));
  for (const der of authorities) {
    const { sha256: file } = store.files.put(der);
    if (!kept.has(file))
      store.record(program, () =>
        metAuthorities(store.tables).includes(file) ? null : newEvent('authority.met', file, { file }),
      );
  }
}

const isLocked = ({ reasons: [reason] }: Verification): boolean => reason?.params.code === LOCKED;
