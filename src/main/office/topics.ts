import type { Topic } from '../../shared/domain/topics.ts';
import type { EventType } from '../store/events/index.ts';
import type { EventKind, TopicsOf } from './common/calls.ts';
import { exchangeTopics } from './exchange/calls.ts';
import { incomingTopics } from './incoming/calls.ts';
import { integrityTopics } from './integrity/calls.ts';
import { outgoingTopics } from './outgoing/calls.ts';
import { proofTopics } from './proofs/topics.ts';
import { sessionTopics } from './session/calls.ts';
import { settingsTopics } from './settings/calls.ts';
import { signingTopics } from './signing/calls.ts';
import { fileActTopics } from './signing/file-act-calls.ts';
import { verificationTopics } from './verification/calls.ts';

/** What windows ask again after each event: the features' own, merged. */
const topics: TopicsOf<EventKind> = {
  ...sessionTopics,
  ...incomingTopics,
  ...outgoingTopics,
  ...signingTopics,
  ...fileActTopics,
  ...verificationTopics,
  ...exchangeTopics,
  ...proofTopics,
  ...integrityTopics,
  ...settingsTopics,
};

/** What windows ask again after an event. */
export function topicsOf(type: EventType): readonly Topic[] {
  return topics[type];
}
