import type { ParsedArgument, Result } from '../../shared/ipc/index.ts';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { isoWithZone } from '../../shared/text/dates.ts';
import { infoAppearance, type Appearance } from '../pdf/appearance.ts';
import { describeFields, DRAFT_FIELDS } from '../pdf/fields.ts';
import { infoBox } from '../pdf/placement.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Store } from '../store/index.ts';
import { attachmentsOf, type AttachmentRow } from '../store/queries/documents.ts';
import { outgoingById, type OutgoingRecord } from '../store/queries/outgoing.ts';
import { found, inState } from './acts.ts';
import { withPdf } from './pages.ts';
import { imageOf, mainOf } from './parts.ts';
import { placesOn } from './prepare.ts';

/** Where each signature of an act would stand, before anybody signs. */
export async function placements(
  store: Store,
  { id, act }: ParsedArgument<'signing.placements'>,
): Promise<Result<'signing.placements'>> {
  const record = inState(found(outgoingById(store.tables, id)), act === 'approve' ? 'to-sign' : 'numbered');
  return { placements: act === 'approve' ? [await personal(store, record)] : await seals(store, record) };
}

async function personal(store: Store, record: OutgoingRecord): Promise<Placement> {
  const main = mainOf(store, record.id);
  const {
    found: how,
    page,
    personal: rule,
  } = await withPdf(store, main.original_file, ({ text }) => placesOn(store, record, text));
  const box = { page: page + 1, ...rule };
  return {
    role: 'personal',
    sha256: main.file,
    name: main.name,
    box,
    found: how,
    rule: box,
    image: imageOf(store, record.signer_id) ?? null,
    lines: [],
  };
}

async function seals(store: Store, record: OutgoingRecord): Promise<Placement[]> {
  const main = mainOf(store, record.id);
  const box = await fieldPlace(store, main.file, DRAFT_FIELDS.agency);
  const mark = await markOf(record, store.now());
  const appendices = await appendixMarks(store, record, mark);
  return [
    {
      role: 'agency',
      sha256: main.file,
      name: main.name,
      box,
      found: 'title-and-name',
      rule: box,
      image: imageOf(store, 'seal') ?? null,
      lines: [],
    },
    ...appendices.map(({ attachment, box }): Placement => ({
      role: 'appendix',
      sha256: attachment.file,
      name: attachment.name,
      box,
      found: 'corner',
      rule: box,
      image: null,
      lines: [...mark.lines],
    })),
  ];
}

/** Where a field of the draft stands. @throws DeskError pdf.no-such-field */
export function fieldPlace(store: Store, sha256: string, field: string): Promise<Box> {
  return withPdf(store, sha256, ({ document }) => {
    const place = describeFields(document).find(({ name }) => name === field)?.places[0];
    if (!place) throw new DeskError('pdf.no-such-field', { field });
    return Promise.resolve({ page: place.page + 1, ...place.box });
  });
}

export interface Mark {
  readonly lines: readonly string[];
  readonly appearance: Appearance;
}

/** Number and time of signing, as a separate appendix shows them (NĐ 30/2020, Phụ lục I, Phần I, II.8b). */
export async function markOf({ code }: OutgoingRecord, now: number): Promise<Mark> {
  const lines = [`Số: ${code}`, `Thời gian ký: ${isoWithZone(now)}`];
  return { lines, appearance: await infoAppearance(lines) };
}

export interface AppendixMark {
  readonly attachment: AttachmentRow;
  readonly box: Box;
}

/** The separate appendices that can be signed, each with the corner its mark goes to. */
export async function appendixMarks(
  store: Store,
  { id }: OutgoingRecord,
  mark: Mark,
): Promise<AppendixMark[]> {
  const marks: AppendixMark[] = [];
  for (const attachment of attachmentsOf(store.tables, id)) {
    if (attachment.role !== 'appendix' || attachment.media_type !== 'application/pdf') continue;
    const page = await withPdf(store, attachment.file, ({ text }) => text.page(0));
    marks.push({ attachment, box: { page: 1, ...infoBox(page, mark.appearance) } });
  }
  return marks;
}

const tolerance = 0.01;

export function sameBox(a: Box, b: Box): boolean {
  const sides = ['x', 'y', 'width', 'height'] as const;
  return a.page === b.page && sides.every((side) => Math.abs(a[side] - b[side]) < tolerance);
}
