import type { Capability } from '../../../shared/domain/permissions.ts';
import { requirePerson, type CallsOf, type TopicsOf } from '../common/calls.ts';
import type { Tasks } from '../common/tasks.ts';
import { learnCertificates } from './learn-certificates.ts';
import { placements } from './placements.ts';
import { signBatch } from './sign-batch.ts';
import { sign } from './sign.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { SigningOffice } from './signing-jobs.ts';

interface Services {
  readonly store: SigningOffice;
  readonly keeper: TokenKeeper;
  readonly tasks: Tasks;
}

const signingAct = (_: unknown, { act }: { act: 'approve' | 'seal' }): Capability =>
  act === 'approve' ? 'outgoing.sign' : 'outgoing.seal';

export const signingCalls: CallsOf<'signing', Services> = {
  'signing.tokens': {
    need: 'seated',
    answer: async ({ keeper }, { argument }) => {
      const tokens = await keeper.list(argument.includeExpired);
      const problems = keeper.tokens().problems();
      return {
        tokens,
        problems: problems.map(({ path, code, params }) => ({ path, code, params: { ...params } })),
      };
    },
  },
  'signing.learn': {
    need: 'file.sign',
    answer: async ({ store, keeper }, { argument, person }) => {
      await learnCertificates(store, keeper, requirePerson(person), argument);
      return {};
    },
  },
  'signing.placements': {
    need: signingAct,
    answer: ({ store }, { argument }) => placements(store, argument),
  },
  'signing.sign': {
    need: signingAct,
    answer: ({ store, keeper, tasks }, { argument, person }) =>
      tasks.run(argument.taskId, (task) => sign(store, keeper, requirePerson(person), argument, task)),
  },
  'signing.sign-batch': {
    // Each document is asked about again when its turn comes.
    need: signingAct,
    answer: ({ store, keeper, tasks }, { argument, person }) =>
      tasks.run(argument.taskId, (task) => signBatch(store, keeper, requirePerson(person), argument, task)),
  },
};

export const signingTopics: TopicsOf<'token'> = {
  'token.learned': ['tokens'],
};
