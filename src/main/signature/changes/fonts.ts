/** Is it known what the letters of a font look like? Its own words about them (ISO 32000-2, 9.10.2) prove nothing. */
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { isRef, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { isEqual } from '../../pdf/equal.ts';
import { objectAt, reachable } from './graph.ts';
import type { Step } from './step.ts';

/** Objects a font consists of: a handful. */
const MAX_PARTS = 100;

/**
 * A font the first signed revision held as it is now, or one that every reader has of its own.
 * @param held as the resources of what is shown hold it
 */
export function isKnownFont({ signed, after }: Step, held: CosObject): boolean {
  const font = after.dict(held);
  if (font && isReadersOwn(after, font)) return true;
  const parts = [...reachable(after, held, MAX_PARTS)];
  return (
    isRef(held) &&
    parts.length < MAX_PARTS &&
    parts.every((num) => {
      const part = objectAt(after, num);
      return part !== null && isEqual(objectAt(signed, num), part);
    })
  );
}

/** The text fonts of ISO 32000-2, 9.6.2.2, and the names Windows has for them. */
const TEXT_FONTS =
  /^(Helvetica|Courier(New)?|Times|TimesNewRoman|Arial)(PS)?(MT)?([-,](Roman|Bold|Italic|Oblique|BoldItalic|BoldOblique)(MT)?)?$/;

/** A simple text font without a program: its encoding alone says what is drawn (9.6.5), not its ToUnicode. */
export function isReadersOwn(document: PdfDocument, font: CosDict): boolean {
  const subtype = nameOf(document.get(font.get('Subtype')));
  const descriptor = document.dict(font.get('FontDescriptor'));
  return (
    (subtype === 'Type1' || subtype === 'TrueType') &&
    !['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(key)) &&
    TEXT_FONTS.test(nameOf(document.get(font.get('BaseFont'))) ?? '')
  );
}
