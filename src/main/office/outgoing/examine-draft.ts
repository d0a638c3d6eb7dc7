import { DeskError } from '../../../shared/errors/index.ts';
import type { CheckRow } from '../../../shared/ipc/outgoing.ts';
import { localDay } from '../../../shared/text/dates.ts';
import { describeFields } from '../../paper/fields.ts';
import { listFields } from '../../pdf/form.ts';
import { headParts } from '../../paper/head-parts.ts';
import { checkPermitted } from '../../pdf/permissions.ts';
import type { PageText } from '../../pdf/text.ts';
import type { Records } from '../../store/index.ts';
import { attachmentsOf, linksOf } from '../../store/queries/documents.ts';
import { personById } from '../../store/queries/office.ts';
import { outgoingById, recipientsOf } from '../../store/queries/outgoing.ts';
import { requireFound } from '../../store/admit/guard.ts';
import { checkDraft } from './checks.ts';
import { openToAll } from '../verification/locked-draft.ts';
import { withPdf, wordsOf } from '../common/pages.ts';
import { requireMainFile } from '../common/main-file.ts';
import { requireOffice } from '../common/office-settings.ts';
import { prepareMain, type PreparedDraft } from '../signing/prepare.ts';
import { rehearse } from './rehearsal.ts';
import { stampOnPage } from '../../../shared/domain/secrecy.ts';
import type { SignedElsewhere } from '../signing/signed-elsewhere.ts';

/** Pages of a draft whose text is looked at; no letter of a school is longer. */
const maxCheckedPages = 200;

/** The automatic rows on the draft as it was handed in; the fields we add later are not its text. */
export async function checklist(
  store: Records,
  id: string,
  signature: SignedElsewhere | null,
): Promise<CheckRow[]> {
  const { tables } = store;
  const record = requireFound(outgoingById(tables, id));
  const office = requireOffice(store);
  const date = localDay(store.now());
  return withPdf(store, requireMainFile(store, id).originalFile, async ({ document, text }) => {
    const pages: PageText[] = [];
    for (let index = 0; index < Math.min(text.pageCount, maxCheckedPages); index += 1)
      pages.push(await text.page(index));
    return checkDraft({
      record,
      attachments: attachmentsOf(tables, id),
      recipients: recipientsOf(tables, id),
      answersIncoming: linksOf(tables, id).some(({ relation }) => relation === 'replies-to'),
      office,
      signer: personById(tables, record.signer.id),
      pages,
      head: pages[0] ? headParts(pages[0], describeFields(document), { number: '', date }) : [],
      signedElsewhere: signature,
    });
  });
}

/**
 * The draft as it goes to be signed, with its fields, once nothing in it or its appendices forbids what is to come.
 * @param isSigned its signer has signed it elsewhere: it stays as it is
 * @throws DeskError documents.secret, and what `prepareMain` and `rehearse` throw
 */
export async function makeFields(store: Records, id: string, isSigned: boolean): Promise<PreparedDraft> {
  const record = requireFound(outgoingById(store.tables, id));
  const { file: sha256, size, originalFile: original } = requireMainFile(store, id);
  await checkAppendices(store, id);
  const made = isSigned ? { sha256, size, placeFound: true } : await prepareMain(store, record, original);
  await rehearse(store, record, made.sha256, isSigned);
  return made;
}

/**
 * The agency will sign each appendix in a file of its own: whatever would stop it then is said now, before a number is
 * spent on the document.
 */
async function checkAppendices(store: Records, id: string): Promise<void> {
  for (const { role, mediaType, file, name } of attachmentsOf(store.tables, id)) {
    if (role !== 'appendix' || mediaType !== 'application/pdf') continue;
    await openToAll(name, () =>
      withPdf(store, file, async ({ document, text }) => {
        checkPermitted(document, listFields(document), { kind: 'add-field', field: '' });
        const mark = stampOnPage(wordsOf(await text.page(0)));
        if (mark !== '') throw new DeskError('documents.secret', { mark });
      }),
    );
  }
}
