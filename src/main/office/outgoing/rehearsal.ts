import { writeNumber } from '../../../shared/domain/notation.ts';
import { localDay } from '../../../shared/text/dates.ts';
import { fillTextFields } from '../../paper/fields.ts';
import { splitHead } from '../../paper/head-parts.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { openPdf } from '../../pdf/reader.ts';
import { prepareSignature } from '../../pdf/signature-field.ts';
import { extendedSource } from '../../pdf/source.ts';
import type { SigningRequest } from '../../signature/sign.ts';
import type { Records } from '../../store/index.ts';
import { signingServices } from '../../store/queries/office.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import { withPdf } from '../common/pages.ts';
import { planApproval, planIssue } from '../signing/signing-plan.ts';

/**
 * Goes through everything still to come on a draft, without a key and without keeping anything: what its form, its
 * locks or its certification would forbid is said now, before a number or a PIN is spent on it.
 * @param file the draft with its fields, or as its signer has signed it elsewhere
 * @throws what planning and preparing a signature throw
 */
export function rehearse(
  store: Records,
  record: OutgoingRecord,
  file: string,
  isSigned: boolean,
): Promise<void> {
  const shown = { number: writeNumber(1), date: localDay(store.now()) };
  return withPdf(store, file, async ({ document: first, text }) => {
    let document = first;
    const grow = (tail: Uint8Array) => {
      document = openPdf(extendedSource(document.source, tail));
    };
    const sign = (request: SigningRequest) => grow(emptySignature(store, document, request));
    if (!isSigned) sign((await planApproval(store, record, { document, text })).request);
    const { values } = splitHead(document, await text.page(0), shown);
    grow(await fillTextFields(document, values));
    for (const { request } of await planIssue(store, record, { document, text }, shown)) sign(request);
  });
}

/** A signature with nothing in it: to the file's structure it is one. */
function emptySignature({ tables }: Records, document: PdfDocument, request: SigningRequest): Uint8Array {
  const { tail } = prepareSignature(document, {
    ...request,
    subFilter: 'ETSI.CAdES.detached',
    timestamped: signingServices(tables).timestamps,
    certificate: null,
    contentsBytes: 1,
  });
  return tail;
}
