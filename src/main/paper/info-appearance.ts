import { newDrawing, textAppearance } from '../pdf/appearance.ts';
import type { Appearance, TextStyle } from '../pdf/appearance.ts';
import { tinos } from '../pdf/font.ts';
import { marks } from './marks.ts';

/**
 * The mark of a separate appendix or an electronic copy: black Times New Roman of size 10, no image
 * (NĐ 30/2020, Annex I.I.II.8b and I.II.I.3). Wider than usual where a line needs it: the size is fixed by law.
 */
export async function infoAppearance(
  lines: readonly string[],
  align: TextStyle['align'] = marks.info.align,
): Promise<Appearance> {
  const { font, sizePt, leadingPt, colour, leastWidthPt, paddingPt } = marks.info;
  const pdf = await newDrawing();
  const letters = await pdf.embedFont(tinos(font), { subset: true });
  const widest = Math.max(...lines.map((line) => letters.widthOfTextAtSize(line.normalize('NFC'), sizePt)));
  const width = Math.max(leastWidthPt, Math.ceil(widest) + paddingPt);
  const height = leadingPt * lines.length + 2 * paddingPt;
  return textAppearance(lines, width, height, { size: sizePt, leading: leadingPt, align, font, colour });
}
