import { grantOf } from '../../../shared/domain/permissions.ts';
import type { CheckRow } from '../../../shared/ipc/outgoing.ts';
import { kindById } from '../../../shared/domain/kinds.ts';
import { notationFor } from '../../../shared/domain/notation.ts';
import type { Office, Person } from '../../../shared/domain/people.ts';
import { foldForSearch } from '../../../shared/text/fold.ts';
import { extensionOf } from '../../../shared/domain/media-type.ts';
import { mmToPt } from '../../pdf/geometry.ts';
import type { HeadPart } from '../../paper/head-parts.ts';
import type { PageText } from '../../pdf/text.ts';
import type { AttachmentRow } from '../../store/queries/documents.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import { wordsOf } from '../common/pages.ts';
import { markInFields, stampOnPage } from '../../../shared/domain/secrecy.ts';
import type { SignedElsewhere } from '../signing/signed-elsewhere.ts';

/** Everything the automatic rows of the clerk's checklist look at. */
export interface CheckedDraft {
  readonly record: OutgoingRecord;
  readonly attachments: readonly AttachmentRow[];
  readonly recipients: readonly { readonly code: string; readonly name: string }[];
  readonly answersIncoming: boolean;
  readonly office: Office;
  /** Undefined when the person is gone or no longer works here. */
  readonly signer: Person | undefined;
  readonly pages: readonly PageText[];
  /** Number and date, with the field or the room the draft has for each. */
  readonly head: readonly HeadPart[];
  /** The signer's own signature, made elsewhere, which the draft carries already. */
  readonly signedElsewhere: SignedElsewhere | null;
}

type Verdict = Pick<CheckRow, 'result'> & Partial<Pick<CheckRow, 'params'>>;
type Severity = 'warn' | 'block' | 'ask';

const when = (passes: boolean, otherwise: Severity, params: CheckRow['params'] = {}): Verdict =>
  passes ? { result: 'pass' } : { result: otherwise, params };

const sourceTypes = new Set(['doc', 'docx', 'odt', 'rtf']);
const a4 = { width: mmToPt(210), height: mmToPt(297) };
const maxNameLength = 50;

/**
 * The clerk's checklist before a document goes to be signed: the rows that can be answered without reading the
 * source file. Severities as the shared rule has them; a `block` keeps the document from the signer.
 * Source: NĐ 30/2020, Điều 12.2 and Phụ lục I.
 */
const rules: Readonly<Record<string, (draft: CheckedDraft) => Verdict | null>> = {
  'main-file': ({ pages }) => when(pages.length > 0, 'block'),
  // A signature that is not the signer's own, or not good, is refused before any row is looked at.
  'unsigned-yet': ({ signedElsewhere }) => (signedElsewhere ? null : { result: 'pass' }),
  'signed-elsewhere': ({ signedElsewhere }) =>
    signedElsewhere && {
      result: signedElsewhere.unchecked ? 'warn' : 'pass',
      params: { signer: signedElsewhere.name },
    },
  'source-file': ({ attachments }) => {
    const source = attachments.find(({ role }) => role === 'source');
    return when(source !== undefined && sourceTypes.has(extensionOf(source.name)), 'block');
  },
  'page-size': ({ pages }) => {
    const odd = pages.findIndex((page) => !isA4(page));
    return when(odd < 0, 'warn', { page: odd + 1 });
  },
  'national-heading': ({ pages }) => {
    const head = foldedPage(pages[0]);
    const heading = ['cong hoa xa hoi chu nghia viet nam', 'doc lap - tu do - hanh phuc'];
    return when(
      heading.every((line) => head.includes(line)),
      'warn',
    );
  },
  'agency-names': ({ office, pages }) => {
    const missing = [office.superior, office.name].find(
      (name) => name !== '' && !foldedPage(pages[0]).includes(foldForSearch(name)),
    );
    return when(missing === undefined, 'warn', { name: missing ?? '' });
  },
  notation: ({ record, office, pages }) => {
    const kind = kindById(record.kindId);
    const notation = kind ? notationFor(kind, office.abbreviation, record.unit) : '';
    const printed = (pages[0] ? wordsOf(pages[0]) : '').normalize('NFC').replace(/\s+/g, '');
    return { ...when(kind !== undefined && printed.includes(`/${notation}`), 'block'), params: { notation } };
  },
  'number-fields': ({ head }) =>
    when(
      head.every(({ field, blank }) => field ?? blank),
      'warn',
    ),
  'subject-length': ({ record }) => when(record.subject.length <= 500, 'warn'),
  'subject-matches': ({ record, pages }) =>
    when(foldedPage(pages[0]).includes(foldForSearch(record.subject.replace(/^V\/v\s+/i, ''))), 'warn'),
  'signer-authority': ({ signer, pages }) => {
    const titled =
      signer?.active === true && grantOf(signer.role, 'outgoing.sign') !== undefined && signer.title !== '';
    const printed = pages.some((page) => foldedPage(page).includes(foldForSearch(signer?.name ?? '')));
    return { ...when(titled && printed, 'block'), params: { signer: signer?.name ?? '' } };
  },
  recipients: ({ recipients, pages }) => {
    const filed = pages.some((page) => /luu: ?vt/.test(foldedPage(page)));
    return when(recipients.length > 0 && filed, 'warn', { count: recipients.length });
  },
  appendices: ({ attachments, pages }) => {
    const listed = pages.some((page) =>
      /(phu luc|bieu .{0,40}) kem theo|kem theo (cong van|van ban) nay/.test(foldedPage(page)),
    );
    const present =
      attachments.some(({ role }) => role === 'appendix') ||
      pages.some((page) => /^phu luc/m.test(foldedLines(page)));
    return when(!listed || present, 'block');
  },
  'not-secret': ({ record, pages }) => {
    const mark = markInFields(record.subject) || (pages[0] ? stampOnPage(wordsOf(pages[0])) : '');
    return when(mark === '', 'block', { mark });
  },
  'file-name': ({ attachments }) => {
    const odd = attachments.find(({ name }) => name.length > maxNameLength || /[^\x20-\x7e]/.test(name));
    return when(odd === undefined, 'warn', { name: odd?.name ?? '' });
  },
  'reply-linked': ({ answersIncoming }) => when(answersIncoming, 'ask'),
  // The signer decides it (NĐ 30/2020, Phụ lục I, Phần I, III.2b): shown, never judged.
  urgency: ({ record }) => ({ result: record.urgency === 'normal' ? 'pass' : 'ask' }),
};

/** The clerk's checklist of a draft, each rule with what was found (NĐ 30/2020, Phụ lục I). */
export function checkDraft(draft: CheckedDraft): CheckRow[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const verdict = check(draft);
    return verdict ? { rule, result: verdict.result, params: verdict.params ?? {} } : [];
  });
}

const near = (a: number, b: number) => Math.abs(a - b) < 3;

/** Tables may lie across (Phụ lục I, Phần I, I.2). */
function isA4({ width, height }: PageText): boolean {
  return (
    (near(width, a4.width) && near(height, a4.height)) || (near(width, a4.height) && near(height, a4.width))
  );
}

const foldedPage = (page: PageText | undefined) => (page ? foldForSearch(wordsOf(page)) : '');
const foldedLines = (page: PageText) => wordsOf(page).split('\n').map(foldForSearch).join('\n');
