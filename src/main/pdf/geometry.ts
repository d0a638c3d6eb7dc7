/** Lengths are points (1/72 inch) unless a name says otherwise. */

export const POINTS_PER_MM = 72 / 25.4;
export const mmToPt = (mm: number): number => mm * POINTS_PER_MM;
export const ptToMm = (pt: number): number => pt / POINTS_PER_MM;

/** A rectangle of user space, left ≤ right and bottom ≤ top. */
export type Rect = readonly [left: number, bottom: number, right: number, top: number];

/**
 * A rectangle on the page as a person sees it: rotation applied, measured from the top left corner of the visible
 * page in real points (UserUnit applied), y downwards. The same numbers as a pdf.js viewport at scale 1.
 */
export interface ViewBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Rotation = 0 | 90 | 180 | 270;

export interface PageGeometry {
  /** CropBox ∩ MediaBox (ISO 32000-2, 14.11.2.1), in user space. */
  readonly box: Rect;
  readonly rotate: Rotation;
  /** Points a unit of user space. */
  readonly userUnit: number;
}

/** Size of the page as seen. */
export function viewSize({ box, rotate, userUnit }: PageGeometry): { width: number; height: number } {
  const width = (box[2] - box[0]) * userUnit;
  const height = (box[3] - box[1]) * userUnit;
  return rotate % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a seen rectangle lies in user space: what a widget's /Rect holds. */
export function viewToUser(geometry: PageGeometry, view: ViewBox): Rect {
  const [left, bottom, right, top] = geometry.box;
  const [x, y, w, h] = [view.x, view.y, view.width, view.height].map((n) => n / geometry.userUnit) as [
    number,
    number,
    number,
    number,
  ];
  if (geometry.rotate === 90) return [left + y, bottom + x, left + y + h, bottom + x + w];
  if (geometry.rotate === 180) return [right - x - w, bottom + y, right - x, bottom + y + h];
  if (geometry.rotate === 270) return [right - y - h, top - x - w, right - y, top - x];
  return [left + x, top - y - h, left + x + w, top - y];
}

/** The reverse of `viewToUser`. */
export function userToView(geometry: PageGeometry, rect: Rect): ViewBox {
  const [left, bottom, right, top] = geometry.box;
  const [l, b, r, t] = rect;
  const box = {
    0: { x: l - left, y: top - t, width: r - l, height: t - b },
    90: { x: b - bottom, y: l - left, width: t - b, height: r - l },
    180: { x: right - r, y: b - bottom, width: r - l, height: t - b },
    270: { x: top - t, y: right - r, width: t - b, height: r - l },
  }[geometry.rotate];
  const u = geometry.userUnit;
  return { x: box.x * u, y: box.y * u, width: box.width * u, height: box.height * u };
}

/** /Matrix that stands an appearance of `width` × `height` upright on a page turned by `rotate` (12.5.5). */
export function uprightMatrix(
  rotate: Rotation,
  width: number,
  height: number,
): readonly number[] | undefined {
  if (rotate === 90) return [0, 1, -1, 0, height, 0];
  if (rotate === 180) return [-1, 0, 0, -1, width, height];
  if (rotate === 270) return [0, -1, 1, 0, 0, width];
  return undefined;
}

/** The matrix that takes points of user space onto the page as seen: `userToView` for a point. */
export function viewMatrix({ box, rotate, userUnit: u }: PageGeometry): readonly number[] {
  const [left, bottom, right, top] = box;
  return {
    0: [u, 0, 0, -u, -left * u, top * u],
    90: [0, u, u, 0, -bottom * u, -left * u],
    180: [-u, 0, 0, u, right * u, -bottom * u],
    270: [0, -u, -u, 0, top * u, right * u],
  }[rotate];
}
