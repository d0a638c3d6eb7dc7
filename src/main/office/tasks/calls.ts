import type { CallsOf } from '../common/calls.ts';
import type { Tasks } from '../common/tasks.ts';

export const taskCalls: CallsOf<'task', { readonly tasks: Tasks }> = {
  'task.cancel': {
    need: 'anyone',
    answer: ({ tasks }, { argument }) => {
      tasks.cancel(argument.taskId);
      return {};
    },
  },
};
