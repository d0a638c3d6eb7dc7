/** The graphics state of a content stream, as far as fraud needs to know (ISO 32000-2, 8.4). */
import type { CosDict, CosObject } from '../../pdf/cos.ts';
import { isDict, isName } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import type { Area, Matrix } from './geometry.ts';

export interface GraphicsState {
  matrix: Matrix;
  isWhite: boolean;
  /** Constant alpha of fills. */
  alpha: number;
  /** A blend mode that lets what is below show through. */
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

export const initialState = (matrix: Matrix, clip: Area): GraphicsState => ({
  matrix,
  isWhite: false,
  alpha: 1,
  isBlending: false,
  isFading: false,
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
  const mode = document.get(parameters.get('BM'));
  if (mode !== null)
    state.isBlending = isName(mode) && ['Multiply', 'Darken', 'ColorBurn'].includes(mode.name);
  const mask = document.get(parameters.get('SMask'));
  const isPlain = mode === null || state.isBlending || (isName(mode) && mode.name === 'Normal');
  state.isFading = !isPlain || isDict(mask);
}

/** Would text be read that is filled in this state? */
export function isReadable({ renderMode, isWhite, isFading, alpha }: GraphicsState): boolean {
  const isFilled = renderMode === 0 || renderMode === 2;
  return isFilled && !isWhite && !isFading && alpha > 0.1;
}
