/** W3C Portable Network Graphics, 5.2: the eight bytes every PNG begins with. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(start: Uint8Array): boolean {
  return signature.every((byte, i) => start[i] === byte);
}
