import type { Store } from '../../store/index.ts';
import { requirePerson, type CallsOf } from '../common/calls.ts';
import { search } from './search.ts';

export const searchCalls: CallsOf<'search', { readonly store: Store }> = {
  // What is found is narrowed to what the reader may see.
  'search.find': {
    need: 'seated',
    answer: ({ store }, { argument, person }) => search(store, requirePerson(person), argument),
  },
};
