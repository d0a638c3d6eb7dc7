import type { TopicsOf } from '../common/calls.ts';

export const proofTopics: TopicsOf<'proof' | 'clock'> = {
  'proof.assessed': ['outgoing', 'incoming', 'signed-files', 'verification'],
  'proof.added': ['outgoing', 'incoming', 'signed-files', 'verification'],
  'clock.trusted': [],
};
