import { readCertificate } from '../../x509/certificate.ts';
import { importedAnchor, knownAuthorities, type TrustAnchor } from '../../x509/trust.ts';
import type { Records } from '../../store/index.ts';
import { importedRoots, metAuthorities } from '../../store/queries/office.ts';
import type { SentAnchor } from './file-jobs.ts';

/** SHA-256 of the certificates this office has decided to trust, and of known authorities that it has met anywhere. */
export const trustedCertificates = ({ tables }: Pick<Records, 'tables'>): ReadonlySet<string> =>
  new Set([
    ...importedRoots(tables).map(({ file }) => file),
    ...metAuthorities(tables).filter((sha256) => knownAuthorities.get(sha256)?.trusted),
  ]);

/** The anchors of the office, as a job for a thread names them. */
export function anchorsFor(store: Pick<Records, 'tables' | 'files'>): SentAnchor[] {
  return [...trustedCertificates(store)].map((file) => {
    const der = store.files.read(file);
    return { der, trustClass: importedAnchor(readCertificate(der)).trustClass };
  });
}

export const anchorsOf = (anchors: readonly SentAnchor[]): TrustAnchor[] =>
  anchors.map(({ der, trustClass }) => ({ certificate: readCertificate(der), trustClass }));
