/** Whom this office trusts: certificates by fingerprint, never by name. */
import { z } from 'zod';
import rows from '../../../assets/rules/trust-anchors.json' with { type: 'json' };
import type { TrustClass } from '../../shared/domain/verification.ts';
import type { Certificate } from './certificate.ts';

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
