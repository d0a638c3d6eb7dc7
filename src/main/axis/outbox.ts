import { agencyKey } from '../../shared/domain/exchange.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { foldForSearch } from '../../shared/text/fold.ts';
import type { OutboxItem } from './office-port.ts';
import { endsPass } from './pass.ts';
import type { Pass } from './pass.ts';
import { errorKind } from './transport.ts';
import type { SentRow } from './transport.ts';

/** Where only this PC's clock is known: it may differ from the axis's by hours; by more a line is of another attempt. */
const MAX_SKEW_MS = 24 * 3_600_000;

/** The axis's clock, so that a PC's clock put right meanwhile changes nothing; this PC's while the axis tells none. */
const timeOf = ({ transport, now }: Pass): number => transport.time() ?? now();

/**
 * Sends what waits, in order. The intent is stored before a byte leaves and the result after, so after a crash or a
 * lost answer a message is `sending` or `uncertain`, and is sent again only when the axis's own list of sent
 * messages does not have it. Until that is known, later messages about the same document wait behind it.
 */
export async function sendPending(pass: Pass): Promise<void> {
  const { office, transport, signal } = pass;
  const held = new Set<string>();
  const lists = new Map<OutboxItem['kind'], Promise<SentRow[]>>();
  const listSent = (kind: OutboxItem['kind']) => {
    const list = lists.get(kind) ?? transport.listSent(kind, signal);
    lists.set(kind, list);
    return list;
  };
  const pending = office.pendingOutbox();
  if (pending.length > 0) await learnTime(pass);
  for (const item of pending) {
    if (held.has(item.documentId)) continue;
    let settled = false;
    try {
      const fate = item.state === 'queued' ? 'not-sent' : await clearUp(pass, item, listSent);
      settled = fate === 'sent' || (fate === 'not-sent' && (await submit(pass, item)));
    } catch (error) {
      if (endsPass(error)) throw error;
      pass.note(error);
    }
    if (!settled) held.add(item.documentId);
  }
}

/** Every answer of the axis tells its time: where none has come yet, one harmless question. */
async function learnTime({ transport, signal }: Pass): Promise<void> {
  if (transport.time() !== null) return;
  try {
    await transport.listIncoming('status', signal);
  } catch (error) {
    // A broken list must not keep a document from leaving.
    if (endsPass(error)) throw error;
  }
}

/** What became of a message whose answer never came. */
async function clearUp(
  pass: Pass,
  item: OutboxItem,
  listSent: (kind: OutboxItem['kind']) => Promise<SentRow[]>,
): Promise<'sent' | 'not-sent' | 'unknown'> {
  const { office } = pass;
  const waited = timeOf(pass) - (item.attemptStartedAt ?? 0);
  if (Math.abs(waited) < pass.settleMs) return 'unknown';
  const rows = await listSent(item.kind);
  const row = rows.find(
    (row) => isLostOne(row, item) && (row.axisDocId === null || !office.isSubmissionKnown(row.axisDocId)),
  );
  if (row) {
    office.markSent(item.id, row.axisDocId, pass.now());
    return 'sent';
  }
  office.markQueued(item.id, null, pass.now());
  return 'not-sent';
}

/**
 * Whether a line of the axis's list is this message. The axis keeps no key of ours; recipient, notation and subject
 * identify it among the lines that belong to none of our other messages.
 */
function isLostOne(row: SentRow, item: OutboxItem): boolean {
  return (
    (row.kind ?? item.kind) === item.kind &&
    row.notation !== '' &&
    item.to.some((code) => agencyKey(code) === agencyKey(row.to)) &&
    same(row.notation, item.code) &&
    (item.kind === 'status' || same(row.title, item.subject)) &&
    (row.sentAt === null || row.sentAt >= (item.attemptStartedAt ?? 0) - MAX_SKEW_MS)
  );
}

/** Both are compared folded, because some axes strip diacritics; an empty column says nothing. */
function same(theirs: string, ours: string): boolean {
  return theirs === '' || foldForSearch(theirs) === foldForSearch(ours);
}

/** False when the message still waits, in whatever state. */
async function submit(pass: Pass, item: OutboxItem): Promise<boolean> {
  const { office } = pass;
  if (!(await office.prepare(item.id, pass.signal))) return false;
  const bytes = await office.readOutbox(item.id);
  office.markSending(item.id, timeOf(pass));
  let axisDocId: string | null;
  try {
    axisDocId = await pass.transport.send({ ...item, bytes }, pass.signal);
  } catch (error) {
    // An error that is not even ours says nothing about what the axis did.
    const kind = error instanceof DeskError ? errorKind(error) : 'unknown-outcome';
    const problem = pass.note(error);
    if (kind === 'permanent') office.markFailed(item.id, problem, pass.now());
    else if (kind === 'unknown-outcome') office.markUncertain(item.id, problem, pass.now());
    else office.markQueued(item.id, problem, pass.now());
    if (endsPass(error)) throw error;
    return kind === 'permanent';
  }
  office.markSent(item.id, axisDocId, pass.now());
  return true;
}
