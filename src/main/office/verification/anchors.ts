import { DeskError } from '../../../shared/errors/index.ts';
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

/** A certificate this office trusts, or why it cannot be had: then nothing is trusted because of it. */
export function storedAnchor(files: Records['files'], file: string): SentAnchor | DeskError {
  try {
    const der = files.read(file);
    return { der, trustClass: importedAnchor(readCertificate(der)).trustClass };
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
}

/** The anchors of the office that can be had, as a job for a thread names them. */
export const anchorsFor = (store: Pick<Records, 'tables' | 'files'>): SentAnchor[] =>
  [...trustedCertificates(store)].flatMap((file) => {
    const anchor = storedAnchor(store.files, file);
    return anchor instanceof DeskError ? [] : [anchor];
  });

/** Trusted authorities as they came to a thread, read again. */
export const anchorsOf = (anchors: readonly SentAnchor[]): TrustAnchor[] =>
  anchors.map(({ der, trustClass }) => ({ certificate: readCertificate(der), trustClass }));
