/** What the streams of one appearance have painted together. */
import type { CosObject } from '../../pdf/cos.ts';
import { nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { Area } from './geometry.ts';
import { isReadable } from './graphics-state.ts';
import type { GraphicsState } from './graphics-state.ts';
import type { Path } from './painted-path.ts';
import { textPlace } from './painted-text.ts';
import { decodeShown } from './shown-text.ts';

export class Painting {
  /** Visible text in the order of painting. */
  text = '';
  hasPictures = false;
  isObscure = false;
  isBlank = true;
  readonly opaque: Area[] = [];
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
    this.opaque.push(this.whole);
  }

  /** A shading fills all that is not clipped (8.7.4.2), however the space is turned. */
  paintShading(): void {
    this.hasPictures = true;
    this.isBlank = false;
    this.opaque.push(this.whole);
  }

  paintPath(path: Path, isFilled: boolean, state: GraphicsState): void {
    if (path.isEmpty) return;
    this.isBlank = false;
    if (!path.isFrameOf(this.whole)) this.hasPictures = true;
    if (isFilled) this.#cover(path.area, state);
  }

  /** @param isSeeThrough its own mask leaves most of it empty */
  paintImage(area: Area, isSeeThrough: boolean, state: GraphicsState): void {
    this.isBlank = false;
    if (!isSeeThrough) this.#cover(area, state);
  }

  /** @param bytes a string of a text-showing operator, in the codes of the state's font */
  showText(bytes: Uint8Array, state: GraphicsState): void {
    const { font } = state;
    // Its letters are drawings (9.6.4), whatever they are called.
    if (nameOf(this.document.get(font?.get('Subtype'))) === 'Type3') this.paintUnknown();
    const text = font ? decodeShown(this.document, font, bytes) : null;
    this.isBlank &&= text?.trim() === '';
    if (text === null) this.isObscure = true;
    else if (text.trim() !== '') {
      const isSeen = isReadable(state);
      if (isSeen) this.text += text;
      this.fonts.add(state.heldFont);
      const isInPlace = this.place.show(text.trimEnd(), state.fontSize, state.matrix, state.clip);
      if (!isInPlace || !isSeen) this.isObscure = true;
    }
  }

  #cover(area: Area, { alpha, isBlending }: GraphicsState): void {
    if (alpha > 0.5 && !isBlending) this.opaque.push(area);
    if (this.place.isUnder(area)) this.isObscure = true;
  }
}
