/** W3C Portable Network Graphics, 5.2: the eight bytes every PNG begins with. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(start: Uint8Array): boolean {
  return signature.every((byte, i) => start[i] === byte);
}

/** Nothing lies visible under it: what it stands on would be hidden. */
export async function isOpaque(file: Blob): Promise<boolean> {
  const { data } = await pixelsOf(file);
  for (let at = 3; at < data.length; at += 4) if (data[at]! < FAINT_ABOVE) return false;
  return true;
}

/** An alpha that shows the paper; scanners leave a little of it everywhere. */
const FAINT_ABOVE = 240;
/** What is nearly white in a scan is paper. */
const PAPER = 235;

/** The picture as ink on nothing: it looks on white as it did, and lets everything else through. */
export async function withoutWhite(file: File): Promise<File> {
  const pixels = await pixelsOf(file);
  const { data, width, height } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const least = Math.min(red, green, blue);
    const alpha = least >= PAPER ? 0 : 1 - least / 255;
    const ink = (value: number) => (alpha === 0 ? 0 : Math.round((value - (1 - alpha) * 255) / alpha));
    data.set([ink(red), ink(green), ink(blue), Math.round(alpha * 255)], at);
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], file.name, { type: 'image/png' });
}

async function pixelsOf(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
