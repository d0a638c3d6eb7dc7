import type { Problem } from '../../../shared/ipc/call.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { newEvent } from '../common/events.ts';

/** One wording, whether timestamps and evidence were refused first or the file was judged again first. */
export const revokedLater = (name: string): Problem => ({
  code: 'documents.signer-revoked-later',
  params: { name },
});

/** Stops a document from leaving; told once. */
export function raiseAlarm(store: Store, id: string, problem: Problem): void {
  store.record(program, () => {
    const record = outgoingById(store.tables, id);
    return !record || record.alarm !== null ? null : newEvent('outgoing.alarmed', id, { problem });
  });
}
