/**
 * What an appearance stream paints, as far as fraud needs to know: the text it shows and the areas it covers so
 * that nothing below is seen (ISO 32000-2, 8 and 9). Not a renderer: where it cannot know, it says so.
 */
import type { CosDict, CosObject, CosStream } from '../../pdf/cos.ts';
import { isArray, isDict, isName, isStream, isString, nameOf } from '../../pdf/cos.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { areaOf, matrixOf, multiply, overlapOf, transformed } from './geometry.ts';
import type { Area, Matrix } from './geometry.ts';
import { newBudget, operations } from './operations.ts';
import { textPlace } from './painted-text.ts';
import { decodeShown } from './shown-text.ts';

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

const MAX_FORMS = 5;

interface State {
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

/** A piece of a path, in the space of the appearance's owner. */
interface Subpath {
  area: Area;
  /** Straight lines so far; a curve counts as too many. */
  lines: number;
}

export function paintedBy(document: PdfDocument, form: CosStream): Painted {
  const found = { text: '', hasPictures: false, isObscure: false, isBlank: true, opaque: [] as Area[] };
  const fonts = new Set<CosObject>();
  const budget = newBudget();
  const place = textPlace();
  const whole = transformed(
    areaOf(document, form.dict.get('BBox')),
    matrixOf(document, form.dict.get('Matrix')),
  );
  paint(form, matrixOf(document, form.dict.get('Matrix')), 0);
  if (budget.operators < 0) unknown();
  return { ...found, fonts, text: found.text.replace(/\s+/g, '') };

  /** What is painted here cannot be told: it may be anything, anywhere within the appearance. */
  function unknown(): void {
    found.isObscure = true;
    found.isBlank = false;
    found.opaque.push(whole);
  }

  function paint(stream: CosStream, matrix: Matrix, depth: number): void {
    const resources = document.dict(stream.dict.get('Resources'));
    const held = (kind: string, key: CosObject | undefined): CosObject =>
      document.dict(resources?.get(kind))?.get(nameOf(key) ?? '') ?? null;
    const resource = (kind: string, key: CosObject | undefined): CosObject => document.get(held(kind, key));
    let state: State = {
      matrix,
      isWhite: false,
      alpha: 1,
      isBlending: false,
      isFading: false,
      renderMode: 0,
      font: undefined,
      heldFont: null,
      fontSize: 0,
      clip: whole,
    };
    const stack: State[] = [];
    let path: Subpath[] = [];
    let isClipping = false;

    const extend = (points: readonly number[], lines: number): void => {
      const current = path.at(-1);
      if (!current) return;
      for (let i = 0; i + 1 < points.length; i += 2) {
        const at: Area = [points[i]!, points[i + 1]!, points[i]!, points[i + 1]!];
        current.area = around([current.area, transformed(at, state.matrix)]);
      }
      current.lines += lines;
    };
    const begin = (points: readonly number[]): void => {
      path.push({ area: NOWHERE, lines: 0 });
      extend(points, 0);
    };
    const cover = (area: Area): void => {
      if (state.alpha > 0.5 && !state.isBlending) found.opaque.push(area);
      if (place.isUnder(area)) found.isObscure = true;
    };
    const end = (isFilled: boolean, isPainted = true): void => {
      if (isPainted && path.length > 0) {
        found.isBlank = false;
        if (!path.every((piece) => isFrame(piece, whole))) found.hasPictures = true;
      }
      const area = around(path.map((piece) => piece.area));
      if (isFilled && path.length > 0) cover(area);
      if (isClipping && path.length > 0) state.clip = overlapOf(state.clip, area);
      path = [];
      isClipping = false;
    };
    const show = (bytes: Uint8Array): void => {
      // Its letters are drawings (9.6.4), whatever they are called.
      if (nameOf(document.get(state.font?.get('Subtype'))) === 'Type3') unknown();
      const text = state.font ? decodeShown(document, state.font, bytes) : null;
      found.isBlank &&= text?.trim() === '';
      if (text === null) found.isObscure = true;
      else if (text.trim() !== '') {
        const isFilled = state.renderMode === 0 || state.renderMode === 2;
        const isSeen = isFilled && !state.isWhite && !state.isFading && state.alpha > 0.1;
        if (isSeen) found.text += text;
        fonts.add(state.heldFont);
        if (!place.show(text.trimEnd(), state.fontSize, state.matrix, state.clip) || !isSeen)
          found.isObscure = true;
      }
    };

    for (const { operator, operands } of operations(document.decode(stream), budget)) {
      const values = operands.filter((one) => typeof one === 'number');
      const [x = 0, y = 0, width = 0, height = 0] = values;
      place.move(operator, values);
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
          // A pattern may be of any colour.
          state.isWhite = values.every((value) => value > 0.9);
          break;
        case 'k':
          state.isWhite = values.every((value) => value < 0.1);
          break;
        case 'gs':
          applyState(state, resource('ExtGState', operands[0]));
          break;
        case 're':
          begin([x, y, x + width, y, x + width, y + height, x, y + height]);
          break;
        case 'm':
          begin(values);
          break;
        case 'l':
          extend(values, 1);
          break;
        case 'c':
        case 'v':
        case 'y':
          extend(values, Infinity);
          break;
        case 'f':
        case 'F':
        case 'f*':
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          end(true);
          break;
        case 'S':
        case 's':
          end(false);
          break;
        case 'n':
          end(false, false);
          break;
        case 'W':
        case 'W*':
          isClipping = true;
          break;
        case 'BDC':
          // What belongs to a layer may be switched off (8.11.3.2).
          if (nameOf(operands[0]) === 'OC') found.isObscure = true;
          break;
        case 'Tf':
          state.heldFont = held('Font', operands[0]);
          state.font = asDict(document.get(state.heldFont));
          state.fontSize = x;
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
            else if (operator === 'TJ' && typeof item === 'number' && place.isTorn(item))
              found.isObscure = true;
          break;
        case 'sh':
          // It fills all that is not clipped (8.7.4.2), however the space is turned.
          found.hasPictures = true;
          found.isBlank = false;
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
        found.isBlank = false;
        if (!isSeeThrough(document, object.dict)) cover(transformed([0, 0, 1, 1], state.matrix));
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
      const mask = document.get(parameters.get('SMask'));
      const isPlain = mode === null || into.isBlending || (isName(mode) && mode.name === 'Normal');
      into.isFading = !isPlain || isDict(mask);
    }
  }
}

const NOWHERE: Area = [Infinity, Infinity, -Infinity, -Infinity];

const around = (areas: readonly Area[]): Area =>
  areas.reduce(
    (all, [l, b, r, t]) => [
      Math.min(all[0], l),
      Math.min(all[1], b),
      Math.max(all[2], r),
      Math.max(all[3], t),
    ],
    NOWHERE,
  );

/** A border, a background, the lines of a comb: straight, from one side of the whole to the other. Letters are not. */
function isFrame({ area: [left, bottom, right, top], lines }: Subpath, whole: Area): boolean {
  const isAcross = right - left >= 0.8 * (whole[2] - whole[0]);
  return lines <= MAX_LINES && (isAcross || top - bottom >= 0.8 * (whole[3] - whole[1]));
}

const MAX_LINES = 12;

const asDict = (object: CosObject): CosDict | undefined => (isDict(object) ? object : undefined);

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
