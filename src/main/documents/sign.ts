import { basename } from 'node:path';
import type { Person } from '../../shared/domain/people.ts';
import type { TokenInfo } from '../../shared/domain/token.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Problem } from '../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import { sameName } from '../../shared/text/fold.ts';
import { openPdf } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { nameText } from '../signature/names.ts';
import { signerName } from '../signature/certificate-use.ts';
import { signDocument, usableCertificate } from '../signature/sign.ts';
import { serialText } from '../signature/x509.ts';
import type { SigningSession } from '../token/login.ts';
import type { EventOf } from '../store/events/index.ts';
import type { StoredFile } from '../store/files.ts';
import type { Store } from '../store/index.ts';
import { outgoingById } from '../store/queries/outgoing.ts';
import { modules } from '../store/queries/office.ts';
import { actorOf, event, found, inState } from './acts.ts';
import { mainOf, requireOffice, sameMain } from './parts.ts';
import { verify } from './reading.ts';
import { quickTimestamping } from './services.ts';
import { requireClock, requireNotRevoked } from './signing-guard.ts';
import { planSigning, type Signing, type SigningPlan } from './signing-plan.ts';
import type { Task } from './tasks.ts';
import type { TokenKeeper } from './token-keeper.ts';

type Act = ParsedArgument<'signing.sign'>['act'];
type Evidence = EventOf<'outgoing.signed'>['data']['signatures'][number];
/** How a signer gets at the key, whether for one document or for many. */
export type LoginArgument = Omit<ParsedArgument<'signing.sign'>, 'id' | 'boxes'>;

/**
 * Signs one document with one login: the leader's signature, or the agency's on the document and on every separate
 * appendix (NĐ 30/2020, Điều 13, 32 and Phụ lục I). All files are made before anything is recorded; whatever fails,
 * the document is as it was and signing can simply be started again.
 */
export async function sign(
  store: Store,
  keeper: TokenKeeper,
  person: Person,
  argument: ParsedArgument<'signing.sign'>,
  task: Task,
): Promise<Result<'signing.sign'>> {
  const plan = await planSigning(store, argument);
  const { signedAt, notes } = await withLogin(store, keeper, person, argument, task, (key) =>
    carryOut(store, person, argument.act, plan, key, task),
  );
  return { signedAt, notes, verification: await verify(store, mainOf(store, plan.record.id).file) };
}

/** A token that is logged in, for as long as `withLogin` runs. */
export interface SigningKey {
  readonly session: SigningSession;
  /** What the evidence says of the token and of the certificate's status. */
  readonly circumstances: Pick<Evidence, 'tokenLabel' | 'tokenSerial' | 'module' | 'unchecked'>;
}

/** Logs in once everything that can be refused without a PIN is refused, and out again whatever happens. */
export async function withLogin<T>(
  store: Store,
  keeper: TokenKeeper,
  person: Person,
  argument: LoginArgument,
  { signal }: Task,
  work: (key: SigningKey) => Promise<T>,
): Promise<T> {
  const { act, tokenId, certificateSha256, pin, acceptFinalTry } = argument;
  const holder = act === 'approve' ? person.name : requireOffice(store).name;
  requireClock(store, argument.acceptClock);
  const token = await chosenToken(keeper, argument, holder);
  const session = await keeper.tokens().openSigner(tokenId, certificateSha256, pin, { acceptFinalTry });
  try {
    requireHolder(session.certificate, store.now(), holder);
    const unchecked = await requireNotRevoked(store, session, argument.acceptUnchecked, signal);
    const { label: tokenLabel, serial: tokenSerial } = token;
    return await work({
      session,
      circumstances: { tokenLabel, tokenSerial, module: moduleOf(store, token), unchecked },
    });
  } finally {
    await session.close();
  }
}

/** Makes the planned signatures and records them as one act. */
export async function carryOut(
  store: Store,
  person: Person,
  act: Act,
  { record, main, signings }: SigningPlan,
  key: SigningKey,
  task: Task,
): Promise<{ signedAt: number; notes: Problem[] }> {
  const { id } = record;
  const signed = await signAll(store, key, signings, task);
  const data = {
    files: signed.map(({ position, file }) => ({ position, file: file.sha256, size: file.size })),
    signatures: signed.map(({ evidence }) => evidence),
  };
  const entry = store.record(actorOf(person), () => {
    const current = found(outgoingById(store.tables, id));
    sameMain(store, inState(current, record.state), main);
    return act === 'approve' ? event('outgoing.signed', id, data) : event('outgoing.sealed', id, data);
  });
  return { signedAt: entry.at, notes: signed.flatMap(({ note }) => note ?? []) };
}

/** SHA-256 of the driver that a token is reached by; empty for a key file. */
function moduleOf({ tables }: Store, { module }: TokenInfo): string {
  return modules(tables).find(({ path }) => basename(path) === module)?.sha256 ?? '';
}

interface Signed {
  readonly position: number;
  readonly file: StoredFile;
  readonly evidence: Evidence;
  /** Why it has no timestamp although one was wanted. */
  readonly note: Problem | null;
}

async function signAll(
  store: Store,
  key: SigningKey,
  signings: readonly Signing[],
  task: Task,
): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (const signing of signings) {
    task.progress(signed.length, signings.length, signing.name);
    signed.push(await signOne(store, key, signing));
  }
  return signed;
}

async function signOne(
  store: Store,
  { session, circumstances }: SigningKey,
  signing: Signing,
): Promise<Signed> {
  const now = store.now();
  const source = openFileSource(store.files.path(signing.file));
  try {
    const timestamping = quickTimestamping(store);
    const { tail, timestampFailure } = await signDocument(
      openPdf(source),
      signing.request,
      session,
      now,
      timestamping,
    );
    const file = await store.files.grow(signing.file, tail);
    const certificate = usableCertificate(session.certificate, now);
    const evidence = {
      role: signing.role,
      position: signing.position,
      before: { file: signing.file },
      signer: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      serial: serialText(certificate),
      certificateSha256: certificate.fingerprint,
      timestamped: timestamping !== undefined && timestampFailure === null,
      ...circumstances,
    };
    const note = timestampFailure && { code: timestampFailure.code, params: { ...timestampFailure.params } };
    return { position: signing.position, file, evidence, note };
  } finally {
    source.close();
  }
}

/**
 * The token, and its certificate looked at before the PIN is spent: most tokens show it without one.
 * @throws DeskError token.not-found, documents.not-your-certificate
 */
async function chosenToken(
  keeper: TokenKeeper,
  argument: LoginArgument,
  expected: string,
): Promise<TokenInfo> {
  const token = (await keeper.list()).find(({ id }) => id === argument.tokenId);
  if (!token) throw new DeskError('token.not-found');
  const chosen = token.certificates.find(({ sha256 }) => sha256 === argument.certificateSha256);
  if (chosen) requireName(chosen.subjectName, expected);
  return token;
}

/** The certificate must be good now and belong to whoever acts, the person or the office. */
function requireHolder(certificate: Uint8Array, now: number, expected: string): void {
  requireName(signerName(usableCertificate(certificate, now)), expected);
}

/** Names are compared without marks and case: certificates are written by hand. */
function requireName(holder: string, expected: string): void {
  if (!sameName(holder, expected))
    throw new DeskError('documents.not-your-certificate', { holder, expected });
}
