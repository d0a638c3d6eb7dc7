import type { Person } from '../../../shared/domain/people.ts';
import { grantOf } from '../../../shared/domain/permissions.ts';
import { records } from '../../../shared/domain/records.ts';
import { DeskError } from '../../../shared/errors/index.ts';
import type { StoredFile } from '../../host/desk-port.ts';
import type { Store } from '../../store/index.ts';
import {
  recordsWithFile,
  recordsWithMessage,
  fileOfReport,
  repairedFrom,
  repairOf,
  type RecordOfFile,
} from '../../store/queries/documents.ts';
import { images } from '../../store/queries/office.ts';
import { may } from '../../store/rights.ts';

/**
 * A stored file for a window to show: a file of a document this person may see or one they signed, its printed
 * verification report, an image of the settings that this person signs with or keeps, or one that this window has just added. Everything else in the store (key files, messages
 * of returned secret documents) is not given out.
 * @throws DeskError documents.file-not-yours, store.file-missing
 */
export function openFile(
  store: Store,
  person: Person,
  sha256: string,
  added: ReadonlyMap<string, string>,
): StoredFile {
  const mediaType = mediaTypeFor(store, person, sha256) ?? added.get(sha256);
  if (mediaType === undefined) throw new DeskError('documents.file-not-yours', { name: person.name });
  return { path: store.files.path(sha256), size: store.files.peek(sha256).size, mediaType };
}

/** @throws DeskError documents.file-not-yours for a file of no document this person may see */
export function requireVisible(store: Store, person: Person, sha256: string): void {
  if (mediaTypeFor(store, person, sha256) === undefined)
    throw new DeskError('documents.file-not-yours', { name: person.name });
}

/**
 * Files a person puts into a document: added in this window, or of a document the person may see. A hash alone is no
 * right to a file.
 * @throws DeskError documents.file-not-yours
 */
export function requireFiles(
  store: Store,
  person: Person,
  files: readonly { readonly sha256: string }[],
  added: ReadonlyMap<string, string>,
): void {
  for (const { sha256 } of files) if (!added.has(sha256)) requireVisible(store, person, sha256);
}

function mediaTypeFor(store: Store, person: Person, sha256: string): string | undefined {
  const { tables } = store;
  const visible = ({ id, kind }: RecordOfFile) => may(tables, person, records[kind].view, id);
  const attachment = recordsWithFile(tables, sha256).find(visible);
  if (attachment) return attachment.mediaType;
  if (recordsWithMessage(tables, sha256).some(visible)) return 'application/xml';
  const copy = repairOf(tables, sha256);
  if (copy !== undefined && recordsWithFile(tables, copy).some(visible)) return 'application/pdf';
  const original = repairedFrom(tables, sha256);
  if (original !== undefined && recordsWithFile(tables, original).some(visible)) return 'application/pdf';
  const reported = fileOfReport(tables, sha256);
  if (reported !== undefined && mediaTypeFor(store, person, reported) !== undefined) return 'application/pdf';
  const isImage = images(tables).some(({ file, owner }) => file === sha256 && mayUseImage(person, owner));
  return isImage ? 'image/png' : undefined;
}

/** A handwritten signature is its owner's, the seal's image theirs who seal; who keeps the settings takes both in. */
function mayUseImage({ id, role }: Person, owner: string): boolean {
  if (grantOf(role, 'settings.change')) return true;
  return owner === 'seal' ? grantOf(role, 'outgoing.seal') !== undefined : owner === id;
}
