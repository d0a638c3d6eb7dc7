/** How the sample department signs: leader, then seal, each an incremental update, with keys in memory. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageAppearance } from '../../src/main/pdf/appearance.ts';
import { readPng } from '../../src/main/pdf/png.ts';
import { infoAppearance } from '../../src/main/paper/info-appearance.ts';
import { viewSize } from '../../src/main/pdf/geometry.ts';
import { getPage, pageGeometry } from '../../src/main/pdf/pages.ts';
import { findSignaturePlaces, infoBox } from '../../src/main/paper/placement.ts';
import { openPdf } from '../../src/main/pdf/reader.ts';
import { memorySource } from '../../src/main/pdf/source.ts';
import { openText } from '../../src/main/pdf/text.ts';
import { signPdf, type SigningRequest } from '../../src/main/signature/sign.ts';
import { sealPng, signaturePng } from '../fixtures/pdf/images.ts';
import type { Identity } from '../pki/ca.ts';
import { softSigner } from '../pki/soft-signer.ts';

const SEAL_MM = 36;

async function inTurn(
  pdf: Uint8Array,
  steps: readonly { readonly request: SigningRequest; readonly identity: Identity }[],
): Promise<Uint8Array> {
  const dir = mkdtempSync(join(tmpdir(), 'letter-'));
  try {
    writeFileSync(join(dir, '0.pdf'), pdf);
    for (const [i, { request, identity }] of steps.entries())
      await signPdf({
        input: join(dir, `${i}.pdf`),
        output: join(dir, `${i + 1}.pdf`),
        request,
        signer: softSigner(identity),
      });
    return new Uint8Array(readFileSync(join(dir, `${steps.length}.pdf`)));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Leader's signature between title and name, then the seal over its left third. */
export async function signLetter(
  pdf: Uint8Array,
  leader: { readonly identity: Identity; readonly title: string; readonly fullName: string },
  agency: Identity,
): Promise<Uint8Array> {
  const handwriting = signaturePng(7);
  const { width, height } = readPng(handwriting);
  const layer = await openText(memorySource(pdf));
  try {
    const { page, ...boxes } = await findSignaturePlaces(layer, leader, {
      imageAspect: width / height,
      sealMm: SEAL_MM,
    });
    const step = async (box: typeof boxes.personal, image: Uint8Array, identity: Identity) => ({
      request: {
        target: { kind: 'new' as const, page, box },
        appearance: await imageAppearance(image, box.width, box.height),
      },
      identity,
    });
    return await inTurn(pdf, [
      await step(boxes.personal, handwriting, leader.identity),
      await step(boxes.agency, sealPng(), agency),
    ]);
  } finally {
    await layer.close();
  }
}

/** The text-only mark of a separate appendix, top right of its first page. */
export async function markAppendix(
  pdf: Uint8Array,
  lines: readonly string[],
  agency: Identity,
): Promise<Uint8Array> {
  const appearance = await infoAppearance(lines);
  const document = openPdf(memorySource(pdf));
  const box = infoBox(viewSize(pageGeometry(document, getPage(document, 0))), appearance);
  return inTurn(pdf, [{ request: { target: { kind: 'new', page: 0, box }, appearance }, identity: agency }]);
}
