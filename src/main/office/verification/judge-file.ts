import { recognisedAnchors } from '../../x509/trust.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import { verifyFile } from '../../signature/verify.ts';
import { tryReadCertificate } from '../../x509/certificate.ts';
import { anchorsOf } from './anchors.ts';
import type { FileJobs } from './file-jobs.ts';

/** The judgement of a file, and which authorities trusted by their fingerprint were seen on the way. */
export async function judgeFile({
  path,
  anchors,
  certificates,
  ...rest
}: FileJobs['verify']['argument']): Promise<FileJobs['verify']['result']> {
  let met: readonly TrustAnchor[] = [];
  const verification = await verifyFile(path, {
    ...rest,
    anchors: anchorsOf(anchors),
    certificates: certificates.flatMap((der) => tryReadCertificate(der) ?? []),
    onCertificates: (found) => (met = recognisedAnchors(found)),
  });
  return { verification, authorities: met.map(({ certificate }) => certificate.der) };
}
