import type { Person } from '../../../shared/domain/people.ts';
import type { Capability } from '../../../shared/domain/permissions.ts';
import { may } from '../../store/rights.ts';
import type { Tables } from '../../store/index.ts';

/** What can be done with a document in one of its states, in the order of the work, and the right each takes. */
export type Actions<Action extends string> = readonly (readonly [Action, Capability])[];

/** What of it a person may do with this document. */
export function permitted<Action extends string>(
  tables: Tables,
  person: Person,
  documentId: string,
  actions: Actions<Action>,
): Action[] {
  return actions.flatMap(([action, capability]) =>
    may(tables, person, capability, documentId) ? [action] : [],
  );
}
