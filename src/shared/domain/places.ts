/** The places of the window, as its addresses name them. */
export const places = [
  'today',
  'incoming',
  'outgoing',
  'signing',
  'exchange',
  'register',
  'settings',
  'search',
  'help',
] as const;
export type Place = (typeof places)[number];
