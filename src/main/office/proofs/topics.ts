import type { TopicsOf } from '../common/calls.ts';

export const proofTopics: TopicsOf<'proof' | 'clock'> = {
  proof: ['outgoing', 'incoming', 'signed-files', 'verification'],
  clock: [],
};
