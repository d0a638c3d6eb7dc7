import { documentKinds, kindById } from '../../shared/domain/kinds.ts';
import type { FileReference } from '../../shared/ipc/call.ts';
import type { IncomingDetail } from '../../shared/ipc/incoming.ts';
import type { DraftFields, OutgoingDetail } from '../../shared/ipc/outgoing.ts';

/** Công văn: what offices write most, and what a letter is answered with. */
const usualKind = documentKinds.find(({ form }) => form === 'letter')?.id ?? documentKinds[0]!.id;

/** Letters alone carry the drafting unit in their notation (NĐ 30/2020, Phụ lục I, Phần I, II.3b). */
export function usesUnit(kindId: string): boolean {
  return kindById(kindId)?.form === 'letter';
}

export function emptyDraft(signerId: string): DraftFields {
  return {
    kindId: usualKind,
    subject: '',
    unit: '',
    urgency: 'normal',
    dueDate: null,
    signerId,
    main: null,
    source: null,
    appendices: [],
    recipients: [],
    replyToId: null,
  };
}

/** The answer to a letter goes back to its sender, as urgent as the letter was. */
export function replyDraft(signerId: string, subject: string, letter: IncomingDetail): DraftFields {
  return {
    ...emptyDraft(signerId),
    subject,
    urgency: letter.urgency,
    recipients: [letter.sender],
    replyToId: letter.id,
  };
}

/** The fields of a draft as saved, to change them. */
export function savedDraft(document: OutgoingDetail): DraftFields {
  const files = (role: 'main' | 'source' | 'appendix'): FileReference[] =>
    document.attachments
      .filter((attachment) => attachment.role === role)
      .map(({ sha256, name }) => ({ sha256, name }));
  return {
    kindId: document.kindId,
    subject: document.subject,
    unit: document.unit,
    urgency: document.urgency,
    dueDate: document.dueDate,
    signerId: document.signer.id,
    main: files('main')[0] ?? null,
    source: files('source')[0] ?? null,
    appendices: files('appendix'),
    recipients: document.recipients,
    replyToId: document.links.find(({ relation }) => relation === 'replies-to')?.id ?? null,
  };
}

export type Missing = 'subject' | 'signer' | 'main' | 'source';

/** What keeps a draft from being saved (`subject`, `signer`) or submitted (all four). */
export function missingIn(fields: DraftFields): readonly Missing[] {
  const checks: readonly (readonly [Missing, boolean])[] = [
    ['subject', fields.subject.trim() === ''],
    ['signer', fields.signerId === ''],
    ['main', fields.main === null],
    ['source', fields.source === null],
  ];
  return checks.filter(([, missing]) => missing).map(([name]) => name);
}
