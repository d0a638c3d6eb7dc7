import type { Person } from '../../shared/domain/people.ts';
import type { TokenInfo } from '../../shared/domain/token.ts';
import type { SigningRole } from '../../shared/domain/states.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { Box } from '../../shared/ipc/signing.ts';
import { sameName } from '../../shared/text/fold.ts';
import { imageAppearance, type Appearance } from '../pdf/appearance.ts';
import { DRAFT_FIELDS } from '../pdf/fields.ts';
import { openPdf } from '../pdf/reader.ts';
import { openFileSource } from '../pdf/source.ts';
import { nameText } from '../signature/names.ts';
import { signerName } from '../signature/certificate-use.ts';
import { signDocument, usableCertificate, type SigningRequest } from '../signature/sign.ts';
import { serialText } from '../signature/x509.ts';
import type { SigningSession } from '../token/login.ts';
import type { Tokens } from '../token/tokens.ts';
import type { EventOf } from '../store/events/index.ts';
import type { StoredFile } from '../store/files.ts';
import type { Store } from '../store/index.ts';
import { outgoingById, type OutgoingRecord } from '../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from './acts.ts';
import { appendixMarks, fieldPlace, markOf, sameBox, type AppendixMark } from './placements.ts';
import { prepareMain } from './prepare.ts';
import { requireSignature, verify } from './reading.ts';
import { imageOf, mainOf, requireOffice, sameMain } from './parts.ts';
import type { Task } from './tasks.ts';

type Argument = ParsedArgument<'signing.sign'>;
type Evidence = EventOf<'outgoing.signed'>['data']['signatures'][number];

/** One signature an act has to make: on which file, under which name, and how it looks. */
interface Signing {
  readonly role: SigningRole;
  readonly position: number;
  readonly name: string;
  /** The bytes to sign over. */
  readonly file: string;
  readonly request: SigningRequest;
}

/**
 * Signs one document with one login: the leader's signature, or the agency's on the document and on every separate
 * appendix (NĐ 30/2020, Điều 13, 32 and Phụ lục I). All files are made before anything is recorded; whatever fails,
 * the document is as it was and signing can simply be started again.
 */
export async function sign(
  store: Store,
  tokens: Tokens,
  person: Person,
  argument: Argument,
  task: Task,
): Promise<Result<'signing.sign'>> {
  const { id, act, tokenId, certificateSha256, pin, acceptFinalTry } = argument;
  const record = inState(found(outgoingById(store.tables, id)), act === 'approve' ? 'to-sign' : 'numbered');
  const main = mainOf(store, id);
  const holder = act === 'approve' ? person.name : requireOffice(store).name;
  const signings =
    act === 'approve'
      ? [await approval(store, record, argument.boxes[0])]
      : await sealing(store, record, argument.boxes);
  const { label } = await chosenToken(tokens, argument, holder);
  task.progress(0, signings.length, record.subject);
  const session = await tokens.openSigner(tokenId, certificateSha256, pin, { acceptFinalTry });
  let signed: Signed[];
  try {
    requireHolder(session.certificate, store.now(), holder);
    signed = await signAll(store, session, label, signings, task);
  } finally {
    await session.close();
  }
  const data = {
    files: signed.map(({ position, file }) => ({ position, file: file.sha256, size: file.size })),
    signatures: signed.map(({ evidence }) => evidence),
  };
  const entry = store.record(actorOf(person), () => {
    const current = found(outgoingById(store.tables, id));
    sameMain(store, inState(current, record.state), main);
    return act === 'approve' ? event('outgoing.signed', id, data) : event('outgoing.sealed', id, data);
  });
  return { signedAt: entry.at, verification: await verify(store, mainOf(store, id).file) };
}

/** The leader's signature: the fields are laid out anew from the draft, where the leader wants them. */
async function approval(store: Store, record: OutgoingRecord, box: Box | undefined): Promise<Signing> {
  const main = mainOf(store, record.id);
  const image = imageOf(store, record.signer_id);
  if (image === undefined) throw new DeskError('documents.image-missing', { what: record.signer });
  const prepared = await prepareMain(store, record, main.original_file, box);
  const place = await fieldPlace(store, prepared.sha256, DRAFT_FIELDS.personal);
  return {
    role: 'personal',
    position: main.position,
    name: main.name,
    file: prepared.sha256,
    request: {
      target: { kind: 'existing', name: DRAFT_FIELDS.personal },
      appearance: await imageAppearance(store.files.read(image), place.width, place.height),
      // Number, date and the agency's signature may still follow, nothing else (ISO 32000-2, Table 257).
      docMdp: 2,
    },
  };
}

/** The agency's signature with the seal on the document, and a text mark on each separate appendix. */
async function sealing(store: Store, record: OutgoingRecord, boxes: readonly Box[]): Promise<Signing[]> {
  const main = mainOf(store, record.id);
  await requireSignature(store, main.file);
  const seal = imageOf(store, 'seal');
  if (seal === undefined) throw new DeskError('documents.image-missing', { what: requireOffice(store).name });
  const place = await fieldPlace(store, main.file, DRAFT_FIELDS.agency);
  const moved = boxes[0] && !sameBox(boxes[0], place) ? { box: boxes[0] } : {};
  const document: Signing = {
    role: 'agency',
    position: main.position,
    name: main.name,
    file: main.file,
    request: {
      target: { kind: 'existing', name: DRAFT_FIELDS.agency, ...moved },
      appearance: await imageAppearance(store.files.read(seal), place.width, place.height),
    },
  };
  const mark = await markOf(record, store.now());
  const appendices = await appendixMarks(store, record, mark);
  return [document, ...appendices.map((appendix, n) => onAppendix(appendix, mark.appearance, boxes[n + 1]))];
}

function onAppendix(appendix: AppendixMark, appearance: Appearance, box: Box = appendix.box): Signing {
  const { position, name, file } = appendix.attachment;
  const target = { kind: 'new', page: box.page - 1, box } as const;
  return { role: 'appendix', position, name, file, request: { target, appearance } };
}

interface Signed {
  readonly position: number;
  readonly file: StoredFile;
  readonly evidence: Evidence;
}

async function signAll(
  store: Store,
  session: SigningSession,
  tokenLabel: string,
  signings: readonly Signing[],
  task: Task,
): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (const signing of signings) {
    task.progress(signed.length, signings.length, signing.name);
    const { evidence, ...made } = await signOne(store, session, signing);
    signed.push({ ...made, evidence: { ...evidence, tokenLabel } });
  }
  return signed;
}

async function signOne(store: Store, session: SigningSession, signing: Signing) {
  const now = store.now();
  const source = openFileSource(store.files.path(signing.file));
  try {
    const { tail } = await signDocument(openPdf(source), signing.request, session, now);
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
    };
    return { position: signing.position, file, evidence };
  } finally {
    source.close();
  }
}

/**
 * The token, and its certificate looked at before the PIN is spent: most tokens show it without one.
 * @throws DeskError token.not-found, documents.not-your-certificate
 */
async function chosenToken(tokens: Tokens, argument: Argument, expected: string): Promise<TokenInfo> {
  const token = (await tokens.list()).find(({ id }) => id === argument.tokenId);
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
