import type { Store } from '../../store/index.ts';
import { incomingById } from '../../store/queries/incoming.ts';
import type { CallsOf } from '../common/calls.ts';
import { historyOf } from './history.ts';

export const historyCalls: CallsOf<'history', { readonly store: Store }> = {
  'history.of': {
    need: (tables, { id }) => (incomingById(tables, id) ? 'incoming.view' : 'outgoing.view'),
    answer: ({ store }, { argument }) => historyOf(store, argument),
  },
};
