import type { Box, Placement } from '../../shared/ipc/signing.ts';

/** Boxes are in points from the top left corner of the page as displayed. */
export const pointsPerMm = 72 / 25.4;
/** No mark comes nearer to the edge of the page. */
const marginPt = 8;

export interface Sheet {
  readonly widthPt: number;
  readonly heightPt: number;
}

const within = (value: number, low: number, high: number) =>
  Math.max(low, Math.min(value, Math.max(low, high)));

/** The box moved as little as needed to lie on the page. */
export function keepOnPage(box: Box, { widthPt, heightPt }: Sheet): Box {
  return {
    ...box,
    x: within(box.x, marginPt, widthPt - marginPt - box.width),
    y: within(box.y, marginPt, heightPt - marginPt - box.height),
  };
}

export function moveBy(box: Box, dx: number, dy: number, sheet: Sheet): Box {
  return keepOnPage({ ...box, x: box.x + dx, y: box.y + dy }, sheet);
}

/** The box with its centre at a point of a page. */
export function centreAt(box: Box, page: number, x: number, y: number, sheet: Sheet): Box {
  return keepOnPage({ ...box, page, x: x - box.width / 2, y: y - box.height / 2 }, sheet);
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves a box, in points: 1 mm, with Shift 0.1 mm. Undefined for other keys. */
export function nudge(key: string, fine: boolean): readonly [dx: number, dy: number] | undefined {
  const direction = directions[key];
  if (!direction) return undefined;
  const step = pointsPerMm * (fine ? 0.1 : 1);
  return [direction[0] * step, direction[1] * step];
}

/** Distance between the centres, in millimetres; null when the box stands on another page than the rule's. */
export function offsetMm(box: Box, rule: Box): number | null {
  if (box.page !== rule.page) return null;
  const dx = box.x + box.width / 2 - (rule.x + rule.width / 2);
  const dy = box.y + box.height / 2 - (rule.y + rule.height / 2);
  return Math.hypot(dx, dy) / pointsPerMm;
}

/** Below this nobody sees a difference on paper. */
export const exactMm = 0.05;

/** Whether a mark hides too much of whom the document goes to. */
export function coversRecipients(box: Box, recipients: Placement['recipients']): boolean {
  if (!recipients) return false;
  const { lines, mostCovered } = recipients;
  const whole = lines.reduce((sum, { width, height }) => sum + width * height, 0);
  const covered = lines.reduce((sum, line) => sum + commonArea(box, line), 0);
  return covered > mostCovered * whole;
}

function commonArea(a: Box, b: Box): number {
  if (a.page !== b.page) return 0;
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** A signature field of the file stands where its author put it. */
export const isFixed = ({ found }: Pick<Placement, 'found'>): boolean => found === 'field';

/** Only some places are the law's; the others are just found, or estimated from the title alone. */
export const isByRule = ({ found }: Pick<Placement, 'found'>): boolean =>
  found !== 'free' && found !== 'blank' && found !== 'title-only';
