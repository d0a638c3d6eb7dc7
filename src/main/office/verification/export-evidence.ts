import type { Result } from '../../../shared/ipc/index.ts';
import { piecesOf } from '../../store/files.ts';
import { evidenceOf, type EvidenceRow } from '../../store/queries/documents.ts';
import { keptEvidenceOf } from './kept-evidence.ts';
import { anchorsFor } from './anchors.ts';
import type { OpenOffice } from './open-office.ts';

/**
 * One ZIP with what proves the signatures of a file (TT 15/2025/TT-BKHCN, Điều 5.7): the file, what is known of each
 * signature as JSON, and every certificate of the chains, revocation answer and timestamp as DER under its SHA-256.
 */
export async function exportEvidence(
  office: OpenOffice,
  file: string,
  added: Map<string, string>,
): Promise<Result<'verification.export-evidence'>> {
  const verification = await office.verification.of(file);
  const evidence = await keptEvidenceOf(office, file);
  const certificates = verification.signatures.flatMap(({ signer }) =>
    signer ? [signer.certificate, ...signer.chain] : [],
  );
  const kept = new Map<string, string>();
  for (const { type, answer } of evidenceOf(office.tables, file))
    kept.set(nameOf(type, answer), office.files.path(answer));
  for (const { made } of evidence.signatures)
    if (made?.timestamp) kept.set(`dau-thoi-gian/${made.timestamp}.tst`, office.files.path(made.timestamp));
  const zip = await office.asked.ask('pack-evidence', {
    path: office.files.path(file),
    ...office.passwords.openingOf(file),
    anchors: anchorsFor(office),
    now: office.now(),
    certificates: certificates.map(({ fingerprint }) => fingerprint),
    kept,
    description: JSON.stringify({ evidence, verification }, null, 2),
  });
  const { sha256 } = await office.files.putStream(piecesOf(zip), zip.length);
  added.set(sha256, 'application/zip');
  return { sha256, name: `bang-chung-chu-ky-${file.slice(0, 8)}.zip` };
}

const places = {
  certificate: ['chung-thu', 'cer'],
  CRL: ['thu-hoi', 'crl'],
  OCSP: ['thu-hoi', 'ors'],
} as const satisfies Record<EvidenceRow['type'], readonly [string, string]>;

function nameOf(type: EvidenceRow['type'], sha256: string): string {
  const [folder, ending] = places[type];
  return `${folder}/${sha256}.${ending}`;
}
