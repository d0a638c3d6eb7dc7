import { z } from 'zod';
import { call, done, taskIdSchema } from './call.ts';

/** Long work a window started, by the id the window gave it. */
export const tasks = {
  'task.cancel': call(z.strictObject({ taskId: taskIdSchema }), done),
};
