import type { Person } from '../../shared/domain/people.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { ParsedArgument } from '../../shared/ipc/index.ts';
import type { CheckRow } from '../../shared/ipc/outgoing.ts';
import { localDay } from '../../shared/text/dates.ts';
import { describeFields } from '../pdf/fields.ts';
import { listFields } from '../pdf/form.ts';
import { headParts } from '../pdf/head-parts.ts';
import { checkPermitted } from '../pdf/permissions.ts';
import type { PageText } from '../pdf/text.ts';
import type { Store } from '../store/index.ts';
import { attachmentsOf, linksOf, type AttachmentRow } from '../store/queries/documents.ts';
import { personById } from '../store/queries/office.ts';
import { outgoingById, recipientsOf, type OutgoingRecord } from '../store/queries/outgoing.ts';
import { actorOf, event, found, inState } from './acts.ts';
import { checkDraft } from './checks.ts';
import { withPdf, wordsOf } from './pages.ts';
import { mainOf, requireOffice, sameMain } from './parts.ts';
import { prepareMain } from './prepare.ts';
import { rehearse } from './rehearsal.ts';
import { stampOnPage } from './secrecy.ts';
import { signedElsewhere, type SignedElsewhere } from './signed-elsewhere.ts';

/** Pages of a draft whose text is looked at; no letter of a school is longer. */
const maxCheckedPages = 200;

/**
 * Drafter to clerk: runs the checklist and makes the fields for number, date and signatures, while nothing is signed
 * and everything may still change.
 */
export async function submit(
  store: Store,
  person: Person,
  { id }: ParsedArgument<'outgoing.submit'>,
): Promise<void> {
  const record = inState(found(outgoingById(store.tables, id)), 'draft');
  const main = mainOf(store, id);
  if (!attachmentsOf(store.tables, id).some(({ role }) => role === 'source'))
    throw new DeskError('documents.source-missing');
  const signature = await signedElsewhere(store, record, main.original_file);
  const checks = await checklist(store, record, main, signature);
  const mark = checks.find(({ rule, result }) => rule === 'not-secret' && result === 'block')?.params['mark'];
  if (mark !== undefined) throw new DeskError('documents.secret', { mark });
  await checkAppendices(store, id);
  const { sha256: file, size } = signature
    ? { sha256: main.file, size: main.size }
    : await prepareMain(store, record, main.original_file);
  await rehearse(store, record, file, signature !== null);
  store.record(actorOf(person), () => {
    sameMain(store, inState(found(outgoingById(store.tables, id)), 'draft'), main);
    return event('outgoing.submitted', id, { checks, files: [{ position: main.position, file, size }] });
  });
}

/**
 * The agency will sign each appendix in a file of its own: whatever would stop it then is said now, before a number is
 * spent on the document.
 */
async function checkAppendices(store: Store, id: string): Promise<void> {
  for (const { role, media_type: mediaType, file } of attachmentsOf(store.tables, id)) {
    if (role !== 'appendix' || mediaType !== 'application/pdf') continue;
    await withPdf(store, file, async ({ document, text }) => {
      checkPermitted(document, listFields(document), { kind: 'add-field', field: '' });
      const mark = stampOnPage(wordsOf(await text.page(0)));
      if (mark !== '') throw new DeskError('documents.secret', { mark });
    });
  }
}

/**
 * The clerk finds the format in order: on to the signer (NĐ 30/2020, Điều 12.2), or straight on where the signer has
 * signed elsewhere already.
 */
export async function approveFormat(
  store: Store,
  person: Person,
  { id }: ParsedArgument<'outgoing.approve-format'>,
): Promise<void> {
  const record = inState(found(outgoingById(store.tables, id)), 'checking');
  const main = mainOf(store, id);
  const signature = await signedElsewhere(store, record, main.original_file);
  const checks = await checklist(store, record, main, signature);
  const count = checks.filter(({ result }) => result === 'block').length;
  if (count > 0) throw new DeskError('documents.check-blocked', { count });
  store.record(actorOf(person), () => {
    sameMain(store, inState(found(outgoingById(store.tables, id)), 'checking'), main);
    return signature
      ? event('outgoing.signed-elsewhere', id, { checks, signature })
      : event('outgoing.format-approved', id, { checks });
  });
}

/** The automatic rows on the draft as it was handed in; the fields we add later are not its text. */
async function checklist(
  store: Store,
  record: OutgoingRecord,
  main: AttachmentRow,
  signature: SignedElsewhere | null,
): Promise<CheckRow[]> {
  const { tables } = store;
  const office = requireOffice(store);
  const date = localDay(store.now());
  return withPdf(store, main.original_file, async ({ document, text }) => {
    const pages: PageText[] = [];
    for (let index = 0; index < Math.min(text.pageCount, maxCheckedPages); index += 1)
      pages.push(await text.page(index));
    return checkDraft({
      record,
      attachments: attachmentsOf(tables, record.id),
      recipients: recipientsOf(tables, record.id),
      answersIncoming: linksOf(tables, record.id).some(({ relation }) => relation === 'replies-to'),
      office,
      signer: personById(tables, record.signer_id),
      pages,
      head: pages[0] ? headParts(pages[0], describeFields(document), { number: '', date }) : [],
      signedElsewhere: signature,
    });
  });
}
