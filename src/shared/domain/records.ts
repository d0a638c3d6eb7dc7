import type { Capability } from './permissions.ts';

/** Which way a document of the office went. Each way has a list, a register, and a series of numbers of its own. */
export const directions = ['incoming', 'outgoing'] as const;
export type Direction = (typeof directions)[number];

/** Every kind of record that files belong to, with what seeing one takes. `file`: signed here, of no document. */
export const viewOf = {
  incoming: 'incoming.view',
  outgoing: 'outgoing.view',
  file: 'file.view',
} as const satisfies Readonly<Record<Direction | 'file', Capability>>;
export type RecordKind = keyof typeof viewOf;
