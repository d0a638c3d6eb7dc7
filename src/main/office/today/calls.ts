import type { Store } from '../../store/index.ts';
import { requirePerson, type CallsOf } from '../common/calls.ts';
import { tiles } from './today.ts';

export const todayCalls: CallsOf<'today', { readonly store: Store }> = {
  'today.tiles': { need: 'seated', answer: ({ store }, { person }) => tiles(store, requirePerson(person)) },
};
