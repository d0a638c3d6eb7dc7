import { DeskError } from '../../../shared/errors/index.ts';
import type { Session } from '../../../shared/ipc/session.ts';
import type { Store } from '../../store/index.ts';
import { areServicesDecided, officeOf, people, personById } from '../../store/queries/office.ts';
import { requireClock } from '../common/clock.ts';
import { actorOf, newEvent, recordUnlessBroken } from '../common/events.ts';
import type { CallsOf, TopicsOf } from '../common/calls.ts';

interface Services {
  readonly store: Store;
  readonly program: Pick<Session, 'version' | 'demo' | 'machineProblem'>;
}

export const sessionCalls: CallsOf<'session', Services> = {
  'session.state': {
    need: 'anyone',
    answer: ({ store, program }, { person, window }) => ({
      ...program,
      host: window.host,
      officeName: officeOf(store.tables)?.name ?? '',
      people: people(store.tables),
      currentPersonId: person?.id ?? null,
      servicesDecided: areServicesDecided(store.tables),
      now: store.now(),
    }),
  },
  'session.sit': {
    need: 'anyone',
    answer: ({ store }, { argument: { personId }, window }) => {
      const person = personById(store.tables, personId);
      if (!person?.active) throw new DeskError('documents.no-such-person');
      recordUnlessBroken(store, actorOf(person), newEvent('person.sat-down', person.id, {}));
      if (window.personId !== person.id) window.added.clear();
      window.personId = person.id;
      return {};
    },
  },
  'session.confirm-clock': {
    need: 'outgoing.number',
    answer: ({ store }) => {
      requireClock(store, true);
      return {};
    },
  },
};

export const sessionTopics: TopicsOf<'person' | 'access'> = {
  'person.saved': ['settings', 'session'],
  'person.sat-down': ['settings', 'session'],
  'access.denied': [],
};
