import { numberedTopics } from '../../../shared/domain/records.ts';
import { fileActCapability } from '../../../shared/ipc/file-acts.ts';
import { requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import { requireFiles } from '../common/file-access.ts';
import type { Tasks } from '../common/tasks.ts';
import * as fileActs from './file-acts.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { SigningOffice } from './signing-jobs.ts';

interface Services {
  readonly store: SigningOffice;
  readonly keeper: TokenKeeper;
  readonly tasks: Tasks;
}

export const fileActCalls: CallsOf<'file-act', Services> = {
  'file-act.plan': {
    need: (_, { act }) => fileActCapability(act),
    answer: ({ store }, { argument, person, window }) => {
      requireFiles(store, requirePerson(person), fileActs.filesOfActs([argument.act]), window.added);
      return fileActs.planFileAct(store, requirePerson(person), argument);
    },
  },
  'file-act.sign': {
    // All are the same act.
    need: (_, { items }) => fileActCapability(items[0]!.act),
    answer: ({ store, keeper, tasks }, { argument, person, window }) => {
      const acts = argument.items.map(({ act }) => act);
      requireFiles(store, requirePerson(person), fileActs.filesOfActs(acts), window.added);
      return tasks.run(argument.taskId, (task) =>
        fileActs.signFileActs(store, keeper, requirePerson(person), argument, task),
      );
    },
  },
  'file-act.list': {
    need: 'file.view',
    answer: ({ store }, { argument, person }) =>
      fileActs.listSignedFiles(store, requirePerson(person), argument),
  },
};

export const fileActTopics: TopicsOf<'copy' | 'signed-file'> = {
  'copy.made': numberedTopics,
  'signed-file.made': ['signed-files'],
};
