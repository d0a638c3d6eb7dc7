import { writeNumber } from '../../../shared/domain/notation.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { Box } from '../../../shared/ipc/signing.ts';
import { planAct } from '../../paper/plan-act.ts';
import type { ActDocument, PlannedSignature } from '../../paper/plan-act.ts';
import type { Records } from '../../store/index.ts';
import { attachmentsOf, type AttachmentRow } from '../../store/queries/documents.ts';
import { baseOf, entriesAbout } from '../../store/queries/journal.ts';
import { outgoingById, type OutgoingRecord } from '../../store/queries/outgoing.ts';
import { requireFound, requireState } from '../../store/admit/guard.ts';
import { withPdf } from '../common/pages.ts';
import { requireMainFile } from '../common/main-file.ts';
import { imageOf, markTime, requireOffice } from '../common/office-settings.ts';
import { aspectOf, prepareMain, signerText } from './prepare.ts';
import type { Signing, SigningAct, SigningPlan, Wanted } from './signing-jobs.ts';

/** In a thread: what `planSigning` promises, made by reading files and drawing. */
export async function makePlan(store: Records, { id, act, boxes }: Wanted): Promise<SigningPlan> {
  const record = forAct(store, id, act);
  const main = requireMainFile(store, id);
  const signings =
    act === 'approve' ? [await approval(store, record, main, boxes[0])] : await sealing(store, record, boxes);
  return { record, base: baseOf(store.tables, id), signings };
}

/** A document in the state that an act needs. @throws DeskError documents.not-found, documents.wrong-state */
export const forAct = (store: Records, id: string, act: SigningAct): OutgoingRecord =>
  requireState(requireFound(outgoingById(store.tables, id)), act === 'approve' ? 'to-sign' : 'numbered');

/** Hash of the picture an act shows: the leader's handwriting or the seal. */
export const imageFor = (store: Records, { signer }: OutgoingRecord, act: SigningAct): string | undefined =>
  imageOf(store, act === 'approve' ? signer.id : 'seal');

/** A signature of an act with the file it goes on. */
export interface OnFile {
  readonly attachment: AttachmentRow;
  readonly planned: PlannedSignature;
}

/** The leader's signature where the rule puts it on the draft, or in the field that its author made for it. */
export async function approvalOnDraft(store: Records, record: OutgoingRecord): Promise<OnFile> {
  const attachment = requireMainFile(store, record.id);
  const planned = await withPdf(store, attachment.originalFile, (pdf) => planApproval(store, record, pdf));
  return { attachment, planned };
}

export async function planApproval(
  store: Records,
  record: OutgoingRecord,
  pdf: ActDocument,
): Promise<PlannedSignature> {
  const image = imageFor(store, record, 'approve');
  const [planned] = await planAct('approve', pdf, {
    signer: signerText(record),
    image: image === undefined ? undefined : store.files.read(image),
  });
  return planned!;
}

/** Number and date where the file has no fields for them, and the seal. */
export function planIssue(
  store: Records,
  record: OutgoingRecord,
  pdf: ActDocument,
  shown: { readonly number: string; readonly date: string },
  boxes: readonly (Box | undefined)[] = [],
): Promise<PlannedSignature[]> {
  const seal = imageFor(store, record, 'seal');
  const places = boxes.map((box) => box && placeOf(box));
  return planAct('issue', pdf, {
    signer: signerText(record),
    seal: seal === undefined ? undefined : store.files.read(seal),
    sealMm: requireOffice(store).sealDiameterMm,
    imageAspect: aspectOf(store, record),
    ...shown,
    ...(places.at(-1) && { place: places.at(-1)! }),
    markPlaces: places.slice(0, -1),
  });
}

