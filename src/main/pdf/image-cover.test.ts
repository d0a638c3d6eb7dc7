import { expect, it } from 'vitest';
import { letter } from '../../../tests/fixtures/pdf/samples.ts';
import type { CosObject } from './cos.ts';
import { dict, name, stream } from './cos.ts';
import { imageCover } from './image-cover.ts';
import { openPdf } from './reader.ts';
import { memorySource } from './source.ts';

const document = openPdf(memorySource(await letter()));

/** An image of two pixels beside each other. */
const image = (entries: Record<string, CosObject>, bytes: readonly number[] = [0, 0]) =>
  stream(dict({ Width: 2, Height: 1, ColorSpace: name('DeviceGray'), BitsPerComponent: 8, ...entries }), () =>
    Uint8Array.from(bytes),
  );
const bits = (byte: number, entries: Record<string, CosObject> = {}) =>
  image({ ImageMask: true, BitsPerComponent: 1, ...entries }, [byte]);

it.each([
  ['without a mask', image({}), [1]],
  ['a stencil: 0 paints', bits(0b01000000), [1, 0]],
  ['a stencil turned round', bits(0b01000000, { Decode: [1, 0] }), [0, 1]],
  ['a soft mask', image({ SMask: image({}, [255, 51]) }), [1, 0.2]],
  ['a soft mask of one bit', image({ SMask: image({ BitsPerComponent: 1 }, [0b10000000]) }), [1, 0]],
  ['a soft mask of sixteen', image({ SMask: image({ BitsPerComponent: 16 }, [255, 255, 0, 0]) }), [1, 0]],
  ['a soft mask turned round', image({ SMask: image({ Decode: [1, 0] }, [255, 0]) }), [0, 1]],
  ['an explicit mask: 1 masks out', image({ Mask: bits(0b01000000) }), [1, 0]],
  ['a colour key', image({ Mask: [250, 255] }, [255, 0]), [0, 1]],
  ['a soft mask before a colour key', image({ SMask: image({}, [0, 255]), Mask: [0, 255] }), [0, 1]],
  ['a mask in a codec', image({ SMask: image({ Filter: name('JPXDecode') }, [0, 0]) }), [1]],
  ['a mask cut short', image({ SMask: image({}, [0]) }), [1]],
  ['a colour key over a codec', image({ Mask: [0, 255], Filter: name('DCTDecode') }), [1]],
])('%s', (_, one, opacity) => {
  expect(imageCover(document, one).opacity.map((part) => Math.round(part * 10) / 10)).toEqual(
    Float32Array.from(opacity),
  );
});

it('measures a large image in parts', () => {
  const mask = image(
    { Width: 512, Height: 256 },
    Array.from({ length: 512 * 256 }, (_, i) => i & 255),
  );
  const { columns, rows, opacity } = imageCover(document, image({ SMask: mask }));
  expect([columns, rows]).toEqual([128, 128]);
  expect(opacity[0]).toBeCloseTo(1.5 / 255);
  expect(opacity[63]).toBeCloseTo(253.5 / 255);
});
