/**
 * What an appearance stream paints, as far as fraud needs to know: the text it shows and how much each thing hides of
 * what is below (ISO 32000-2, 8, 9 and 11). Not a renderer: where it cannot know, it says so.
 */
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import { imageCover } from '../../pdf/image-cover.ts';
import { isArray, isDict, isStream, isString, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { areaOf, matrixOf, multiply, overlapOf, transformed } from './geometry.ts';
import type { Matrix } from './geometry.ts';
import { applyParameters, initialState } from './graphics-state.ts';
import type { GraphicsState } from './graphics-state.ts';
import { newBudget, operations } from './operations.ts';
import type { Budget, Operation } from './operations.ts';
import { Path } from './painted-path.ts';
import { Painting } from './painting.ts';
import type { Layer, Look } from './painting.ts';

export interface Painted {
  /** Visible text in the order of painting, white space left out. */
  readonly text: string;
  /** Something besides text and what frames it is shown: an image, a shading, another form, a drawing. */
  readonly hasPictures: boolean;
  /** Text nobody can see or read in its order, or whose letters cannot be known. */
  readonly isObscure: boolean;
  /** Nothing is painted at all. */
  readonly isBlank: boolean;
  /** Everything painted that may hide what lies below. */
  readonly layers: readonly Layer[];
  /** Fonts the visible text stands in, as the resources hold them. */
  readonly fonts: ReadonlySet<CosObject>;
}

export function paintedBy(document: PdfDocument, form: CosStream): Painted {
  const matrix = matrixOf(document, form.dict.get('Matrix'));
  const painting = new Painting(document, transformed(areaOf(document, form.dict.get('BBox')), matrix));
  const budget = newBudget();
  paint(painting, form, matrix, budget);
  if (budget.operators < 0) painting.paintUnknown();
  const { text, hasPictures, isObscure, isBlank, layers, fonts } = painting;
  return { text: text.replace(/\s+/g, ''), hasPictures, isObscure, isBlank, layers, fonts };
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
  /** Of the transparency groups it is in, together. */
  readonly groupAlpha: number;
  state: GraphicsState;
  readonly saved: GraphicsState[];
  path: Path;
  /** The path clips once it is painted (8.5.4). */
  isClipping: boolean;
}

/** @param around the content that paints this stream as a form (8.10) */
function paint(
  painting: Painting,
  stream: CosStream,
  matrix: Matrix,
  budget: Budget,
  around?: Content,
): void {
  const { document, place } = painting;
  const outer = around?.state;
  const clip = outer
    ? overlapOf(outer.clip, transformed(areaOf(document, stream.dict.get('BBox')), matrix))
    : painting.whole;
  // A transparency group is painted as one, with the alpha it was called with (11.6.6).
  const isGroup = isDict(document.get(stream.dict.get('Group')));
  const content: Content = {
    painting,
    resources: document.dict(stream.dict.get('Resources')),
    budget,
    depth: around ? around.depth + 1 : 0,
    groupAlpha: (around?.groupAlpha ?? 1) * (isGroup ? (outer?.alpha ?? 1) : 1),
    state: { ...initialState(matrix, clip, outer), ...(isGroup && { alpha: 1, strokeAlpha: 1 }) },
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
  ...each('w', ({ state }, [width = 0]) => {
    state.lineWidth = width;
  }),
  ...each('re', ({ path, state }, [x = 0, y = 0, width = 0, height = 0]) => {
    path.begin([x, y, x + width, y, x + width, y + height, x, y + height], state.matrix);
    path.close();
  }),
  ...each('m', ({ path, state }, numbers) => path.begin(numbers, state.matrix)),
  ...each('l', ({ path, state }, numbers) => path.extend(numbers, 1, state.matrix)),
  ...each('c', ({ path, state }, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) =>
    path.curve(
      [
        [a, b],
        [c, d],
        [e, f],
      ],
      state.matrix,
    ),
  ),
  ...each('v', ({ path, state }, [c = 0, d = 0, e = 0, f = 0]) =>
    path.curve([null, [c, d], [e, f]], state.matrix),
  ),
  ...each('y', ({ path, state }, [a = 0, b = 0, e = 0, f = 0]) =>
    path.curve(
      [
        [a, b],
        [e, f],
        [e, f],
      ],
      state.matrix,
    ),
  ),
  ...each('h', ({ path }) => path.close()),
  ...each('f F f* B B* b b* S s', (content, _, { operator }) => {
    const isFilled = !/^s$/i.test(operator);
    if (/^[bs]/.test(operator)) content.path.close();
    content.painting.paintPath(content.path, lookOf(content), {
      isFilled,
      isStroked: !/^f/i.test(operator),
      isEvenOdd: operator.endsWith('*'),
    });
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
  ...each(`Tj TJ ' "`, (content, _, { operator, operands }) => {
    const { painting } = content;
    const look = lookOf(content);
    for (const item of operands.flatMap((one) => (isArray(one) ? one : [one])))
      if (isString(item)) painting.showText(item.bytes, look);
      else if (operator === 'TJ' && typeof item === 'number' && painting.place.isTorn(item))
        painting.isObscure = true;
  }),
  ...each('sh', (content) => content.painting.paintShading(lookOf(content))),
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

function paintObject(content: Content, object: CosObject): void {
  const { painting, state, budget, depth } = content;
  const { document } = painting;
  if (!isStream(object)) return;
  if (nameOf(document.get(object.dict.get('Subtype'))) !== 'Form')
    painting.paintImage(imageCover(document, object), lookOf(content));
  else if (depth >= MAX_FORMS) painting.paintUnknown();
  else {
    const matrix = multiply(state.matrix, matrixOf(document, object.dict.get('Matrix')));
    paint(painting, object, matrix, budget, content);
  }
}

/** How what is painted now will look. */
const lookOf = ({ state, groupAlpha }: Content): Look => ({ state, groupAlpha });
