import { HALF_CAPITAL } from '../pdf/appearance.ts';
import type { ViewBox } from '../pdf/geometry.ts';
import { mmToPt } from '../pdf/geometry.ts';
import { marks } from './marks.ts';
import type { PageText, TextLayer, TextLine } from '../pdf/text.ts';
import { textLines } from '../pdf/text.ts';

/** Who signs, as printed on the document (NĐ 30/2020, Annex I, cells 7a and 7b). */
export interface SignerText {
  readonly fullName: string;
  readonly title: string;
}

/** Where the two visible signatures belong, and how that was found out. */
export interface SignaturePlaces {
  readonly found: 'title-and-name' | 'title-only' | 'manual';
  /** Counted from 0. */
  readonly page: number;
  readonly personal: ViewBox;
  readonly agency: ViewBox;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const { signatureBlock: RULE, page: PAGE, corner: CORNER } = marks;
/** Gap between words of one cell at most, in font sizes: the recipients stand beside the title on the same line. */
export const CELL_GAP = 1.5;

const TITLES = new Set(RULE.titles.map(fold));

function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('vi');
}

const centre = (box: ViewBox) => box.x + box.width / 2;
const bottom = (box: ViewBox) => box.y + box.height;
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/** Shifted into the page, never scaled: a seal keeps its size. */
export function keepOnPage(box: ViewBox, page: Size): ViewBox {
  const { edgePt } = PAGE;
  return {
    ...box,
    x: clamp(box.x, edgePt, Math.max(edgePt, page.width - edgePt - box.width)),
    y: clamp(box.y, edgePt, Math.max(edgePt, page.height - edgePt - box.height)),
  };
}

function isTitle(line: TextLine, signer: SignerText): boolean {
  const text = fold(line.text);
  // TM., KT., Q., TL., TUQ.: the ways to sign for somebody (NĐ 30/2020, Điều 13).
  return text === fold(signer.title) || TITLES.has(text) || /^(tm|kt|tl|tuq|q)\. ?\S/.test(text);
}

interface Block {
  readonly page: PageText;
  readonly title: ViewBox | undefined;
  readonly name: ViewBox | undefined;
}

function findBlock(page: PageText, signer: SignerText): Block | undefined {
  const lines = textLines(page, CELL_GAP).filter(
    (line) => line.upright && centre(line) > RULE.rightOfWidth * page.width,
  );
  const wanted = fold(signer.fullName);
  const name = lines.findLast((line) => fold(line.text) === wanted);
  const titles = lines.filter((line) => isTitle(line, signer));
  if (name) {
    const title = titles.findLast(
      (t) => bottom(t) <= bottom(name) - 1 && Math.abs(centre(t) - centre(name)) < RULE.titleNameOffsetPt,
    );
    return { page, title, name };
  }
  const title = titles.at(-1);
  return title && { page, title, name: undefined };
}

/** Personal image between title and name, the seal over its left third (NĐ 30/2020, Annex I.I.II.7d and 8a). */
function places(block: Block, imageAspect: number, sealPt: number): Omit<SignaturePlaces, 'found'> {
  const { page, title, name } = block;
  const below = name ?? shifted(title, RULE.titleToNamePt, page);
  const above = title ?? shifted(name, -RULE.titleToNamePt, page);
  const cx = (centre(above) + centre(below)) / 2;
  const gap = below.y - bottom(above);
  const middle = (bottom(above) + below.y) / 2;
  const room = clamp(gap * RULE.imagePerGap, RULE.imageHeightPt.least, RULE.imageHeightPt.most);
  const width = Math.min(room * imageAspect, RULE.imageMostWidthPt);
  const height = width / imageAspect;
  const personal = keepOnPage({ x: cx - width / 2, y: middle - height / 2, width, height }, page);
  return { page: page.index, personal, agency: keepOnPage(sealBeside(personal, sealPt), page) };
}

/** The seal, a square of `sealPt`, over the left part of the personal image, both at one level. */
export function sealBeside(personal: ViewBox, sealPt: number): ViewBox {
  const right = personal.x + personal.width * RULE.sealOverlap;
  const level = personal.y + personal.height / 2;
  return { x: right - sealPt, y: level - sealPt / 2, width: sealPt, height: sealPt };
}

/** A line of text that is not there, `down` points from one that is; without one, where signatures usually stand. */
function shifted(box: ViewBox | undefined, down: number, page: PageText): ViewBox {
  if (box) return { ...box, y: box.y + down };
  return { x: page.width * 0.7, y: page.height * 0.7 + Math.max(0, down), width: 1, height: 14 };
}

