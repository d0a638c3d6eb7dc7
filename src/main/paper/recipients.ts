import type { ViewBox } from '../pdf/geometry.ts';
import { marks } from './marks.ts';
import { CELL_GAP, firstSearched } from './placement.ts';
import type { PageText, TextLayer, TextLine } from '../pdf/text.ts';
import { textLines } from '../pdf/text.ts';

/** The block *Nơi nhận*, line by line (NĐ 30/2020, Annex I, cell 9b). */
export interface Recipients {
  /** Counted from 0. */
  readonly page: number;
  readonly lines: readonly ViewBox[];
}

const HEADING = /^nơi nhận ?(:|$)/i;

/** Left of the title and the name: the heading, and the lines that follow it without a gap of a whole line. */
function blockOn(page: PageText): TextLine[] {
  const lines = textLines(page, CELL_GAP).filter(
    (line) => line.upright && line.x < marks.signatureBlock.rightOfWidth * page.width,
  );
  const heading = lines.findLastIndex(({ text }) => HEADING.test(text));
  if (heading === -1) return [];
  const rest = lines.slice(heading + 1);
  const last = (n: number) => lines[heading + n]!;
  const end = rest.findIndex((line, n) => line.y - (last(n).y + last(n).height) >= last(n).height);
  return lines.slice(heading, end === -1 ? undefined : heading + 1 + end);
}

/** The last one of the document, looked for where signatures are. Undefined where there is none. */
export async function findRecipients(layer: TextLayer): Promise<Recipients | undefined> {
  for (let i = layer.pageCount - 1; i >= firstSearched(layer); i--) {
    const lines = blockOn(await layer.page(i));
    if (lines.length > 0) return { page: i, lines };
  }
  return undefined;
}
