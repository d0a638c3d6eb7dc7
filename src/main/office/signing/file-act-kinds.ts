import { randomUUID } from 'node:crypto';
import { COPY_FORMS, type CopyForm } from '../../../shared/domain/copies.ts';
import type { Holder } from '../../../shared/domain/holder.ts';
import type { Person } from '../../../shared/domain/people.ts';
import { DeskError, type ErrorCode } from '../../../shared/errors/index.ts';
import type { FileReference } from '../../../shared/ipc/call.ts';
import type { FileAct, FileActKind } from '../../../shared/ipc/file-acts.ts';
import type { Box } from '../../../shared/ipc/signing.ts';
import type { ActContexts, ActKind, PlannedSignature } from '../../paper/plan-act.ts';
import type { OfficeEvent } from '../../store/events/index.ts';
import type { Derived, Evidence, StoredProblem } from '../../store/events/words.ts';
import { requireComplete, requireHead } from '../../store/admit/file-acts.ts';
import { registeredIncoming } from '../../store/admit/incoming.ts';
import type { StoredFile } from '../../store/files.ts';
import type { Store } from '../../store/index.ts';
import { attachmentsOf, repairOf, type AttachmentRow } from '../../store/queries/documents.ts';
import { type IncomingRecord } from '../../store/queries/incoming.ts';
import { newEvent } from '../common/events.ts';
import { onRecords } from '../common/on-records.ts';
import { markTime, requireOffice } from '../common/office-settings.ts';
import { orOfferCopy, repairNotes } from '../verification/examine-file.ts';
import type { AnyAct, SigningOffice } from './signing-jobs.ts';

/** One act on one file: what is signed over, how it will look, and what the journal says of it. */
export interface FileActDefinition {
  /** The bytes that are signed over; they stay as they are. */
  readonly source: FileReference;
  /** Name of the file that is made. */
  readonly name: string;
  /** @param box where the person wants it @throws DeskError what forbids signing this file */
  plan(box: Box | undefined): Promise<PlannedSignature>;
  /** Looks once more, in the transaction that records it, whether the act is still possible. */
  event(made: StoredFile, signature: Evidence): OfficeEvent;
}

type Kinds = {
  readonly [K in FileActKind]: (
    office: SigningOffice,
    person: Person,
    act: Extract<FileAct, { kind: K }>,
  ) => FileActDefinition;
};

const kinds: Kinds = {
  incoming(office, _, { id, forwardTo, fileCode }) {
    const unstamped = () => {
      const onFile = receivedFile(office, id);
      if (onFile.record.stampedAt !== null) throw new DeskError('documents.already-stamped');
      return onFile;
    };
    const { record, base } = unstamped();
    const context = {
      agency: requireOffice(office).name,
      number: String(record.arrivalNumber),
      date: record.arrivalDate!,
      forwardTo,
      fileCode,
      ...markTime(office),
    };
    return {
      ...overReceived(office, base, 'incoming', context),
      event: (made, signature) => {
        const attachment = derivedFrom(office, unstamped(), base, made);
        return newEvent('incoming.stamped', id, {
          forwardTo,
          fileCode,
          attachment,
          signature: { ...signature, position: attachment.position },
        });
      },
    };
  },

  comment(office, { name: author, title }, { id, text }) {
    const { base } = receivedFile(office, id);
    const context = { author, title, text, ...markTime(office) };
    return {
      ...overReceived(office, base, 'comment', context),
      event: (made, signature) => {
        const attachment = derivedFrom(office, receivedFile(office, id), base, made);
        return newEvent('incoming.commented', id, {
          text,
          attachment,
          signature: { ...signature, position: attachment.position },
        });
      },
    };
  },

  copy(office, { name: converter }, { id, file, form, orderedById }) {
    requireHead(office.tables, orderedById);
    if (id !== null) requireComplete(office.tables, id);
    const name = nameWith(file.name, COPY_FORMS[form].vi.toLocaleLowerCase('vi'));
    const { name: agency, copyCase: formCase } = requireOffice(office);
    const context = { form, formCase, agency, converter, ...markTime(office) };
    return {
      source: file,
      name,
      plan: (box) => planOn(office, file.sha256, 'copy', context, box, true),
      event: (made, signature) => {
        const copy = { form, orderedById };
        const problems = repairNotes(office, file.sha256);
        if (id === null)
          return signedFile('office', copy, derived(made, 'copy', name, 0, problems), signature);
        const position = nextPosition(attachmentsOf(office.tables, id));
        return newEvent('copy.made', id, {
          ...copy,
          attachment: derived(made, 'copy', name, position, problems),
          signature: { ...signature, position },
        });
      },
    };
  },

  general(office, person, { file, holder }) {
    const { name: agency, email } = requireOffice(office);
    const { name: author, title } = person;
    const who = holder === 'person' ? { author, agency, title } : { author: agency, email };
    const context = { ...who, ...markTime(office) };
    const name = nameWith(file.name, 'đã ký');
    return {
      source: file,
      name,
      plan: (box) => planOn(office, file.sha256, 'general', context, box),
      event: (made, signature) => {
        const problems = repairNotes(office, file.sha256);
        return signedFile(holder, null, derived(made, 'signed', name, 0, problems), signature);
      },
    };
  },
};

