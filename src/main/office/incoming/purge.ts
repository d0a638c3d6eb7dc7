import { isDeepStrictEqual } from 'node:util';
import type { Derived, Evidence } from '../../store/events/words.ts';
import type { Entry, EventOf, EventType } from '../../store/events/index.ts';
import type { Store } from '../../store/index.ts';
import { filesMadeFrom, isFileOfOthers } from '../../store/queries/documents.ts';
import { inboxById } from '../../store/queries/exchange.ts';
import { entriesAbout } from '../../store/queries/journal.ts';
import { versionOf } from '../../store/upcasters.ts';
import { newEvent } from '../common/events.ts';

const unnamed = (attachment: Derived): Derived => ({ ...attachment, name: '', problems: [] });

/**
 * What stays of an entry about a letter that may not be here: what its return and its number need, nothing of what it
 * or people said (Luật 117/2025/QH15). Entries of other types say nothing of it and stay as they are.
 */
const kept: { readonly [T in EventType]?: (data: EventOf<T>['data']) => EventOf<T>['data'] } = {
  'incoming.received': (data) => ({
    ...data,
    subject: '',
    content: '',
    kindName: '',
    signer: { competence: '', position: '', fullName: '' },
    attachments: [],
    warnings: [],
  }),
  'incoming.directed': (data) => ({ ...data, opinion: '' }),
  'incoming.stamped': (data) => ({ ...data, attachment: unnamed(data.attachment) }),
  'incoming.commented': (data) => ({ ...data, text: '', attachment: unnamed(data.attachment) }),
  'copy.made': (data) => ({ ...data, attachment: unnamed(data.attachment) }),
  'incoming.closed': (data) => ({ ...data, result: '' }),
  'status.queued': ({ message }) => ({ message: { ...message, subject: '' } }),
};

/**
 * The entry that takes a returned letter out of the office: what is said of it in the journal, the files that came with
 * it or were made of it and that no other document has, and every message that brought it.
 * @param messages files of messages that no entry about the letter names yet
 */
export function purgeOf(store: Store, id: string, messages: readonly string[]): EventOf<'incoming.purged'> {
  const entries = entriesAbout(store.tables, id);
  const named = entries.flatMap(filesOf).filter((file) => !isFileOfOthers(store.tables, file, id));
  const copies = named.flatMap((file) => filesMadeFrom(store.tables, file));
  const texts = copies.flatMap((file) => filesMadeFrom(store.tables, file));
  const brought = entries.flatMap((entry) => messagesOf(store, entry));
  return newEvent('incoming.purged', id, {
    entries: entries.flatMap(keptOf),
    files: [...new Set([...messages, ...brought, ...named, ...copies, ...texts])],
  });
}

function keptOf({ seq, at, actor, role, type, data }: Entry): EventOf<'incoming.purged'>['data']['entries'] {
  // The type fixes the data; TypeScript cannot follow that through a union.
  const rest = (kept[type] as ((data: unknown) => Record<string, unknown>) | undefined)?.(data);
  const isSilent = rest === undefined || isDeepStrictEqual(rest, data);
  return isSilent ? [] : [{ seq, at, actor, role, type, v: versionOf(type), data: rest }];
}

function filesOf({ type, data }: Entry): string[] {
  if (type === 'incoming.received') return data.attachments.map(({ file }) => file);
  if (type !== 'incoming.stamped' && type !== 'incoming.commented' && type !== 'copy.made') return [];
  return [data.attachment.file, ...signedFiles(data.signature)];
}

const signedFiles = ({ before, after }: Evidence): string[] => [before.file, ...(after ? [after.file] : [])];

function messagesOf({ tables }: Store, { type, data }: Entry): string[] {
  if (type !== 'incoming.received' && type !== 'incoming.secret-returned' && type !== 'incoming.redelivered')
    return [];
  const message = inboxById(tables, data.line, data.axisDocId);
  return message ? [message.file] : [];
}
