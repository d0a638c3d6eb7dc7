import { finishSignature, startSignature } from '../../signature/sign.ts';
import { filesIn, withNamedRecords, withWhole } from '../common/on-records.ts';
import type { JobHandlers } from '../common/worker.ts';
import { findPlacements, recipientsOn } from './find-placements.ts';
import { planOnFile } from './plan-on-file.ts';
import type { SigningJobs } from './signing-jobs.ts';
import { makePlan } from './signing-plan.ts';

export const signingHandlers: JobHandlers<SigningJobs> = {
  'find-placements': (on) => withNamedRecords(on, (records) => findPlacements(records, on.wanted)),
  'find-recipients': ({ file, password, ...on }) =>
    withNamedRecords(on, (records) =>
      recipientsOn(records, file, password === undefined ? {} : { password }),
    ),
  'plan-signing': (on) => withNamedRecords(on, (records) => makePlan(records, on.wanted)),
  'plan-act': (on) => withNamedRecords(on, (records) => planOnFile(records, on)),
  'start-signature': ({ request, signer, now, reserveBytes, ...on }) =>
    withWhole(on, (document) => startSignature(document, request, signer, now, reserveBytes)),
  'finish-signature': async ({ started, signer, signature, timestamp, ...on }) => {
    const files = filesIn(on);
    return {
      file: await files.grow(on.file, finishSignature(started, signer, signature, timestamp)),
      timestamp: timestamp && files.put(timestamp),
    };
  },
};
