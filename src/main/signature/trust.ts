/** Whom this office trusts: certificates by fingerprint, never by name. */
import { basename } from 'node:path';
import { z } from 'zod';
import rows from '../../../assets/rules/trust-anchors.json' with { type: 'json' };
import { DeskError } from '../../shared/errors/index.ts';
import type { TrustClass } from '../../shared/domain/verification.ts';
import { bundledCertificates } from './cms-read.ts';
import { DerError } from './der.ts';
import { pemBlocks } from './pem.ts';
import { tryReadCertificate } from './x509.ts';
import type { Certificate } from './x509.ts';

const knownSchema = z.array(
  z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    trustClass: z.enum(['cong-vu', 'cong-cong']),
    role: z.enum(['root', 'issuing']),
    subject: z.string(),
    /** How the fingerprint was confirmed; only a sure one is trusted by default. */
    confidence: z.string(),
    trusted: z.boolean(),
  }),
);
export type KnownAuthority = z.infer<typeof knownSchema>[number];

/** The state's and the licensed public authorities, by SHA-256 fingerprint. */
export const knownAuthorities: ReadonlyMap<string, KnownAuthority> = new Map(
  knownSchema.parse(rows).map((authority) => [authority.sha256, authority]),
);

export interface TrustAnchor {
  readonly certificate: Certificate;
  readonly trustClass: Exclude<TrustClass, 'la'>;
}

/** An imported certificate: the state's stays the state's, any other is the office's own decision. */
export const importedAnchor = (certificate: Certificate): TrustAnchor => ({
  certificate,
  trustClass: knownAuthorities.get(certificate.fingerprint)?.trustClass ?? 'noi-bo',
});

/** Certificates found anywhere (in a PDF, on a token) that are known authorities' and trusted by default. */
export const recognisedAnchors = (found: readonly Certificate[]): TrustAnchor[] =>
  found.flatMap((certificate) => {
    const authority = knownAuthorities.get(certificate.fingerprint);
    return authority?.trusted ? [{ certificate, trustClass: authority.trustClass }] : [];
  });

const MAX_TRUST_FILE = 4 * 1024 * 1024;

/**
 * Certificates of a .cer, .crt, .pem or .p7b file.
 * @throws signature.trust-unreadable
 */
export function readTrustFile(bytes: Uint8Array, file: string): Certificate[] {
  const found = bytes.length > MAX_TRUST_FILE ? [] : pemBlocks(bytes).flatMap(certificatesIn);
  if (found.length === 0) throw new DeskError('signature.trust-unreadable', { file: basename(file) });
  return found;
}

function certificatesIn(der: Uint8Array): Certificate[] {
  const certificate = tryReadCertificate(der);
  if (certificate) return [certificate];
  try {
    return bundledCertificates(der);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
