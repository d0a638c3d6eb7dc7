/** Whether certificates were revoked, asked of the services they name. */
import { DeskError } from '../../../shared/errors/index.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { signerName } from '../../x509/certificate-use.ts';
import { signedParts } from '../../signature/levels/signed-parts.ts';
import { openServices } from '../../signature/levels/services.ts';
import type { LevelServices } from '../../signature/levels/index.ts';
import { completeChain } from '../../signature/online/chain.ts';
import { fetchRevocation } from '../../signature/online/revocation.ts';
import { readCertificate, tryReadCertificate } from '../../x509/certificate.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { anchorsOf } from './anchors.ts';
import type { FileJobs, FoundStatus, FoundStatuses } from './file-jobs.ts';

export const servicesOf = ({
  anchors,
  tsaUrls,
  cacheFolder,
  now,
}: FileJobs['statuses']['argument'] | FileJobs['raise']['argument']): LevelServices => {
  const ahead = now - Date.now();
  return openServices({ tsaUrls, cacheFolder, now: () => Date.now() + ahead, anchors: anchorsOf(anchors) });
};

/** Asks about each signer of a file and everybody above; what does not answer stops nothing. */
export async function statusesOf(
  document: PdfDocument,
  services: LevelServices,
  fetchedAfter: number | null,
): Promise<FoundStatuses> {
  const { parts, evidence } = signedParts(document, {
    anchors: services.anchors,
    now: services.online.now(),
  });
  const leaves = parts.filter(({ isIntact }) => isIntact).flatMap(({ certificates }) => certificates);
  const online = fetchedAfter === null ? services.online : { ...services.online, fetchedAfter };
  return ask(leaves, evidence.pool, { ...services, online });
}

/** Asks about a certificate before it signs. */
export async function statusOf(
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
  services: LevelServices,
): Promise<FoundStatuses> {
  const pool = chain.flatMap((der) => tryReadCertificate(der) ?? []);
  return await ask([readCertificate(certificate)], pool, services);
}

/** Whether it says where to ask about its revocation. */
export const namesSource = ({ extensions }: Certificate): boolean =>
  extensions.crlDistributionPoints.length > 0 || extensions.ocspUrls.length > 0;

async function ask(
  leaves: readonly Certificate[],
  pool: readonly Certificate[],
  { anchors, online }: LevelServices,
): Promise<FoundStatuses> {
  const statuses: FoundStatus[] = [];
  const fetched = new Map<string, Uint8Array>();
  const asked = new Set<string>();
  let failure: DeskError | null = null;
  const roots = anchors.map(({ certificate }) => certificate);
  for (const leaf of leaves) {
    const { certificates, isComplete, failures } = await completeChain(
      leaf,
      { anchors: roots, pool },
      online,
    );
    for (const one of certificates)
      if (one !== leaf && !pool.includes(one) && !roots.includes(one)) fetched.set(one.fingerprint, one.der);
    if (!isComplete) failure ??= failures[0]?.error ?? issuerMissing(certificates.at(-1)!);
    for (const [n, certificate] of certificates.slice(0, -1).entries()) {
      if (asked.has(certificate.fingerprint) || !namesSource(certificate)) continue;
      asked.add(certificate.fingerprint);
      const answer = await fetchRevocation(
        {
          certificate,
          issuer: certificates[n + 1]!,
          anchors: [certificates.at(-1)!],
          pool: [...certificates, ...pool],
        },
        online,
      );
      const { evidence } = answer;
      if (!evidence) {
        failure ??= answer.failures[0]?.error ?? missing(certificate);
        continue;
      }
      statuses.push(...found(certificate, evidence));
      // An OCSP answer carries its signer's certificate, a list does not.
      if (evidence.type === 'CRL' && evidence.responder)
        fetched.set(evidence.responder.fingerprint, evidence.responder.der);
    }
  }
  return {
    statuses,
    certificates: [...fetched.values()],
    failure: failure && { code: failure.code, params: failure.params },
  };
}

type Answer = NonNullable<Awaited<ReturnType<typeof fetchRevocation>>['evidence']>;

/** The answer, and behind a list the delta list that continues it. */
function found(certificate: Certificate, evidence: Answer): FoundStatus[] {
  const { type, result, revokedAt, delta } = evidence;
  const name = signerName(certificate);
  return [evidence, ...(delta ? [delta] : [])].map(({ der, url, fetchedAt, thisUpdate, nextUpdate }) => ({
    certificate: certificate.fingerprint,
    name,
    type,
    der,
    url,
    fetchedAt,
    thisUpdate,
    nextUpdate,
    result,
    revokedAt,
  }));
}

const missing = (certificate: Certificate): DeskError =>
  new DeskError('signature.revocation-missing', { name: signerName(certificate) });
const issuerMissing = (certificate: Certificate): DeskError =>
  new DeskError('signature.issuer-missing', { name: signerName(certificate) });
