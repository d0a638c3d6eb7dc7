import type { Problem } from '../../../shared/ipc/call.ts';
import { program } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { outgoingById } from '../../store/queries/outgoing.ts';
import { newEvent } from '../common/events.ts';

/** Stops a document from leaving; told once. */
export function raiseAlarm(store: Store, id: string, problem: Problem): void {
  store.record(program, () => {
    const record = outgoingById(store.tables, id);
    return !record || record.alarm !== null ? null : newEvent('outgoing.alarmed', id, { problem });
  });
}
