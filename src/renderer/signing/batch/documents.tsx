import type { OutgoingRow } from '../../../shared/ipc/outgoing.ts';
import { call } from '../../desk/bridge.ts';
import { useCall } from '../../desk/use-call.ts';
import { useCurrentPerson, useSession } from '../../desk/use-session.ts';
import { useTexts } from '../../texts/language.ts';
import { holderOf, type SigningAct } from '../signing-act.ts';
import { texts } from '../texts.ts';
import type { KeptBoxes } from '../use-boxes.ts';
import { nameOf } from '../workspace.tsx';
import type { BatchEntry } from './entry.ts';
import { Batch, type BatchWork } from './index.tsx';
import { Review } from './review.tsx';

const entryOf = (row: OutgoingRow): BatchEntry => ({
  id: row.id,
  heading: row.code || row.drafter,
  subject: row.subject,
  name: nameOf(row),
  urgency: row.urgency,
});

/** The documents that wait, signed or sealed in turn. */
export function DocumentBatch({
  act,
  rows,
  onLeave,
}: {
  readonly act: SigningAct;
  readonly rows: readonly OutgoingRow[];
  readonly onLeave: () => void;
}) {
  const words = useTexts(texts).batch;
  const { officeName } = useSession();
  const person = useCurrentPerson();
  const work: BatchWork = {
    kind: act,
    holder: holderOf(act, person?.name ?? '', officeName),
    entries: rows.map(entryOf),
    sign: (items, login) => call('signing.sign-batch', { items: [...items], act, ...login }),
  };
  return (
    <Batch
      work={work}
      renderReview={({ id }, kept) => <DocumentReview key={id} id={id} act={act} kept={kept} />}
      leave={words.leave}
      onLeave={onLeave}
      onClose={() => {
        if (rows.length === 0) onLeave();
      }}
    />
  );
}

function DocumentReview({
  id,
  act,
  kept,
}: {
  readonly id: string;
  readonly act: SigningAct;
  readonly kept: KeptBoxes;
}) {
  return <Review asked={useCall('signing.placements', { id, act }, ['outgoing', 'settings'])} kept={kept} />;
}
