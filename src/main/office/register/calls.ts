import type { Store } from '../../store/index.ts';
import type { CallsOf } from '../common/calls.ts';
import { book } from './register.ts';

export const registerCalls: CallsOf<'register', { readonly store: Store }> = {
  'register.book': { need: 'register.view', answer: ({ store }, { argument }) => book(store, argument) },
};
