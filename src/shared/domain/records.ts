import type { Capability } from './permissions.ts';
import type { Place } from './places.ts';
import type { Topic } from './topics.ts';

/** What a kind of record is to the rest of the program. */
interface RecordDefinition {
  /** What seeing one takes. */
  readonly view: Capability;
  /** Where one is opened in the window. */
  readonly place: Place;
  /** What a window is told when one has changed. */
  readonly topic: Topic;
  /** The series that gives it numbers (NĐ 30/2020, Điều 15.1, 22.2); null where it has none. */
  readonly series: string | null;
}

/** Every kind of record that files belong to. A new kind is an entry here and whatever the compiler then asks for. */
export const records = {
  incoming: { view: 'incoming.view', place: 'incoming', topic: 'incoming', series: 'incoming' },
  outgoing: { view: 'outgoing.view', place: 'outgoing', topic: 'outgoing', series: 'outgoing' },
  /** A file that was signed here and belongs to no document. */
  file: { view: 'file.view', place: 'signing', topic: 'signed-files', series: null },
} as const satisfies Readonly<Record<string, RecordDefinition>>;

export type RecordKind = keyof typeof records;
export const recordKinds = Object.keys(records) as RecordKind[];

/** What windows ask again when files of any record have changed. */
export const recordTopics: readonly Topic[] = recordKinds.map((kind) => records[kind].topic);

/** The kinds that are documents of the office: each has numbers, a register and a list, is searched, and can answer another. */
export type NumberedKind = {
  [K in RecordKind]: (typeof records)[K]['series'] extends null ? never : K;
}[RecordKind];
export const numberedKinds = recordKinds.filter(
  (kind): kind is NumberedKind => records[kind].series !== null,
);
export const numberedTopics: readonly Topic[] = numberedKinds.map((kind) => records[kind].topic);

export type Series = (typeof records)[NumberedKind]['series'];
