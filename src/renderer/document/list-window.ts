/** How many rows are asked for at once. */
export const windowSize = 150;
const alignment = 50;

/** The offset of the window of rows to ask for when `first` is the topmost one seen; scrolling inside it asks nothing. */
export function windowOffset(first: number): number {
  return Math.max(0, Math.floor(first / alignment) * alignment - alignment);
}
