import type { DeskEvent } from '../../shared/ipc/index.ts';
import type { EventType } from '../store/events/index.ts';

export type Topic = Extract<DeskEvent, { type: 'changed' }>['topic'];

/** What a window shows that an event may have changed, by the first word of its type. */
const topics: Readonly<Record<string, readonly Topic[]>> = {
  incoming: ['incoming', 'exchange'],
  outgoing: ['outgoing', 'exchange'],
  inbox: ['exchange'],
  outbox: ['exchange', 'outgoing'],
  status: ['exchange', 'outgoing'],
  copy: ['incoming', 'outgoing'],
  'signed-file': ['signed-files'],
  file: ['verification', 'incoming', 'outgoing', 'signed-files'],
  proof: ['outgoing', 'incoming', 'signed-files', 'verification'],
  office: ['settings', 'session'],
  person: ['settings', 'session'],
  axis: ['settings', 'exchange'],
  module: ['settings', 'tokens'],
  pkcs12: ['settings', 'tokens'],
  token: ['tokens'],
  root: ['settings'],
  authority: [],
  services: ['settings'],
  'signer-kind': ['settings', 'incoming', 'outgoing'],
  image: ['settings'],
};

export function topicsOf(type: EventType): readonly Topic[] {
  return topics[type.slice(0, type.indexOf('.'))] ?? [];
}
