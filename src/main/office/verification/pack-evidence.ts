import { readFileSync } from 'node:fs';
import { zipSync, type Zippable } from 'fflate';
import type { PdfDocument } from '../../pdf/reader.ts';
import { signedParts } from '../../signature/levels/signed-parts.ts';
import { anchorsOf } from './anchors.ts';
import type { FileJobs } from './file-jobs.ts';

/** The part of an export that reads files and packs. */
export function packEvidence(
  document: PdfDocument,
  { path, anchors, now, certificates, kept, description }: FileJobs['pack-evidence']['argument'],
): Uint8Array {
  const trusted = anchorsOf(anchors);
  const { parts, evidence } = signedParts(document, { anchors: trusted, now });
  const known = [
    ...parts.flatMap((part) => part.certificates),
    ...evidence.pool,
    ...trusted.map(({ certificate }) => certificate),
  ];
  const chain = known.filter(({ fingerprint }) => certificates.includes(fingerprint));
  const entries: Zippable = {
    'bang-chung.json': Buffer.from(description),
    // What is signed hardly shrinks.
    'van-ban.pdf': [readFileSync(path), { level: 0 }],
  };
  for (const { fingerprint, der } of chain) entries[`chung-thu/${fingerprint}.cer`] = der;
  for (const [name, file] of kept) entries[name] = readFileSync(file);
  return zipSync(entries);
}
