import type { FileReference } from '../../../shared/ipc/call.ts';
import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import type { Placement } from '../../../shared/ipc/signing.ts';
import type { PlannedSignature } from '../../signature/acts/index.ts';
import type { Records, Store } from '../../store/index.ts';
import { onRecords } from './signing-orders.ts';
import { approvalOnDraft, boxOf, forAct, imageFor, sealings } from './signing-plan.ts';
import { signingThread } from './signing-thread.ts';

/** Where each signature of an act would stand, before anybody signs. */
export const placements = (
  store: Store,
  wanted: ParsedArgument<'signing.placements'>,
): Promise<Result<'signing.placements'>> =>
  signingThread.ask('find-placements', { ...onRecords(store), wanted });

export async function findPlacements(
  store: Records,
  { id, act }: ParsedArgument<'signing.placements'>,
): Promise<Result<'signing.placements'>> {
  const record = forAct(store, id, act);
  const image = imageFor(store, record, act) ?? null;
  const planned = act === 'approve' ? [await approvalOnDraft(store, record)] : await sealings(store, record);
  return {
    placements: planned.map(({ attachment: { file, name }, planned: one }) =>
      placementOf({ sha256: file, name }, one, image),
    ),
  };
}

/** A planned signature as the screen shows it; one without lines shows a picture. */
export function placementOf(
  { sha256, name }: FileReference,
  planned: PlannedSignature,
  image: string | null,
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
  };
}
