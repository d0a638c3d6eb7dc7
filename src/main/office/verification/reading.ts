import packageJson from '../../../../package.json' with { type: 'json' };
import type { Verification } from '../../../shared/domain/verification.ts';
import { verificationSchema } from '../../../shared/domain/verification.ts';
import { isOffice } from '../../../shared/domain/office-name.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { HostLog } from '../../host/desk-port.ts';
import { importedAnchor, knownAuthorities } from '../../x509/trust.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import {
  documentsWithFile,
  evidenceOf,
  signedPdfs,
  unreadPdfs,
  unverifiedPdfs,
  verificationReport,
  type EvidenceRow,
} from '../../store/queries/documents.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import { importedRoots, metAuthorities, signerKinds } from '../../store/queries/office.ts';
import { event } from '../common/acts.ts';
import { LOCKED } from './locked-draft.ts';
import type { Orders, SentAnchor } from './orders.ts';
import type { Failure } from '../common/thread.ts';
import { openingOf } from './passwords.ts';
import { stampOnPage } from '../../../shared/domain/secrecy.ts';
import { secretReason } from '../common/secrecy.ts';
import { statusOf } from '../exchange/status.ts';
import { readingThread } from './reading-thread.ts';

const software = `Bàn Văn Thư ${packageJson.version}`;

/** Certificates this office has decided to trust, and those of known authorities that it has met anywhere. */
export function anchorsFor({ tables, files }: Store): SentAnchor[] {
  const held = new Set([
    ...importedRoots(tables).map(({ file }) => file),
    ...metAuthorities(tables).filter((sha256) => knownAuthorities.get(sha256)?.trusted),
  ]);
  return [...held].map((file) => {
    const der = files.read(file);
    return { der, trustClass: importedAnchor(readCertificate(der)).trustClass };
  });
}

/** A file that ends the thread is one nobody can read: asked again it would only end the next. */
async function judge(
  store: Store,
  file: string,
  revocationFailure: Failure | null,
  signal: AbortSignal | undefined,
): Promise<Orders['verify']['result']> {
  try {
    const asked = {
      path: store.files.path(file),
      ...openingOf(store, file),
      anchors: anchorsFor(store),
      at: store.now(),
      revocationFailure,
      ...keptEvidence(store, file),
    };
    return await readingThread.ask('verify', asked, undefined, signal);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'documents.reading-stopped') throw error;
    const reason = { code: 'document.unreadable' as const, params: { code: error.code } };
    const verification = { verdict: 'unreadable' as const, signatures: [], changes: [], reasons: [reason] };
    return { verification, authorities: [] };
  }
}

/** Files often carry no more than the signer's certificate: what one of them shows serves all the others. */
function keepAuthorities(store: Store, authorities: readonly Uint8Array[]): void {
  const kept = new Set(metAuthorities(store.tables));
  for (const der of authorities) {
    const { sha256: file } = store.files.put(der);
    if (!kept.has(file))
      store.record(program, () =>
        metAuthorities(store.tables).includes(file) ? null : event('authority.met', 'trust', { file }),
      );
  }
}

/**
 * Judges a stored PDF now and keeps the report.
 * @param revocationFailure why services just asked did not tell all
 * @param signal ends it with nothing kept
 * @throws DeskError pdf.password-needed when it was judged before and cannot be opened now; host.cancelled
 */
export async function verify(
  store: Store,
  file: string,
  revocationFailure: Failure | null = null,
  signal?: AbortSignal,
): Promise<Verification> {
  const { verification: found, authorities } = await judge(store, file, revocationFailure, signal);
  keepAuthorities(store, authorities);
  // What was found while its password was known is more than what is found without it.
  if (isLocked(found) && verificationReport(store.tables, file) !== undefined) throw new DeskError(LOCKED);
  const report = { file: store.files.put(Buffer.from(JSON.stringify(found))).sha256 };
  store.record(program, () =>
    verificationReport(store.tables, file) === report.file
      ? null
      : event('file.verified', file, { file, verdict: found.verdict, report, ...lacking(found), software }),
  );
  return found;
}

