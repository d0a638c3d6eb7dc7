/** A reader with a mistake that no change at random finds at once: for the test of the loop itself. */
export function planted(bytes: Uint8Array): string {
  if (bytes[0] !== 0x80) return 'a';
  if (bytes[1] !== 0x81) return 'b';
  if (bytes[2] !== 0x84) return 'c';
  if (bytes[3] !== 0xfe) return 'd';
  throw new Error('planted');
}