/**
 * The first page looked at, from the last backwards: a signature block further from the end stands in front of
 * appendices long enough to be files of their own.
 */
export const firstSearched = ({ pageCount }: Pick<TextLayer, 'pageCount'>): number =>
  Math.max(0, pageCount - 50);

/**
 * Where to sign, from the text of the document, its last pages first and appendices skipped.
 * `imageAspect` is width by height of the personal image; the seal is placed at its real diameter.
 */
export async function findSignaturePlaces(
  layer: TextLayer,
  signer: SignerText,
  sizes: { readonly imageAspect: number; readonly sealMm: number },
): Promise<SignaturePlaces> {
  const sealPt = mmToPt(sizes.sealMm);
  let titleOnly: Block | undefined;
  let nameOnly: Block | undefined;
  let lastWithText: PageText | undefined;
  for (let i = layer.pageCount - 1; i >= firstSearched(layer); i--) {
    const page = await layer.page(i);
    const heading = textLines(page)[0];
    if (!heading || /^phụ lục/i.test(heading.text)) continue;
    lastWithText ??= page;
    const block = findBlock(page, signer);
    if (block?.title && block.name) {
      return { found: 'title-and-name', ...places(block, sizes.imageAspect, sealPt) };
    }
    if (block?.title) titleOnly ??= block;
    else if (block) nameOnly ??= block;
  }
  if (titleOnly) return { found: 'title-only', ...places(titleOnly, sizes.imageAspect, sealPt) };
  const page = lastWithText ?? (await layer.page(layer.pageCount - 1));
  const guess = nameOnly ?? { page, title: undefined, name: undefined };
  return { found: 'manual', ...places(guess, sizes.imageAspect, sealPt) };
}

/**
 * The text mark of appendices and copies: top right of the page (NĐ 30/2020, Annex I.I.II.8b), higher than usual where
 * text begins above its foot.
 */
export function infoBox(
  page: Size & { readonly runs?: readonly ViewBox[] },
  { width, height }: Size,
  rightMargin = 0,
): ViewBox {
  const x = page.width - Math.max(mmToPt(CORNER.rightMm), rightMargin) - width;
  const usual = mmToPt(CORNER.topMm);
  const below = (page.runs ?? []).filter(
    (run) => run.x < x + width && x < run.x + run.width && run.y > height && run.y < usual + height,
  );
  const top = Math.min(usual, ...below.map((run) => run.y - height));
  return keepOnPage({ x, y: top, width, height }, page);
}

/** The blanks for number and date that a draft leaves (NĐ 30/2020, Annex I, cells 3 and 4). */
export interface HeadBlanks {
  readonly number?: ViewBox;
  /** Of the day. */
  readonly date?: ViewBox;
  /** Left out where the month is printed. */
  readonly month?: ViewBox;
}

const LEAST_BLANK = 8;
const BLANK = /^[\s.…_]*$/;

/** Beside and above the letters of a blank, so that nothing touches. */
const BLANK_GAP = 1;
const BLANK_RISE = 2;

/**
 * The blank behind the first run that ends with `before`, up to the next run on the line, which must begin with
 * `after`, to be filled with text of `fontSize`. A blank written with dots belongs to the text and is left out with its dots.
 */
function blankBetween(line: TextLine, before: RegExp, after: RegExp, fontSize: number): ViewBox | undefined {
  const words = line.runs.filter((run) => !BLANK.test(run.text));
  for (const [i, run] of words.entries()) {
    const next = words[i + 1];
    if (!next || !before.test(run.text.trim()) || !after.test(next.text.trim())) continue;
    const x = run.x + run.width + BLANK_GAP;
    const width = next.x - BLANK_GAP - x;
    const height = run.height + 2 * BLANK_RISE;
    // Text of `fontSize` centred in it stands on the same line as the words around.
    const y = run.baseline - fontSize * HALF_CAPITAL - height / 2;
    if (width >= LEAST_BLANK) return { x, y, width, height };
  }
  return undefined;
}

/** Looks at the upper half of the first page only. */
export function findHeadBlanks(firstPage: PageText): HeadBlanks {
  const lines = textLines(firstPage).filter((line) => line.y < firstPage.height / 2);
  const find = (before: RegExp, after: RegExp, { sizePt }: { readonly sizePt: number }) =>
    lines.map((line) => blankBetween(line, before, after, sizePt)).find((box) => box !== undefined);
  const number = find(/số\s*:$/i, /^\//, marks.fields.number);
  const date = find(/ngày$/i, /^tháng/i, marks.fields.date);
  const month = find(/tháng$/i, /^năm/i, marks.fields.month);
  return { ...(number && { number }), ...(date && { date }), ...(month && { month }) };
}