const isLocked = ({ reasons: [reason] }: Verification): boolean => reason?.params.code === LOCKED;

/** What a later look, with what the network tells, could still find out. */
const lacking = ({ verdict, signatures }: Verification) => ({
  unchecked:
    verdict === 'indeterminate' &&
    signatures.some(({ findings }) =>
      findings.some(
        ({ code }) => code === 'validity.revocation-not-checked' || code === 'validity.crl-unusable',
      ),
    ),
});

/** What services answered about the certificates of a file, as it is kept. */
function keptEvidence({ tables, files }: Store, file: string) {
  const kept = evidenceOf(tables, file);
  const read = (type: EvidenceRow['type']) =>
    kept.filter((row) => row.type === type).map((row) => files.read(row.answer));
  return { crls: read('CRL'), ocsps: read('OCSP'), certificates: read('certificate') };
}

/** First judgements under way, by the path of their file: whoever asks meanwhile waits for the same one. */
const underWay = new Map<string, { readonly found: Promise<Verification>; readonly stop: AbortController }>();
/** Paths of files whose judgement somebody has stopped; it is not begun again before somebody asks for it. */
const stoppedFiles = new Set<string>();

function judgeOnce(store: Store, file: string): Promise<Verification> {
  const path = store.files.path(file);
  if (stoppedFiles.has(path)) return Promise.reject(new DeskError('host.cancelled'));
  const known = underWay.get(path);
  if (known) return known.found;
  const stop = new AbortController();
  const found = verify(store, file, null, stop.signal).finally(() => underWay.delete(path));
  underWay.set(path, { found, stop });
  return found;
}

/** Ends the first judgement of a file for all who wait for it, with nothing kept; without one under way, nothing. */
export function stopVerification(store: Store, file: string): void {
  const path = store.files.path(file);
  const judgement = underWay.get(path);
  if (!judgement) return;
  stoppedFiles.add(path);
  judgement.stop.abort();
}

/** A file whose judgement was stopped is judged again when it is next asked about. */
export function allowVerification(store: Store, file: string): void {
  stoppedFiles.delete(store.files.path(file));
}

/**
 * What is known about a file's signatures; judged now when nothing is.
 * @throws DeskError what `verify` throws; host.cancelled when somebody stopped the judgement, now or before
 */
export async function verificationOf(store: Store, file: string): Promise<Verification> {
  return storedVerification(store, file) ?? withKinds(store, await judgeOnce(store, file));
}

/** What the last look at a file found; null when nobody has looked yet. */
export function storedVerification(store: Store, file: string): Verification | null {
  const report = verificationReport(store.tables, file);
  if (report === undefined) return null;
  return withKinds(store, verificationSchema.parse(JSON.parse(store.files.read(report).toString('utf8'))));
}

/** Whose a certificate is, as the directory and an administrator know better: that is not part of what was found. */
function withKinds({ tables, cache }: Store, verification: Verification): Verification {
  const kinds = new Map(signerKinds(tables).map(({ fingerprint, kind }) => [fingerprint, kind]));
  const signatures = verification.signatures.map((signature) => {
    const { signer } = signature;
    if (!signer) return signature;
    const corrected = kinds.get(signer.certificate.fingerprint);
    const kind = corrected ?? (isListed(cache, signer.name) ? 'agency' : signer.kind);
    return { ...signature, signer: { ...signer, kind } };
  });
  return { ...verification, signatures };
}

/** Names in the directory that begin alike and are looked at. */
const MOST_ALIKE = 50;

/** An agency of the directory, whatever its name looks like. */
const isListed = (cache: Store['cache'], found: string): boolean =>
  cache.findAgencies(found, MOST_ALIKE).some(({ name }) => isOffice(found, name));

/**
 * The document must bear a signature that still holds: nothing is numbered, sealed or sent without one
 * (NĐ 30/2020, Điều 32.2d). What could not be settled offline does not stop the work.
 * @throws DeskError documents.not-signed, documents.signature-invalid
 */
