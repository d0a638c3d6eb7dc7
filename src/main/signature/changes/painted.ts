/**
 * What an appearance stream paints, as far as fraud needs to know: the text it shows and the areas it covers so
 * that nothing below is seen (ISO 32000-2, 8 and 9). Not a renderer: where it cannot know, it says so.
 */
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import { isArray, isDict, isStream, isString, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { areaOf, matrixOf, multiply, overlapOf, transformed } from './geometry.ts';
import type { Area, Matrix } from './geometry.ts';
import { applyParameters, initialState } from './graphics-state.ts';
import type { GraphicsState } from './graphics-state.ts';
import { newBudget, operations } from './operations.ts';
import type { Budget, Operation } from './operations.ts';
import { Path } from './painted-path.ts';
import { Painting } from './painting.ts';

export interface Painted {
  /** Visible text in the order of painting, white space left out. */
  readonly text: string;
  /** Something besides text and what frames it is shown: an image, a shading, another form, a drawing. */
  readonly hasPictures: boolean;
  /** Text nobody can see or read in its order, or whose letters cannot be known. */
  readonly isObscure: boolean;
  /** Nothing is painted at all. */
  readonly isBlank: boolean;
  readonly opaque: readonly Area[];
  /** Fonts the visible text stands in, as the resources hold them. */
  readonly fonts: ReadonlySet<CosObject>;
}

export function paintedBy(document: PdfDocument, form: CosStream): Painted {
  const matrix = matrixOf(document, form.dict.get('Matrix'));
  const painting = new Painting(document, transformed(areaOf(document, form.dict.get('BBox')), matrix));
  const budget = newBudget();
  paint(painting, form, matrix, budget, 0);
  if (budget.operators < 0) painting.paintUnknown();
  const { text, hasPictures, isObscure, isBlank, opaque, fonts } = painting;
  return { text: text.replace(/\s+/g, ''), hasPictures, isObscure, isBlank, opaque, fonts };
}

const MAX_FORMS = 5;
const MAX_SAVED_STATES = 64;

/** One content stream on its way through its operators. */
interface Content {
  readonly painting: Painting;
  readonly resources: CosDict | undefined;
  readonly budget: Budget;
  /** Forms around this one. */
  readonly depth: number;
  state: GraphicsState;
  readonly saved: GraphicsState[];
  path: Path;
  /** The path clips once it is painted (8.5.4). */
  isClipping: boolean;
}

function paint(painting: Painting, stream: CosStream, matrix: Matrix, budget: Budget, depth: number): void {
  const { document, whole, place } = painting;
  const content: Content = {
    painting,
    resources: document.dict(stream.dict.get('Resources')),
    budget,
    depth,
    state: initialState(matrix, whole),
    saved: [],
    path: new Path(),
    isClipping: false,
  };
  for (const operation of operations(document.decode(stream), budget)) {
    const numbers = operation.operands.filter((one) => typeof one === 'number');
    place.move(operation.operator, numbers);
    OPERATORS.get(operation.operator)?.(content, numbers, operation);
  }
}

/** @param numbers the operands that are numbers */
type Operator = (content: Content, numbers: readonly number[], operation: Operation) => void;

const each = (operators: string, act: Operator): [string, Operator][] =>
  operators.split(' ').map((operator) => [operator, act]);

/** Operators that change what is painted; where text stands is followed by `TextPlace` (Annex A lists them all). */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...each('q', ({ saved, state, painting }) => {
    saved.push({ ...state });
    if (saved.length > MAX_SAVED_STATES) painting.isObscure = true;
  }),
  ...each('Q', (content) => {
    content.state = content.saved.pop() ?? content.state;
  }),
  ...each('cm', ({ state }, numbers) => {
    if (numbers.length === 6) state.matrix = multiply(state.matrix, numbers as unknown as Matrix);
  }),
  // A pattern, which has no numbers, may be of any colour.
  ...each('g rg sc scn', ({ state }, numbers) => {
    state.isWhite = numbers.every((value) => value > 0.9);
  }),
  ...each('k', ({ state }, numbers) => {
    state.isWhite = numbers.every((value) => value < 0.1);
  }),
  ...each('gs', (content, _, { operands }) => {
    const { document } = content.painting;
    applyParameters(document, content.state, document.get(held(content, 'ExtGState', operands[0])));
  }),
  ...each('re', ({ path, state }, [x = 0, y = 0, width = 0, height = 0]) =>
    path.begin([x, y, x + width, y, x + width, y + height, x, y + height], state.matrix),
  ),
  ...each('m', ({ path, state }, numbers) => path.begin(numbers, state.matrix)),
  ...each('l', ({ path, state }, numbers) => path.extend(numbers, 1, state.matrix)),
  ...each('c v y', ({ path, state }, numbers) => path.extend(numbers, Infinity, state.matrix)),
  ...each('f F f* B B* b b*', (content) => {
    content.painting.paintPath(content.path, true, content.state);
    endPath(content);
  }),
  ...each('S s', (content) => {
    content.painting.paintPath(content.path, false, content.state);
    endPath(content);
  }),
  ...each('n', endPath),
  ...each('W W*', (content) => {
    content.isClipping = true;
  }),
  // What belongs to a layer may be switched off (8.11.3.2).
  ...each('BDC', ({ painting }, _, { operands }) => {
    if (nameOf(operands[0]) === 'OC') painting.isObscure = true;
  }),
  ...each('Tf', (content, [size = 0], { operands }) => {
    const { state, painting } = content;
    state.heldFont = held(content, 'Font', operands[0]);
    const font = painting.document.get(state.heldFont);
    state.font = isDict(font) ? font : undefined;
    state.fontSize = size;
  }),
  ...each('Tr', ({ state }, [mode = 0]) => {
    state.renderMode = mode;
  }),
  ...each(`Tj TJ ' "`, ({ painting, state }, _, { operator, operands }) => {
    for (const item of operands.flatMap((one) => (isArray(one) ? one : [one])))
      if (isString(item)) painting.showText(item.bytes, state);
      else if (operator === 'TJ' && typeof item === 'number' && painting.place.isTorn(item))
        painting.isObscure = true;
  }),
  ...each('sh', ({ painting }) => painting.paintShading()),
  ...each('Do', (content, _, { operands }) => {
    content.painting.hasPictures = true;
    paintObject(content, content.painting.document.get(held(content, 'XObject', operands[0])));
  }),
  // The data of an inline image is no syntax: nothing behind it can be read safely.
  ...each('BI', ({ painting }) => {
    painting.hasPictures = true;
    painting.paintUnknown();
  }),
]);

