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
  'inbox.stored': ['exchange'],
  'inbox.quarantined': ['exchange'],
  'inbox.acknowledged': ['exchange'],
  'outbox.sending': ['exchange', 'outgoing'],
  'outbox.sent': ['exchange', 'outgoing'],
  'outbox.uncertain': ['exchange', 'outgoing'],
  'outbox.queued': ['exchange', 'outgoing'],
  'outbox.rewritten': ['exchange', 'outgoing'],
  'outbox.failed': ['exchange', 'outgoing'],
  'status.queued': ['exchange', 'outgoing'],
  'status.received': ['exchange', 'outgoing'],
  'status.redelivered': ['exchange', 'outgoing'],
  'status.matched': ['exchange', 'outgoing'],
};
