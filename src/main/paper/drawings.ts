/** Marks that are more than an image or the info lines: the ĐẾN stamp and the signed opinion. */
import type { PDFFont, PDFPage } from '../pdf/pdf-lib.ts';
import { DeskError } from '../../shared/errors/index.ts';
import type { Appearance } from '../pdf/appearance.ts';
import { cachedDrawing, finishDrawing, HALF_CAPITAL, inkOf, newDrawing } from '../pdf/appearance.ts';
import { tinos } from '../pdf/font.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { marks } from './marks.ts';

const { incoming: STAMP, comment: COMMENT } = marks.acts;

export interface StampText {
  readonly agency: string;
  readonly number: string;
  readonly date: string;
  readonly forwardTo: string;
  readonly fileCode: string;
}

/** A cell of the stamp in points from its top left corner. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Letters = { readonly font: PDFFont; readonly sizePt: number };

/** As large as fits, at most `sizePt`. */
function fitted(lines: readonly string[], { font, sizePt }: Letters, cell: Cell): number {
  const widest = Math.max(1, ...lines.map((line) => font.widthOfTextAtSize(line, sizePt)));
  const across = (sizePt * (cell.width - STAMP.paddingPt)) / widest;
  return Math.min(sizePt, across, cell.height / lines.length / STAMP.leadingPerSize);
}

function write(
  page: PDFPage,
  lines: readonly string[],
  letters: Letters,
  cell: Cell,
  align: 'left' | 'center',
) {
  const size = fitted(lines, letters, cell);
  const middle = page.getHeight() - cell.y - cell.height / 2;
  lines.forEach((line, i) => {
    const free = cell.width - letters.font.widthOfTextAtSize(line, size);
    const level = (lines.length - 1) / 2 - i;
    page.drawText(line, {
      x: cell.x + (align === 'center' ? free / 2 : STAMP.paddingPt),
      y: middle + level * size * STAMP.leadingPerSize - size * HALF_CAPITAL,
      size,
      font: letters.font,
      color: inkOf(STAMP.colour),
    });
  });
}

/** The name in one line or, where that makes it larger, in two of about the same length. */
function inLines(name: string, letters: Letters, cell: Cell): readonly string[] {
  const text = name.trim().toLocaleUpperCase('vi');
  const spaces = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  const [cut] = spaces.sort((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2));
  if (cut === undefined) return [text];
  const halves = [text.slice(0, cut), text.slice(cut).trim()];
  return fitted(halves, letters, cell) > fitted([text], letters, cell) ? halves : [text];
}

/** The ĐẾN stamp, 50 mm × 35 mm (NĐ 30/2020, Annex IV.V). Text too long for its cell is set smaller. */
export function stampAppearance(stamp: StampText): Promise<Appearance> {
  const [width, height] = [mmToPt(STAMP.widthMm), mmToPt(STAMP.heightMm)];
  return cachedDrawing(['stamp', stamp], async () => {
    const pdf = await newDrawing();
    const page = pdf.addPage([width, height]);
    const letters = async ({ font, sizePt }: { font: Parameters<typeof tinos>[0]; sizePt: number }) => ({
      font: await pdf.embedFont(tinos(font), { subset: true }),
      sizePt,
    });
    const [agency, mark, rows] = [
      await letters(STAMP.agency),
      await letters(STAMP.mark),
      await letters(STAMP.rows),
    ];
    const [row, left] = [mmToPt(STAMP.rowMm), mmToPt(STAMP.markMm)];
    drawFrame(page, row, left);
    const cell = (index: number, x = 0, count = 1): Cell => ({
      x,
      y: index * row,
      width: width - x,
      height: count * row,
    });
    const title = cell(0);
    write(page, inLines(stamp.agency.normalize('NFC'), agency, title), agency, title, 'center');
    write(page, [STAMP.mark.text], mark, { ...cell(1, 0, 2), width: left }, 'center');
    const line = (key: 'number' | 'date' | 'forwardTo' | 'fileCode') =>
      STAMP.rows[key].replace(`{${key}}`, stamp[key]).trim().normalize('NFC');
    write(page, [line('number')], rows, cell(1, left), 'left');
    write(page, [line('date')], rows, cell(2, left), 'left');
    write(page, [line('forwardTo')], rows, cell(3), 'left');
    write(page, [line('fileCode')], rows, cell(4), 'left');
    return finishDrawing(pdf, width, height);
  });
}

function drawFrame(page: PDFPage, row: number, left: number): void {
  const { width, height } = page.getSize();
  const [thickness, color] = [mmToPt(STAMP.frameMm), inkOf(STAMP.colour)];
  const half = thickness / 2;
  const size = { width: width - thickness, height: height - thickness };
  page.drawRectangle({ x: half, y: half, ...size, borderColor: color, borderWidth: thickness });
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    page.drawLine({
      start: { x: x1, y: height - y1 },
      end: { x: x2, y: height - y2 },
      thickness,
      color,
    });
  line(0, row, width, row);
  line(left, 2 * row, width, 2 * row);
  line(0, 3 * row, width, 3 * row);
  line(0, 4 * row, width, 4 * row);
  line(left, row, left, 3 * row);
}

/** At spaces; a word longer than the line, at any letter. */
function wrap(text: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && measure(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/**
 * An opinion as its author wrote it, line breaks kept, and below it who signed when.
 * Errors: `pdf.comment-empty`, `pdf.comment-too-long`.
 */
export function commentAppearance(text: string, footer: readonly string[]): Promise<Appearance> {
  const { sizePt, leadingPt, paddingPt, mostLines, colour } = COMMENT;
  if (text.trim() === '') throw new DeskError('pdf.comment-empty');
  const width = mmToPt(COMMENT.widthMm);
  return cachedDrawing(['comment', text, footer], async () => {
    const pdf = await newDrawing();
    const upright = await pdf.embedFont(tinos(COMMENT.text), { subset: true });
    const slanted = await pdf.embedFont(tinos(COMMENT.signature), { subset: true });
    const broken = (font: PDFFont) => (line: string) =>
      wrap(line.normalize('NFC'), width - 2 * paddingPt, (part) => font.widthOfTextAtSize(part, sizePt)).map(
        (part) => ({ text: part, font }),
      );
    const lines = [...text.split('\n').flatMap(broken(upright)), ...footer.flatMap(broken(slanted))];
    if (lines.length > mostLines) throw new DeskError('pdf.comment-too-long', { most: mostLines });
    const height = lines.length * leadingPt + 2 * paddingPt;
    const page = pdf.addPage([width, height]);
    lines.forEach((line, i) => {
      const y = height - paddingPt - (i + 0.5) * leadingPt - sizePt * HALF_CAPITAL;
      page.drawText(line.text, { x: paddingPt, y, size: sizePt, font: line.font, color: inkOf(colour) });
    });
    return finishDrawing(pdf, width, height);
  });
}
