import { DeskError } from '../../shared/errors/index.ts';
import { readPayload } from './attachment-read.ts';
import { child, text } from './edxml-fields.ts';
import type { Reading } from './edxml-fields.ts';
import type { ReceivedAttachment } from './edxml-model.ts';
import { safeFileName } from '../../shared/text/file-name.ts';
import type { XmlElement } from './xml.ts';

const MAX_ATTACHMENTS = 1000;
/** All attachments of one message together, unpacked. */
const MAX_TOTAL = 200 * 1024 * 1024;

interface Entry {
  readonly contentId: string;
  readonly name: string;
  readonly description: string;
}

/**
 * Attachments with what the manifest says about them, in the order of the attachments; a manifest entry whose content
 * did not come is kept as an empty attachment that says so. The manifest itself may be missing.
 */
export function readAttachments(reading: Reading, all: readonly XmlElement[]): ReceivedAttachment[] {
  const elements = all
    .filter(({ name }) => name === 'attachmentencoded' || name === 'edxmlattachments')
    .flatMap(({ children }) => children.filter(({ name }) => name === 'attachment'));
  const references = all
    .filter(({ name }) => name === 'edxmlmanifest')
    .flatMap(({ children }) => children.filter(({ name }) => name === 'reference'))
    .map((element) => entryOf(reading, element));
  if (elements.length + references.length > MAX_ATTACHMENTS)
    throw new DeskError('axis.read-limit', { what: 'attachments', max: MAX_ATTACHMENTS });

  const entries = elements.map((element) => entryOf(reading, element));
  const matched = match(entries, references);
  const missing = references.filter((reference) => !matched.includes(reference));
  const taken = new Set<string>();
  let total = 0;
  const read = (
    entry: Entry,
    reference: Entry | undefined,
    element: XmlElement | undefined,
  ): ReceivedAttachment => {
    const name = entry.name || (reference?.name ?? '');
    const encoded = child(element, 'contenttransferencoded', 'attachmentdata', 'content');
    const payload = readPayload(reading.xml, encoded, name);
    total += payload.bytes.length;
    if (total > MAX_TOTAL) throw new DeskError('axis.read-limit', { what: 'unpacked', max: MAX_TOTAL });
    return {
      contentId: entry.contentId,
      name,
      safeName: safeFileName(name, taken),
      description: entry.description || (reference?.description ?? ''),
      ...payload,
    };
  };
  return [
    ...entries.map((entry, index) => read(entry, matched[index], elements[index])),
    ...missing.map((reference) => read(reference, reference, undefined)),
  ];
}

function entryOf(reading: Reading, element: XmlElement): Entry {
  const id = text(reading, element, 'contentid') || (element.attributes.get('href') ?? '');
  return {
    contentId: id.replace(/^(cid:)+/i, ''),
    name: text(reading, element, 'attachmentname', 'filename'),
    description: text(reading, element, 'description'),
  };
}

/**
 * The manifest entry of each attachment: by content id where it is unique on both sides (one constant id for all
 * occurs), then by name, then by position.
 */
function match(entries: readonly Entry[], references: readonly Entry[]): (Entry | undefined)[] {
  const free = new Set(references);
  const take = (reference: Entry | undefined) => {
    if (reference) free.delete(reference);
    return reference;
  };
  const ids = byId(references);
  const ownIds = byId(entries);
  const matched = entries.map(({ contentId }) =>
    ownIds.get(contentId)?.length === 1 && ids.get(contentId)?.length === 1
      ? take(ids.get(contentId)?.[0])
      : undefined,
  );
  const names = new Map([...free].map((reference) => [reference.name, reference]));
  for (const [index, entry] of entries.entries()) {
    const named = names.get(entry.name);
    if (!matched[index] && named && free.has(named)) matched[index] = take(named);
  }
  for (const index of entries.keys()) {
    const same = references[index];
    if (!matched[index] && same && free.has(same)) matched[index] = take(same);
  }
  return matched;
}

function byId(entries: readonly Entry[]): Map<string, Entry[]> {
  return Map.groupBy(entries, ({ contentId }) => contentId);
}