/** A resource as the dictionary of its kind holds it: a reference, mostly. */
function held({ painting, resources }: Content, kind: string, key: CosObject | undefined): CosObject {
  return painting.document.dict(resources?.get(kind))?.get(nameOf(key) ?? '') ?? null;
}

function endPath(content: Content): void {
  const { path, state } = content;
  if (content.isClipping && !path.isEmpty) state.clip = overlapOf(state.clip, path.area);
  content.path = new Path();
  content.isClipping = false;
}

function paintObject({ painting, state, budget, depth }: Content, object: CosObject): void {
  const { document } = painting;
  if (!isStream(object)) return;
  if (nameOf(document.get(object.dict.get('Subtype'))) !== 'Form')
    painting.paintImage(transformed([0, 0, 1, 1], state.matrix), isSeeThrough(document, object.dict), state);
  else if (depth >= MAX_FORMS) painting.isObscure = true;
  else {
    const matrix = multiply(state.matrix, matrixOf(document, object.dict.get('Matrix')));
    paint(painting, object, matrix, budget, depth + 1);
  }
}

/** An image whose own mask leaves most of it empty: a seal, a signature. */
function isSeeThrough(document: PdfDocument, image: CosDict): boolean {
  if (document.get(image.get('ImageMask')) === true) return true;
  const mask = document.get(image.get('SMask'));
  if (!isStream(mask)) return false;
  try {
    const alpha = document.decode(mask);
    let covered = 0;
    for (const value of alpha) if (value > 200) covered++;
    return covered < alpha.length * 0.6;
  } catch {
    // A mask in an image codec: what it hides is not known, so it counts as hiding.
    return false;
  }
}
