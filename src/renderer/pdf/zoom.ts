/** What the person chose: fit the page, fit its width, or a factor where 1 is the size on paper. */
export type Zoom = 'page' | 'width' | number;

/** Width and height as displayed, in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels in a point: a CSS inch is 96 pixels and 72 points. */
export const pixelsPerPoint = 96 / 72;
/** Room around a page, in CSS pixels. */
export const pageGap = 12;

const factors = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];
const smallest = 0.1;
const largest = 5;

const clamp = (factor: number) => Math.min(largest, Math.max(smallest, factor));

/** CSS pixels per point for a page in a view of that many CSS pixels. */
export function scaleFor(zoom: Zoom, page: PageSize, view: PageSize): number {
  if (typeof zoom === 'number') return clamp(zoom) * pixelsPerPoint;
  const byWidth = (view.width - 2 * pageGap) / page.width;
  const fitted = zoom === 'width' ? byWidth : Math.min(byWidth, (view.height - 2 * pageGap) / page.height);
  return clamp(fitted / pixelsPerPoint) * pixelsPerPoint;
}

/** The next rounder factor above or below the present one. */
export function stepZoom(factor: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? factors.find((candidate) => candidate > factor + 0.005)
      : factors.findLast((candidate) => candidate < factor - 0.005);
  return next ?? clamp(factor);
}

/** Ctrl+wheel: smooth on touchpads (many small steps), one step of about 10 % on a mouse. */
export function wheelZoom(factor: number, deltaY: number): number {
  return clamp(factor * Math.exp(-Math.max(-100, Math.min(100, deltaY)) / 1000));
}

const storageKey = 'pdf-zoom';

export function rememberedZoom(): Zoom {
  const stored = localStorage.getItem(storageKey);
  if (stored === 'page' || stored === 'width') return stored;
  const factor = Number(stored);
  return stored !== null && Number.isFinite(factor) && factor > 0 ? clamp(factor) : 'width';
}

export function rememberZoom(zoom: Zoom): void {
  localStorage.setItem(storageKey, String(zoom));
}