/** The agency's signatures, in the order made: number and date where they need one, the seal, each separate appendix. */
export async function sealings(
  store: Records,
  record: OutgoingRecord,
  boxes: readonly (Box | undefined)[] = [],
): Promise<OnFile[]> {
  const main = requireMainFile(store, record.id);
  const shown = { number: writeNumber(record.number!), date: record.issuedDate! };
  const rule = await withPdf(store, main.file, (pdf) => planIssue(store, record, pdf, shown));
  const wanted = rule.map((planned, n) => movedBox(planned, boxes[n]));
  const onMain = wanted.some(Boolean)
    ? await withPdf(store, main.file, (pdf) => planIssue(store, record, pdf, shown, wanted))
    : rule;
  const rest = boxes.slice(onMain.length);
  const appendices = attachmentsOf(store.tables, record.id).filter(isSignedAppendix);
  const onAppendices = await Promise.all(
    appendices.map(async (attachment, n): Promise<OnFile> => {
      const place = rest[n] && placeOf(rest[n]);
      const context = { code: record.code, ...markTime(store), ...(place && { place }) };
      const [planned] = await withPdf(store, attachment.file, (pdf) => planAct('appendix', pdf, context));
      return { attachment, planned: planned! };
    }),
  );
  return [...onMain.map((planned) => ({ attachment: main, planned })), ...onAppendices];
}

/** A separate appendix in the form that can be signed (NĐ 30/2020, Phụ lục I, Phần I, II.8b). */
export const isSignedAppendix = ({ role, mediaType }: AttachmentRow): boolean =>
  role === 'appendix' && mediaType === 'application/pdf';

/**
 * Where a person wants a signature, if elsewhere than the plan has it.
 * @throws DeskError pdf.field-cannot-move
 */
export function movedBox(planned: PlannedSignature, box: Box | undefined): Box | undefined {
  if (!box || sameBox(box, boxOf(planned))) return undefined;
  const { target } = planned.request;
  if (target.kind === 'existing') throw new DeskError('pdf.field-cannot-move', { field: target.name });
  return box;
}

/** The leader's signature, in the field of the checked draft; moved, in fields laid out anew where the leader wants. */
async function approval(
  store: Records,
  record: OutgoingRecord,
  main: AttachmentRow,
  box: Box | undefined,
): Promise<Signing> {
  const planOn = async (file: string): Promise<OnFile> => ({
    attachment: { ...main, file },
    planned: await withPdf(store, file, (pdf) => planApproval(store, record, pdf)),
  });
  const laid = await planOn(main.file);
  if (box ? sameBox(box, boxOf(laid.planned)) : wasPlaceFound(store, record)) return signing(laid);
  const onDraft = requirePlace(await approvalOnDraft(store, record), box);
  const wanted = movedBox(onDraft.planned, box);
  if (!wanted) return signing(laid);
  return signing(await planOn((await prepareMain(store, record, main.originalFile, wanted)).sha256));
}

/** Looking for the place again costs more than all the rest of signing. */
function wasPlaceFound({ tables }: Records, { id }: OutgoingRecord): boolean {
  const submitted = entriesAbout(tables, id).findLast(({ type }) => type === 'outgoing.submitted');
  return submitted?.type === 'outgoing.submitted' && submitted.data.placeFound;
}

/** The agency's signature with the seal on the document, and a text mark on each separate appendix. */
async function sealing(store: Records, record: OutgoingRecord, boxes: readonly Box[]): Promise<Signing[]> {
  const planned = await sealings(store, record, boxes);
  return planned.map((one, n) => signing(requirePlace(one, boxes[n])));
}

/**
 * Where no place was found, only a person knows it: nothing is signed at a guess.
 * @throws DeskError documents.place-needed
 */
function requirePlace(one: OnFile, box: Box | undefined): OnFile {
  if (one.planned.found === 'manual' && !box)
    throw new DeskError('documents.place-needed', { name: one.attachment.name });
  return one;
}

const signing = ({ attachment: { position, name, file }, planned }: OnFile): Signing => ({
  role: planned.role,
  position,
  name,
  file,
  request: planned.request,
});

/** A planned place as the contract says it: pages from 1. */
export const boxOf = ({ page, box }: PlannedSignature): Box => ({ page: page + 1, ...box });

const placeOf = ({ page, ...box }: Box) => ({ page: page - 1, box });

const tolerance = 0.01;

function sameBox(a: Box, b: Box): boolean {
  const sides = ['x', 'y', 'width', 'height'] as const;
  return a.page === b.page && sides.every((side) => Math.abs(a[side] - b[side]) < tolerance);
}
