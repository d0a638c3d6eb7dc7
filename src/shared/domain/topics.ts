/** What the desk tells its windows to ask again: it says _that_ something changed, never what. */
export const topics = [
  'incoming',
  'outgoing',
  'exchange',
  'tokens',
  'settings',
  'session',
  'verification',
  'signed-files',
] as const;
export type Topic = (typeof topics)[number];
