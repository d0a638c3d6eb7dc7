import type { SigningRole } from '../../shared/domain/states.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ParsedArgument } from '../../shared/ipc/index.ts';
import type { Box } from '../../shared/ipc/signing.ts';
import { imageAppearance, type Appearance } from '../pdf/appearance.ts';
import { DRAFT_FIELDS } from '../pdf/fields.ts';
import type { SigningRequest } from '../signature/sign.ts';
import type { Store } from '../store/index.ts';
import type { AttachmentRow } from '../store/queries/documents.ts';
import { outgoingById, type OutgoingRecord } from '../store/queries/outgoing.ts';
import { found, inState } from './acts.ts';
import { imageOf, mainOf, requireOffice } from './parts.ts';
import { appendixMarks, fieldPlace, markOf, sameBox, type AppendixMark } from './placements.ts';
import { prepareMain } from './prepare.ts';
import { requireSignature } from './reading.ts';

/** One signature an act has to make: on which file, under which name, and how it looks. */
export interface Signing {
  readonly role: SigningRole;
  readonly position: number;
  readonly name: string;
  /** The bytes to sign over. */
  readonly file: string;
  readonly request: SigningRequest;
}

/** Everything of a document that can be made before a token is asked for anything. */
export interface SigningPlan {
  readonly record: OutgoingRecord;
  /** The document's file as the plan found it. */
  readonly main: AttachmentRow;
  readonly signings: readonly Signing[];
}

type Wanted = Pick<ParsedArgument<'signing.sign'>, 'id' | 'act' | 'boxes'>;

/** The leader's signature, or the agency's on the document and on every separate appendix. */
export async function planSigning(store: Store, { id, act, boxes }: Wanted): Promise<SigningPlan> {
  const record = inState(found(outgoingById(store.tables, id)), act === 'approve' ? 'to-sign' : 'numbered');
  const main = mainOf(store, id);
  const signings =
    act === 'approve' ? [await approval(store, record, boxes[0])] : await sealing(store, record, boxes);
  return { record, main, signings };
}

/** The leader's signature, in the field of the checked draft; moved, in fields laid out anew where the leader wants. */
async function approval(store: Store, record: OutgoingRecord, box: Box | undefined): Promise<Signing> {
  const main = mainOf(store, record.id);
  const image = imageOf(store, record.signer_id);
  if (image === undefined) throw new DeskError('documents.image-missing', { what: record.signer });
  const laid = await fieldPlace(store, main.file, DRAFT_FIELDS.personal);
  const moved = box && !sameBox(box, laid) ? box : undefined;
  const file = moved ? (await prepareMain(store, record, main.original_file, moved)).sha256 : main.file;
  const { width, height } = moved ?? laid;
  return {
    role: 'personal',
    position: main.position,
    name: main.name,
    file,
    request: {
      target: { kind: 'existing', name: DRAFT_FIELDS.personal },
      appearance: await imageAppearance(store.files.read(image), width, height),
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
