import type { Store } from '../../store/index.ts';
import { answerOfAct, type CallsOf, type TopicsOf } from '../common/calls.ts';
import type { AxisLine } from './axis-line.ts';
import * as view from './exchange-view.ts';

interface Services {
  readonly store: Store;
  readonly axis: AxisLine;
}

export const exchangeCalls: CallsOf<'exchange', Services> = {
  'exchange.state': { need: 'anyone', answer: ({ axis }) => axis.state() },
  'exchange.sync': { need: 'exchange.run', answer: ({ axis }) => axis.sync() },
  'exchange.deliveries': {
    need: 'exchange.view',
    answer: ({ store }, { argument }) => view.deliveries(store, argument),
  },
  'exchange.retry': { need: 'exchange.run', answer: answerOfAct(view.retry) },
  'exchange.quarantine': { need: 'exchange.view', answer: ({ store }) => view.quarantine(store) },
  'exchange.reread': {
    need: 'exchange.run',
    answer: async ({ store, axis }, { argument }) => {
      await axis.reread(argument.axisDocId, view.quarantinedKind(store, argument));
      return {};
    },
  },
};

export const agencyCalls: CallsOf<'agencies', Pick<Services, 'store'>> = {
  'agencies.find': {
    need: 'seated',
    answer: ({ store }, { argument: { text, limit } }) => ({ rows: store.cache.findAgencies(text, limit) }),
  },
};

export const exchangeTopics: TopicsOf<'inbox' | 'outbox' | 'status'> = {
  inbox: ['exchange'],
  outbox: ['exchange', 'outgoing'],
  status: ['exchange', 'outgoing'],
};