/** @throws DeskError why this act is not possible here and now; of the file itself only `plan` tells */
export function defineFileAct(office: SigningOffice, person: Person, act: FileAct): FileActDefinition {
  // The kind fixes the act's type; TypeScript cannot follow that through a union.
  return (kinds[act.kind] as (office: SigningOffice, person: Person, act: FileAct) => FileActDefinition)(
    office,
    person,
    act,
  );
}

/** @param unsigned the file must bear no signature */
function planOn<K extends ActKind>(
  office: SigningOffice,
  file: string,
  kind: K,
  context: ActContexts[K],
  box: Box | undefined,
  unsigned = false,
): Promise<PlannedSignature> {
  const act = { kind, context } as AnyAct;
  const on = { ...onRecords(office), file, ...office.passwords.openingOf(file) };
  return orOfferCopy(office, file, () => office.documents.ask('plan-act', { ...on, act, box, unsigned }));
}

interface ReceivedFile {
  readonly record: IncomingRecord;
  readonly attachments: readonly AttachmentRow[];
  /** The file with the marks put on so far, or the one received; of a damaged one the copy somebody has taken. */
  readonly base: AttachmentRow;
}

/** Stamp and opinions go on one derived file, one over the other, as on paper. */
function receivedFile({ tables }: Store, id: string): ReceivedFile {
  const record = registeredIncoming(tables, id);
  const attachments = attachmentsOf(tables, id);
  const annotated = attachments.find(({ role }) => role === 'annotated');
  const main = attachments.find(({ role }) => role === 'main');
  if (!main) throw new DeskError('documents.received-no-pdf');
  return {
    record,
    attachments,
    base: annotated ?? { ...main, file: repairOf(tables, main.file) ?? main.file },
  };
}

const annotatedName = ({ role, name }: AttachmentRow) =>
  role === 'annotated' ? name : nameWith(name, 'có dấu đến, bút phê');

function overReceived<K extends ActKind>(
  office: SigningOffice,
  base: AttachmentRow,
  kind: K,
  context: ActContexts[K],
): Pick<FileActDefinition, 'source' | 'name' | 'plan'> {
  return {
    source: { sha256: base.file, name: base.name },
    name: annotatedName(base),
    async plan(box) {
      try {
        return await planOn(office, base.file, kind, context, box);
      } catch (error) {
        const code = error instanceof DeskError ? receivedRefusals[error.code] : undefined;
        throw code === undefined ? error : new DeskError(code, (error as DeskError).params, error);
      }
    },
  };
}

/** Nobody here can change what was received: what forbids signing it is said with the way that remains. */
const receivedRefusals: Readonly<Record<string, ErrorCode>> = {
  'pdf.certified-no-changes': 'documents.received-certified',
  'pdf.certified-no-new-field': 'documents.received-no-field',
  'pdf.field-locked': 'documents.received-locked',
  'pdf.permission-denied': 'documents.received-restricted',
  'pdf.unsupported-encryption': 'documents.received-encrypted',
  'pdf.not-a-pdf': 'documents.received-damaged',
  'pdf.truncated': 'documents.received-damaged',
  'pdf.damaged': 'documents.received-damaged',
  'pdf.too-complex': 'documents.received-damaged',
  'pdf.dynamic-form': 'documents.received-damaged',
};

/** @throws DeskError documents.file-changed when something else has been added to it meanwhile */
function derivedFrom(store: Store, now: ReceivedFile, base: AttachmentRow, made: StoredFile): Derived {
  if (now.base.file !== base.file) throw new DeskError('documents.file-changed');
  const isFirst = base.role !== 'annotated';
  const position = isFirst ? nextPosition(now.attachments) : base.position;
  const problems = isFirst ? repairNotes(store, base.file) : base.problems;
  return derived(made, 'annotated', annotatedName(base), position, problems);
}

const derived = (
  { sha256: file, size }: StoredFile,
  role: Derived['role'],
  name: string,
  position: number,
  problems: readonly StoredProblem[],
): Derived => ({ position, file, size, name, role, mediaType: 'application/pdf', problems: [...problems] });

const nextPosition = (attachments: readonly AttachmentRow[]): number =>
  Math.max(-1, ...attachments.map(({ position }) => position)) + 1;

/** A file that belongs to no document is kept under an id of its own. */
const signedFile = (
  holder: Holder['kind'],
  copy: { form: CopyForm; orderedById: string } | null,
  attachment: Derived,
  signature: Evidence,
) => newEvent('signed-file.made', randomUUID(), { holder, copy, attachment, signature });

const longestName = 255;

/** `Công văn.pdf` → `Công văn - sao y.pdf` */
function nameWith(name: string, what: string): string {
  const end = ` - ${what}.pdf`;
  return `${name.replace(/\.pdf$/i, '').slice(0, longestName - end.length)}${end}`;
}
