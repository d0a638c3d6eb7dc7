import type { Box } from '../../../shared/ipc/signing.ts';
import { readPng } from '../../pdf/png.ts';
import { emptySignatureField, fieldsByName } from '../../paper/field-roles.ts';
import { describeFields, prepareDraft, type DraftPlaces } from '../../paper/fields.ts';
import { mmToPt } from '../../pdf/geometry.ts';
import { marks } from '../../paper/marks.ts';
import {
  findHeadBlanks,
  findSignaturePlaces,
  keepOnPage,
  sealBeside,
  type SignaturePlaces,
} from '../../paper/placement.ts';
import type { TextLayer } from '../../pdf/text.ts';
import type { StoredFile } from '../../store/files.ts';
import type { Records } from '../../store/index.ts';
import type { OutgoingRecord } from '../../store/queries/outgoing.ts';
import { withPdf } from '../common/pages.ts';
import { imageOf, requireOffice } from '../common/office-settings.ts';

/** Width by height of the signer's handwriting. */
export function aspectOf(store: Records, { signer }: OutgoingRecord): number {
  const image = imageOf(store, signer.id);
  if (image === undefined) return marks.signatureBlock.usualAspect;
  const { width, height } = readPng(store.files.read(image));
  return width / height;
}

/** The signer, as the document's signature block names them. */
export const signerText = ({ signer: { name, title } }: OutgoingRecord) => ({ fullName: name, title });

/** Where both visible signatures belong on the document. */
function placesOn(store: Records, record: OutgoingRecord, text: TextLayer): Promise<SignaturePlaces> {
  return findSignaturePlaces(text, signerText(record), {
    imageAspect: aspectOf(store, record),
    sealMm: requireOffice(store).sealDiameterMm,
  });
}

export interface PreparedDraft extends StoredFile {
  /** Somebody knew where the leader signs: the rule, the author of a field, or the leader. */
  readonly placeFound: boolean;
}

/**
 * The draft with an empty field for each of number, date and both signatures, as a new file: those that its author has
 * put there stay as they are, the others are added where the rule or the leader puts them.
 * @param original the PDF as the drafter gave it
 * @param personal where the leader wants the signature, if not where the rule puts it; the seal goes along
 * @throws what `prepareDraft` throws
 */
export function prepareMain(
  store: Records,
  record: OutgoingRecord,
  original: string,
  personal?: Box,
): Promise<PreparedDraft> {
  return withPdf(store, original, async ({ document, text }) => {
    const fields = describeFields(document);
    const rule = await placesOn(store, record, text);
    const theirs = emptySignatureField(fields, 'personal', { page: rule.page, box: rule.personal });
    const own = {
      ...fieldsByName(fields),
      personal: theirs,
      agency: emptySignatureField(fields, 'agency', { page: rule.page, box: rule.agency }),
    };
    const wanted = theirs?.places[0] ?? (personal && { page: personal.page - 1, box: personal });
    const leader = wanted ?? { page: rule.page, box: rule.personal };
    const seal = wanted && sealBeside(wanted.box, mmToPt(requireOffice(store).sealDiameterMm));
    const agency = seal ? keepOnPage(seal, await text.page(leader.page)) : rule.agency;
    const head = Object.entries(findHeadBlanks(await text.page(0)));
    const places: DraftPlaces = {
      ...Object.fromEntries(head.map(([name, box]) => [name, { page: 0, box }])),
      personal: leader,
      agency: { page: leader.page, box: agency },
    };
    const missing = Object.entries(places).filter(([role]) => !own[role as keyof DraftPlaces]);
    const placeFound = wanted !== undefined || rule.found !== 'manual';
    if (missing.length === 0) return { sha256: original, size: store.files.peek(original).size, placeFound };
    const tail = await prepareDraft(document, Object.fromEntries(missing));
    return { ...(await store.files.grow(original, tail)), placeFound };
  });
}
