import { z } from 'zod';
import { personIdSchema, personSchema } from '../domain/people.ts';
import { call, done, nothing, problemSchema, timeSchema } from './call.ts';

export const sessionSchema = z.strictObject({
  version: z.string(),
  /** Which window shows the desk. */
  host: z.enum(['electron', 'browser']),
  officeName: z.string(),
  people: z.array(personSchema),
  currentPersonId: z.string().nullable(),
  /** False until somebody has decided what may be asked over the network; until then nothing is. */
  servicesDecided: z.boolean(),
  /** Set only by the demo: its software tokens and their PIN are shown on screen. */
  demo: z
    .strictObject({ tokens: z.array(z.strictObject({ label: z.string(), pin: z.string() })) })
    .nullable(),
  /** What this machine cannot do as it should; null where all is well. */
  machineProblem: problemSchema.nullable(),
  now: timeSchema,
});
export type Session = z.infer<typeof sessionSchema>;

/** Who sits at a window, and what the window is. */
export const session = {
  'session.state': call(nothing, sessionSchema),
  'session.sit': call(z.strictObject({ personId: personIdSchema }), done),
  /** The person has looked: what this computer's clock shows now is right (documents.clock-back, documents.clock-away). */
  'session.confirm-clock': call(nothing, done),
};
