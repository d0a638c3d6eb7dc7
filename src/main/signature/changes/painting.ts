/** What the streams of one appearance have painted together. */
import type { CosObject } from '../../pdf/cos.ts';
import { nameOf } from '../../pdf/cos.ts';
import type { ImageCover } from '../../pdf/image-cover.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { Area, Matrix } from './geometry.ts';
import { isEmpty, overlapOf, transformed } from './geometry.ts';
import { isReadable } from './graphics-state.ts';
import type { GraphicsState } from './graphics-state.ts';
import { cornersOf } from './painted-path.ts';
import type { Path } from './painted-path.ts';
import { textPlace } from './painted-text.ts';
import { decodeShown } from './shown-text.ts';

/** One thing painted, in the space of the appearance's owner. */
export interface Layer {
  /** Closed outlines, each as x and y by turns; of an image its four corners. */
  readonly outlines: readonly (readonly number[])[];
  readonly isEvenOdd: boolean;
  readonly image: { readonly cover: ImageCover; readonly matrix: Matrix } | null;
  readonly clip: Area;
  /** How much of what is below it takes away, 0 to 1; the most it may where that is not known. */
  readonly opacity: number;
}

export interface Look {
  readonly state: GraphicsState;
  readonly groupAlpha: number;
}

interface PathPainting {
  readonly isFilled: boolean;
  readonly isStroked: boolean;
  readonly isEvenOdd: boolean;
}

/** Letters of this many points and more have strokes as wide as a small letter. */
const LARGE_LETTERS = 30;

export class Painting {
  /** Visible text in the order of painting. */
  text = '';
  hasPictures = false;
  isObscure = false;
  isBlank = true;
  readonly layers: Layer[] = [];
  readonly fonts = new Set<CosObject>();
  readonly place = textPlace();
  readonly document: PdfDocument;
  /** The area of the appearance, in the space of its owner. */
  readonly whole: Area;

  constructor(document: PdfDocument, whole: Area) {
    this.document = document;
    this.whole = whole;
  }

  /** What is painted here cannot be told: it may be anything, anywhere within the appearance. */
  paintUnknown(): void {
    this.isObscure = true;
    this.isBlank = false;
    this.#coverWhole(this.whole, 1);
  }

  /** A shading fills all that is not clipped (8.7.4.2), however the space is turned. */
  paintShading({ state, groupAlpha }: Look): void {
    this.hasPictures = true;
    this.isBlank = false;
    this.#coverWhole(state.clip, state.alpha * groupAlpha);
  }

  paintPath(path: Path, look: Look, { isFilled, isStroked, isEvenOdd }: PathPainting): void {
    if (path.isEmpty) return;
    const { state, groupAlpha } = look;
    this.isBlank = false;
    if (!path.isFrameOf(this.whole)) this.hasPictures = true;
    const [a, b, c, d] = state.matrix;
    const width = state.lineWidth * Math.max(Math.hypot(a, b), Math.hypot(c, d));
    const painted = [
      ...(isFilled ? [{ outlines: path.outlines, alpha: state.alpha, isEvenOdd }] : []),
      ...(isStroked ? [{ outlines: path.stroked(width), alpha: state.strokeAlpha, isEvenOdd: false }] : []),
    ];
    for (const { outlines, alpha, isEvenOdd: rule } of painted)
      this.#cover({ outlines, isEvenOdd: rule, image: null, opacity: alpha * groupAlpha }, look);
    if (isFilled && this.place.isUnder(path.area)) this.isObscure = true;
  }

  paintImage(cover: ImageCover, look: Look): void {
    const { matrix, alpha } = look.state;
    this.isBlank = false;
    const outlines = [cornersOf([0, 0, 1, 1], matrix)];
    const opacity = alpha * look.groupAlpha;
    this.#cover({ outlines, isEvenOdd: false, image: { cover, matrix }, opacity }, look);
    if (cover.opacity.some((part) => part > 0.5) && this.place.isUnder(transformed([0, 0, 1, 1], matrix)))
      this.isObscure = true;
  }

  /** @param bytes a string of a text-showing operator, in the codes of the state's font */
  showText(bytes: Uint8Array, look: Look): void {
    const { state } = look;
    const { font } = state;
    // Its letters are drawings (9.6.4), whatever they are called.
    if (nameOf(this.document.get(font?.get('Subtype'))) === 'Type3') this.paintUnknown();
    const text = font ? decodeShown(this.document, font, bytes) : null;
    this.isBlank &&= text?.trim() === '';
    const [a, b, c, d] = state.matrix;
    const scale = Math.max(Math.hypot(a, b), Math.hypot(c, d));
    const box = this.place.boxOf(bytes.length, state.fontSize, state.matrix);
    const isLarge = Math.max(box.size, Math.abs(state.fontSize) * scale) >= LARGE_LETTERS;
    if (text === null || (isLarge && text.trim() !== ''))
      this.#cover(
        { outlines: [box.corners], isEvenOdd: false, image: null, opacity: state.alpha * look.groupAlpha },
        look,
      );
    if (text === null) this.isObscure = true;
    else if (text.trim() !== '') {
      const isSeen = isReadable(state);
      if (isSeen) this.text += text;
      this.fonts.add(state.heldFont);
      const isInPlace = this.place.show(text.trimEnd(), state.fontSize, state.matrix, state.clip);
      if (!isInPlace || !isSeen) this.isObscure = true;
    }
  }

  #coverWhole(area: Area, opacity: number): void {
    if (isEmpty(area)) return;
    const outlines = [cornersOf(area, [1, 0, 0, 1, 0, 0])];
    this.layers.push({ outlines, isEvenOdd: false, image: null, clip: area, opacity });
  }

  #cover(painted: Omit<Layer, 'clip'>, { state }: Look): void {
    const clip = overlapOf(state.clip, this.whole);
    if (painted.opacity > 0 && !isEmpty(clip)) this.layers.push({ ...painted, clip });
  }
}
