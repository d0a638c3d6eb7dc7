/** The graphics state of a content stream, as far as fraud needs to know (ISO 32000-2, 8.4). */
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { isDict, isName } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { Area, Matrix } from './geometry.ts';

export interface GraphicsState {
  matrix: Matrix;
  isWhite: boolean;
  /** Constant alpha of fills, and of strokes. */
  alpha: number;
  strokeAlpha: number;
  lineWidth: number;
  /** A blend mode other than Normal: what shows in the end depends on what is below. */
  isBlending: boolean;
  /** A mask or a blend mode that may leave nothing of what is painted. */
  isFading: boolean;
  renderMode: number;
  font: CosDict | undefined;
  /** The same as its resources hold it. */
  heldFont: CosObject;
  fontSize: number;
  /** In the space of the appearance's owner. */
  clip: Area;
}

/** @param around the state of the stream that paints this one as a form */
export const initialState = (matrix: Matrix, clip: Area, around?: GraphicsState): GraphicsState => ({
  matrix,
  isWhite: false,
  alpha: around?.alpha ?? 1,
  strokeAlpha: around?.strokeAlpha ?? 1,
  lineWidth: around?.lineWidth ?? 1,
  isBlending: around?.isBlending ?? false,
  isFading: around?.isFading ?? false,
  renderMode: 0,
  font: undefined,
  heldFont: null,
  fontSize: 0,
  clip,
});

/** Takes in a dictionary of graphics state parameters (8.4.5), named by `gs`. */
export function applyParameters(document: PdfDocument, state: GraphicsState, parameters: CosObject): void {
  if (!isDict(parameters)) return;
  const alpha = document.get(parameters.get('ca'));
  if (typeof alpha === 'number') state.alpha = alpha;
  const strokeAlpha = document.get(parameters.get('CA'));
  if (typeof strokeAlpha === 'number') state.strokeAlpha = strokeAlpha;
  const width = document.get(parameters.get('LW'));
  if (typeof width === 'number') state.lineWidth = width;
  const mode = document.get(parameters.get('BM'));
  if (mode !== null) state.isBlending = !isName(mode) || !['Normal', 'Compatible'].includes(mode.name);
  const mask = document.get(parameters.get('SMask'));
  const isDarkening = isName(mode) && ['Multiply', 'Darken', 'ColorBurn'].includes(mode.name);
  state.isFading = (state.isBlending && !isDarkening) || isDict(mask);
}

/** Would text be read that is filled in this state? */
export function isReadable({ renderMode, isWhite, isFading, alpha }: GraphicsState): boolean {
  const isFilled = renderMode === 0 || renderMode === 2;
  return isFilled && !isWhite && !isFading && alpha > 0.1;
}