export async function requireSignature(store: Store, file: string): Promise<void> {
  const { verdict } = await verify(store, file);
  if (verdict === 'unsigned') throw new DeskError('documents.not-signed');
  if (verdict === 'invalid' || verdict === 'unreadable') throw new DeskError('documents.signature-invalid');
}

const isStop = (error: unknown): boolean => error instanceof DeskError && error.code === 'host.cancelled';

export interface Reader {
  /** Looks for files nobody has read yet, soon. */
  wake(): void;
  /** Judges every signed file again: the office trusts other roots than before. */
  verifyAgain(): void;
  /** Resolves when nothing is left to read. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Reads and verifies new PDFs one after another between the desk's other work. */
export function startReader(store: Store, log: HostLog): Reader {
  let again = false;
  let all = false;
  let known = metAuthorities(store.tables).length;
  const ending = new AbortController();
  const { signal } = ending;
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  const round = async () => {
    do {
      again = false;
      const judgeAgain = all ? signedPdfs(store.tables) : [];
      // What is under way may have been begun before the roots changed.
      const judgeNew = all ? verify : judgeOnce;
      all = false;
      const judgements = [
        ...unverifiedPdfs(store.tables).map(
          ({ file }) =>
            () =>
              judgeNew(store, file),
        ),
        ...judgeAgain.map(
          ({ file }) =>
            () =>
              verify(store, file),
        ),
      ];
      for (const judge of judgements) {
        if (signal.aborted) return;
        await judge().catch((error: unknown) => {
          if (!isStop(error)) log.error('a file could not be verified', error);
        });
      }
      const met = metAuthorities(store.tables).length;
      // Somebody new vouches for files that nobody vouched for.
      if (met !== known) all = again = true;
      known = met;
      for (const { file } of unreadPdfs(store.tables)) {
        if (signal.aborted) return;
        await readText(store, file, log);
      }
    } while (again && !signal.aborted);
  };
  const wake = () => {
    again = true;
    if (busy || signal.aborted) return;
    busy = true;
    running = new Promise(setImmediate)
      .then(round)
      .catch((error: unknown) => log.error('reading new files stopped', error))
      .finally(() => (busy = false));
  };
  return {
    wake,
    verifyAgain() {
      all = true;
      wake();
    },
    idle: () => running,
    async stop() {
      ending.abort();
      await running;
    },
  };
}

/**
 * A PDF whose text cannot be had (damaged, only pictures) is remembered as read, with no text. Of one with a password
 * nothing is kept either: what it says would lie open beside it.
 */
export async function readText(store: Store, file: string, log: HostLog): Promise<void> {
  let words: string[] = [];
  const opening = openingOf(store, file);
  try {
    words = await readingThread.ask('words', { path: store.files.path(file), ...opening });
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    log.info(`no text of ${file.slice(0, 12)}: ${error.code}`);
    // The thread ended for a reason of its own; the cause tells which.
    if (error.code === 'documents.reading-stopped') log.error('reading stopped', error.cause);
  }
  const mark = stampOnPage(words[0] ?? '');
  const isKept = mark === '' && opening.password === undefined;
  const content = isKept ? words.join('\f').normalize('NFC') : '';
  const text = content.trim() === '' ? null : { file: store.files.put(Buffer.from(content)).sha256 };
  if (mark !== '') returnSecret(store, file, mark);
  store.record(program, () => event('file.read', file, { file, text }));
}

/** What a first page reveals after arrival: the document goes back and its content is no longer shown. */
function returnSecret(store: Store, file: string, mark: string): void {
  for (const { id } of documentsWithFile(store.tables, file).filter(
    ({ direction }) => direction === 'incoming',
  )) {
    store.record(program, () => {
      const incoming = incomingById(store.tables, id);
      if (!incoming || incoming.state === 'refused') return null;
      const reason = secretReason(mark);
      const status = statusOf(store, null, { ...incoming, subject: '' }, '02', reason);
      return event('incoming.secret-found', id, { reason, status });
    });
  }
}
