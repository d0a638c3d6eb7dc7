import { recordTopics } from '../../../shared/domain/records.ts';
import type { TopicsOf } from '../common/calls.ts';

export const proofTopics: TopicsOf<'proof' | 'clock'> = {
  'proof.assessed': ['verification', ...recordTopics],
  'proof.added': ['verification', ...recordTopics],
  'clock.trusted': [],
};
