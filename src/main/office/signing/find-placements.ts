import { DeskError } from '../../../shared/errors/index.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Placement } from '../../../shared/ipc/signing.ts';
import { marks } from '../../paper/marks.ts';
import { findRecipients } from '../../paper/recipients.ts';
import type { PlannedSignature } from '../../paper/plan-act.ts';
import type { Records } from '../../store/index.ts';
import { withPdf, type Opening } from '../common/pages.ts';
import { approvalOnDraft, boxOf, forAct, imageFor, sealings } from './signing-plan.ts';

/** In a thread: where each signature of an act would stand. */
export async function findPlacements(
  store: Records,
  { id, act }: ParsedArgument<'signing.placements'>,
): Promise<Result<'signing.placements'>> {
  const record = forAct(store, id, act);
  const image = imageFor(store, record, act) ?? null;
  const planned = act === 'approve' ? [await approvalOnDraft(store, record)] : await sealings(store, record);
  const recipients = new Map<string, Placement['recipients']>();
  for (const file of new Set(planned.map(({ attachment }) => attachment.file)))
    recipients.set(file, await recipientsOn(store, file));
  return {
    placements: planned.map(({ attachment: { file, name }, planned: one }) =>
      placementOf({ sha256: file, name }, one, image, recipients.get(file) ?? null),
    ),
  };
}

/** What no mark should cover. A file whose text cannot be read is signed all the same: it has no such lines to show. */
export async function recipientsOn(
  store: Records,
  file: string,
  opening: Opening = {},
): Promise<Placement['recipients']> {
  try {
    const block = await withPdf(store, file, ({ text }) => findRecipients(text), opening);
    if (!block) return null;
    const page = block.page + 1;
    const lines = block.lines.map(({ x, y, width, height }) => ({ page, x, y, width, height }));
    return { lines, mostCovered: marks.recipients.mostCovered };
  } catch (error) {
    if (error instanceof DeskError) return null;
    throw error;
  }
}

/** A planned signature as the screen shows it; one without lines shows a picture. */
export function placementOf(
  { sha256, name }: FileReference,
  planned: PlannedSignature,
  image: string | null,
  recipients: Placement['recipients'],
): Placement {
  const { role, found, lines, request } = planned;
  const drawing = lines.length === 0 ? undefined : request.appearance?.drawing;
  return {
    role,
    sha256,
    name,
    box: boxOf(planned),
    // Nobody has wanted it anywhere yet.
    found: found === 'wanted' ? 'manual' : found,
    rule: boxOf(planned),
    image: lines.length === 0 ? image : null,
    lines: [...lines],
    drawing: drawing ? Buffer.from(drawing).toString('base64') : null,
    recipients,
  };
}
