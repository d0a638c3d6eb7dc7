/** A letter with a field for its number, and that field filled. */
import type { SigningRequest } from '../../src/main/signature/sign.ts';
import type { OfficePki } from '../pki/office.ts';
import { LETTER, append, bodyOf, stream } from './pdf-text.ts';
import type { Objects } from './pdf-text.ts';
import { INVISIBLE, page, signed } from './signed.ts';

export const FIELD =
  '<< /Type /Annot /Subtype /Widget /FT /Tx /T (SO_VB) /F 4 /P 3 0 R /Rect [72 600 272 620] /DA (/F1 12 Tf 0 g) /AP << /N 8 0 R >> >>';
/** What a field of 200 × 20 points paints. */
export const look = (content: string, resources = '6 0 R'): string =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources ${resources}`);
export const fieldText = (text: string): string => look(`BT /F1 12 Tf 2 5 Td (${text}) Tj ET`);
export const WITH_FIELD: Objects = {
  ...LETTER,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /DR 6 0 R >> >>',
  3: page('/Annots [7 0 R]'),
  7: FIELD,
  8: fieldText(''),
};

/**
 * The field filled with 12 and drawn as `appearance`.
 * @param permissions what the signature before says about changes
 */
export async function filled(
  pki: OfficePki,
  appearance: string,
  permissions: Pick<SigningRequest, 'docMdp' | 'fieldLock'> = {},
  objects: Objects = WITH_FIELD,
): Promise<Buffer> {
  const file = await signed(pki, objects, { ...INVISIBLE, ...permissions });
  const field = bodyOf(file, 7).replace('8 0 R', '70 0 R').replace(/>>$/, '/V (12) >>');
  return append(file, { 7: field, 70: appearance });
}
