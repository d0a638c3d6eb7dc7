import { readEdxml } from './edxml-read.ts';
import type { ReadEdoc, ReadStatus } from './edxml-model.ts';
import { edocIdentity, statusKey, type EdocIdentity } from './identity.ts';

/** A received message, read, and what tells it from others. */
export type ReadDelivery =
  | { readonly kind: 'edoc'; readonly read: ReadEdoc; readonly identity: EdocIdentity }
  | { readonly kind: 'status'; readonly read: ReadStatus; readonly statusKey: string };

/** Time and memory grow with the message: never for the thread that people wait for. @throws DeskError as `readEdxml` */
export function readDelivery(bytes: Uint8Array, listedAs: 'edoc' | 'status'): ReadDelivery {
  const read = readEdxml(bytes, listedAs);
  return read.kind === 'edoc'
    ? { kind: read.kind, read, identity: edocIdentity(read.message) }
    : { kind: read.kind, read, statusKey: statusKey(read.message) };
}
