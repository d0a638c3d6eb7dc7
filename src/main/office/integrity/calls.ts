import type { Store } from '../../store/index.ts';
import { requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import type { Tasks } from '../common/tasks.ts';
import { checkIntegrity } from './integrity.ts';

interface Services {
  readonly store: Store;
  readonly tasks: Tasks;
}

export const integrityCalls: CallsOf<'integrity', Services> = {
  'integrity.check': {
    need: 'journal.check',
    answer: ({ store, tasks }, { argument, person }) =>
      tasks.run(argument.taskId, (task) =>
        checkIntegrity(store, requirePerson(person), (done, total) => task.progress(done, total, '')),
      ),
  },
  'integrity.rebuild': {
    need: 'journal.check',
    answer: ({ store, tasks }, { argument }) =>
      tasks.run(argument.taskId, (task) =>
        store.rebuild((done, total) => task.progress(done, total, ''), task.signal),
      ),
  },
};

export const integrityTopics: TopicsOf<'integrity'> = {
  'integrity.checked': [],
};
