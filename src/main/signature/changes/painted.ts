/**
 * What an appearance stream paints, as far as fraud needs to know: the text it shows and the areas it covers so
 * that nothing below is seen (ISO 32000-2, 8 and 9). Not a renderer: where it cannot know, it says so.
 */
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import { isArray, isDict, isName, isStream, isString, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { newBudget, operations } from './operations.ts';
import { decodeShown } from './shown-text.ts';

export type Matrix = readonly [number, number, number, number, number, number];
/** left, bottom, right, top in the space of the appearance's owner. */
export type Area = readonly [number, number, number, number];

export interface Painted {
  /** Visible text in the order of painting, white space left out. */
  readonly text: string;
  /** Something besides text and plain areas is shown: an image, a shading, another form. */
  readonly hasPictures: boolean;
  /** Text nobody can see, or whose letters cannot be known. */
  readonly isObscure: boolean;
  readonly opaque: readonly Area[];
}

const MAX_FORMS = 5;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

interface State {
  matrix: Matrix;
  isWhite: boolean;
  /** Constant alpha of fills. */
  alpha: number;
  /** A blend mode that lets what is below show through. */
  isBlending: boolean;
  renderMode: number;
  font: CosDict | undefined;
}

/** `first` applied after `second`. */
export function multiply(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = second;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function transformed([left, bottom, right, top]: Area, [a, b, c, d, e, f]: Matrix): Area {
  const xs = [left, right].flatMap((x) => [bottom, top].map((y) => a * x + c * y + e));
  const ys = [left, right].flatMap((x) => [bottom, top].map((y) => b * x + d * y + f));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function paintedBy(document: PdfDocument, form: CosStream): Painted {
  const found = { text: '', hasPictures: false, isObscure: false, opaque: [] as Area[] };
  const budget = newBudget();
  const whole = transformed(
    areaOf(document, form.dict.get('BBox')),
    matrixOf(document, form.dict.get('Matrix')),
  );
  paint(form, matrixOf(document, form.dict.get('Matrix')), 0);
  if (budget.operators < 0) unknown();
  return { ...found, text: found.text.replace(/\s+/g, '') };

  /** What is painted here cannot be told: it may be anything, anywhere within the appearance. */
  function unknown(): void {
    found.isObscure = true;
    found.opaque.push(whole);
  }

  function paint(stream: CosStream, matrix: Matrix, depth: number): void {
    const resources = document.dict(stream.dict.get('Resources'));
    const resource = (kind: string, key: CosObject | undefined): CosObject =>
      document.get(document.dict(resources?.get(kind))?.get(nameOf(key) ?? ''));
    let state: State = {
      matrix,
      isWhite: false,
      alpha: 1,
      isBlending: false,
      renderMode: 0,
      font: undefined,
    };
    const stack: State[] = [];
    let path: Area | undefined;

    const extend = (xs: readonly number[], ys: readonly number[]): void => {
      const [l, b, r, t] = path ?? [Infinity, Infinity, -Infinity, -Infinity];
      path = [Math.min(l, ...xs), Math.min(b, ...ys), Math.max(r, ...xs), Math.max(t, ...ys)];
    };
    const cover = (area: Area): void => {
      if (state.alpha > 0.5 && !state.isBlending) found.opaque.push(transformed(area, state.matrix));
    };
    const show = (bytes: Uint8Array): void => {
      // Its letters are drawings (9.6.4), whatever they are called.
      if (nameOf(document.get(state.font?.get('Subtype'))) === 'Type3') unknown();
      const text = state.font ? decodeShown(document, state.font, bytes) : null;
      const isSeen = state.renderMode !== 3 && state.renderMode !== 7 && !state.isWhite && state.alpha > 0.1;
      if (text === null || (!isSeen && text.trim() !== '')) found.isObscure = true;
      else if (isSeen) found.text += text;
    };

    for (const { operator, operands } of operations(document.decode(stream), budget)) {
      const values = operands.filter((one) => typeof one === 'number');
      const [x = 0, y = 0, width = 0, height = 0] = values;
      switch (operator) {
        case 'q':
          stack.push({ ...state });
          if (stack.length > 64) found.isObscure = true;
          break;
        case 'Q':
          state = stack.pop() ?? state;
          break;
        case 'cm':
          if (values.length === 6) state.matrix = multiply(state.matrix, values as unknown as Matrix);
          break;
        case 'g':
        case 'rg':
        case 'sc':
        case 'scn':
          state.isWhite = values.length > 0 && values.every((value) => value > 0.9);
          break;
        case 'k':
          state.isWhite = values.every((value) => value < 0.1);
          break;
        case 'gs':
          applyState(state, resource('ExtGState', operands[0]));
          break;
        case 're':
          extend([x, x + width], [y, y + height]);
          break;
        case 'm':
        case 'l':
        case 'c':
        case 'v':
        case 'y':
          extend(
            values.filter((_, i) => i % 2 === 0),
            values.filter((_, i) => i % 2 === 1),
          );
          break;
        case 'f':
        case 'F':
        case 'f*':
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          if (path) cover(path);
          path = undefined;
          break;
        case 'n':
        case 'S':
        case 's':
          path = undefined;
          break;
        case 'Tf':
          state.font = asDict(resource('Font', operands[0]));
          break;
        case 'Tr':
          state.renderMode = x;
          break;
        case 'Tj':
        case "'":
        case '"':
        case 'TJ':
          for (const item of operands.flatMap((one) => (isArray(one) ? one : [one])))
            if (isString(item)) show(item.bytes);
          break;
        case 'sh':
          // It fills all that is not clipped (8.7.4.2), however the space is turned.
          found.hasPictures = true;
          found.opaque.push(whole);
          break;
        case 'Do':
          found.hasPictures = true;
          paintObject(resource('XObject', operands[0]));
          break;
        case 'BI':
          // Its data is no syntax: nothing behind it can be read safely.
          found.hasPictures = true;
          unknown();
          break;
        default:
      }
    }

    function paintObject(object: CosObject): void {
      if (!isStream(object)) return;
      if (nameOf(document.get(object.dict.get('Subtype'))) !== 'Form') {
        if (!isSeeThrough(document, object.dict)) cover([0, 0, 1, 1]);
      } else if (depth >= MAX_FORMS) found.isObscure = true;
      else paint(object, multiply(state.matrix, matrixOf(document, object.dict.get('Matrix'))), depth + 1);
    }

    function applyState(into: State, parameters: CosObject): void {
      if (!isDict(parameters)) return;
      const alpha = document.get(parameters.get('ca'));
      if (typeof alpha === 'number') into.alpha = alpha;
      const mode = document.get(parameters.get('BM'));
      if (mode !== null)
        into.isBlending = isName(mode) && ['Multiply', 'Darken', 'ColorBurn'].includes(mode.name);
    }
  }
}

const asDict = (object: CosObject): CosDict | undefined => (isDict(object) ? object : undefined);

export function matrixOf(document: PdfDocument, object: CosObject | undefined): Matrix {
  const values = (document.array(object) ?? []).map((item) => document.get(item));
  return values.length === 6 && values.every((value) => typeof value === 'number')
    ? (values as unknown as Matrix)
    : IDENTITY;
}

export function areaOf(document: PdfDocument, object: CosObject | undefined): Area {
  const [a = 0, b = 0, c = 0, d = 0] = (document.array(object) ?? []).map((item) =>
    Number(document.get(item)),
  );
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
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
