import type { Box } from '../../shared/ipc/signing.ts';
import { pngSize } from '../pdf/appearance.ts';
import { prepareDraft, type DraftPlaces } from '../pdf/fields.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { findHeadBlanks, findSignaturePlaces, keepOnPage, type SignaturePlaces } from '../pdf/placement.ts';
import type { TextLayer } from '../pdf/text.ts';
import type { StoredFile } from '../store/files.ts';
import type { Store } from '../store/index.ts';
import type { OutgoingRecord } from '../store/queries/outgoing.ts';
import { withPdf } from './pages.ts';
import { imageOf, requireOffice } from './parts.ts';

/** Width by height of a handwritten signature whose image is not known yet. */
const usualAspect = 2;

/** Where both visible signatures belong on the document. */
export function placesOn(store: Store, record: OutgoingRecord, text: TextLayer): Promise<SignaturePlaces> {
  const image = imageOf(store, record.signer_id);
  const size = image === undefined ? undefined : pngSize(store.files.read(image));
  return findSignaturePlaces(
    text,
    { fullName: record.signer, title: record.signer_title },
    {
      imageAspect: size ? size.width / size.height : usualAspect,
      sealMm: requireOffice(store).sealDiameterMm,
    },
  );
}

/**
 * The draft with empty fields for number, date and both signatures, as a new file.
 * @param original the PDF as the drafter gave it
 * @param personal where the leader wants the signature, if not where the rule puts it; the seal goes along
 */
export function prepareMain(
  store: Store,
  record: OutgoingRecord,
  original: string,
  personal?: Box,
): Promise<StoredFile> {
  return withPdf(store, original, async ({ document, text }) => {
    const blanks = findHeadBlanks(await text.page(0));
    const rule = await placesOn(store, record, text);
    const page = personal ? personal.page - 1 : rule.page;
    const size = await text.page(page);
    const agency = personal
      ? keepOnPage(sealBeside(personal, requireOffice(store).sealDiameterMm), size)
      : rule.agency;
    const head = Object.entries(blanks).map(([name, box]) => [name, { page: 0, box }] as const);
    const places: DraftPlaces = {
      ...Object.fromEntries(head),
      personal: { page, box: personal ?? rule.personal },
      agency: { page, box: agency },
    };
    return store.files.grow(original, await prepareDraft(document, places));
  });
}

/** The seal at its real size over the left third of the leader's image (NĐ 30/2020, Phụ lục I, Phần I, II.8a). */
function sealBeside(personal: Box, sealMm: number) {
  const side = mmToPt(sealMm);
  return {
    x: personal.x + personal.width / 3 - side,
    y: personal.y + (personal.height - side) / 2,
    width: side,
    height: side,
  };
}
