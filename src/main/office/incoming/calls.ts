import type { Store } from '../../store/index.ts';
import { answerOfAct, requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import * as view from './incoming-view.ts';
import * as incoming from './incoming.ts';

export const incomingCalls: CallsOf<'incoming', { readonly store: Store }> = {
  'incoming.list': {
    need: 'incoming.view',
    answer: ({ store }, { argument, person, grant }) =>
      view.list(store, requirePerson(person), argument, grant),
  },
  'incoming.get': {
    need: 'incoming.view',
    answer: ({ store }, { argument, person }) => view.get(store, requirePerson(person), argument),
  },
  'incoming.register': {
    need: 'incoming.register',
    answer: ({ store }, { argument, person }) => incoming.register(store, requirePerson(person), argument),
  },
  'incoming.refuse': { need: 'incoming.refuse', answer: answerOfAct(incoming.refuse) },
  'incoming.direct': { need: 'incoming.direct', answer: answerOfAct(incoming.direct) },
  'incoming.start': { need: 'incoming.handle', answer: answerOfAct(incoming.start) },
  'incoming.close': { need: 'incoming.handle', answer: answerOfAct(incoming.close) },
};

export const incomingTopics: TopicsOf<'incoming'> = {
  'incoming.received': ['incoming', 'exchange'],
  'incoming.redelivered': ['incoming', 'exchange'],
  'incoming.secret-returned': ['incoming', 'exchange'],
  'incoming.secret-found': ['incoming', 'exchange'],
  'incoming.purged': ['incoming', 'exchange'],
  'incoming.opened': ['incoming', 'exchange'],
  'incoming.registered': ['incoming', 'exchange'],
  'incoming.refused': ['incoming', 'exchange'],
  'incoming.directed': ['incoming', 'exchange'],
  'incoming.stamped': ['incoming', 'exchange'],
  'incoming.commented': ['incoming', 'exchange'],
  'incoming.started': ['incoming', 'exchange'],
  'incoming.closed': ['incoming', 'exchange'],
};
