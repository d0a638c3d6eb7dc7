import { DeskError } from '../../shared/errors/index.ts';
import { endsPass } from './pass.ts';
import type { Pass } from './pass.ts';
import type { ReadDelivery } from './read-delivery.ts';
import type { Incoming } from './transport.ts';

/** Deliveries whose bytes were stored when the program died: recorded without asking the axis again. */
export async function recordStored(pass: Pass): Promise<void> {
  for (const { axisDocId, kind } of pass.office.storedItems())
    await guarded(pass, axisDocId, () => record(pass, axisDocId, kind));
}

/**
 * Takes in everything the axis holds for us, oldest first, statuses before documents. At least once: a message is
 * acknowledged only when it is in the office's records, and listed again until then. One message that fails does not
 * hold up the others.
 */
export async function receiveAll(pass: Pass): Promise<void> {
  for (const kind of ['status', 'edoc'] as const) {
    const items = await pass.transport.listIncoming(kind, pass.signal, pass.note);
    items.sort((a, b) => (a.createdAt ?? Infinity) - (b.createdAt ?? Infinity));
    for (const item of items) await guarded(pass, item.axisDocId, () => receive(pass, item));
  }
}

async function receive(pass: Pass, { axisDocId, kind }: Incoming): Promise<void> {
  const { office, transport, signal } = pass;
  const known = office.inboxItem(axisDocId)?.state ?? null;
  let recorded = known === 'recorded';
  // A message in quarantine is fetched again: the bytes may have been cut on the way, or the reader is newer.
  if (known === null || known === 'quarantined') {
    const bytes = await transport.fetch(axisDocId, signal);
    await office.storeRaw({ axisDocId, kind, bytes, receivedAt: pass.now() });
  }
  if (known !== 'recorded' && known !== 'discarded') recorded = await record(pass, axisDocId, kind);
  if (!recorded && known !== 'discarded') return;
  await transport.ack(axisDocId, recorded ? 'done' : 'fail', signal);
  office.markAcked(axisDocId, pass.now());
}

/**
 * Reads stored bytes and puts the message into the records; false when it went into quarantine.
 * @param wanted by a person: also what the program has given up
 */
export async function record(
  pass: Pass,
  axisDocId: string,
  kind: 'edoc' | 'status',
  wanted = false,
): Promise<boolean> {
  const { office, signal } = pass;
  let delivery: ReadDelivery;
  try {
    if (!office.beginReading(axisDocId) && !wanted) throw new DeskError('axis.reading-stopped');
    delivery = await office.readDelivery(axisDocId, kind, signal);
  } catch (error) {
    if (endsPass(error)) throw error;
    office.quarantine(axisDocId, pass.note(error), pass.now());
    pass.backoff.failed(axisDocId, pass.now());
    return false;
  }
  const at = pass.now();
  if (delivery.kind === 'edoc') office.recordEdoc({ ...delivery, axisDocId, at });
  else office.recordStatus({ ...delivery, axisDocId, at });
  pass.backoff.forget(axisDocId);
  return true;
}

async function guarded(pass: Pass, axisDocId: string, act: () => Promise<unknown>): Promise<void> {
  if (!pass.backoff.isDue(axisDocId, pass.now())) return;
  try {
    await act();
  } catch (error) {
    if (endsPass(error)) throw error;
    pass.note(error);
    pass.backoff.failed(axisDocId, pass.now());
  }
}
