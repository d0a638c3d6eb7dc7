import type { Store } from '../../store/index.ts';
import { records } from '../../../shared/domain/records.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { kindOf } from '../../store/queries/documents.ts';
import type { CallsOf } from '../common/calls.ts';
import { historyOf } from './history.ts';

export const historyCalls: CallsOf<'history', { readonly store: Store }> = {
  'history.of': {
    need: (tables, { id }) => records[requireFound(kindOf(tables, id))].view,
    answer: ({ store }, { argument }) => historyOf(store, argument),
  },
};
