/**
 * A certificate's status by the lists it names (RFC 5280, 6.3): those of its issuer, those another authority keeps for
 * it (indirect, 5.2.5), and what a delta list has learnt since (5.2.4, 5.2.6).
 */
import { DeskError } from '../../../shared/errors/index.ts';
import { UnsupportedAlgorithm } from '../../x509/algorithms.ts';
import { isCrlSignedBy, readCrl } from '../../x509/crl.ts';
import type { Crl } from '../../x509/crl.ts';
import { DerError } from '../../asn1/der.ts';
import type { DistributionPoint } from '../../x509/distribution-point.ts';
import { crlSigner } from '../../x509/path-build.ts';
import { continues, crlStatus } from '../../x509/revocation.ts';
import type { Certificate } from '../../x509/certificate.ts';
import type { AskedCertificate, RevocationEvidence } from './revocation-evidence.ts';
import {
  cachedOrFetched,
  certificatesAt,
  CLOCK_SLACK,
  download,
  hostOf,
  isCurrent,
  SERVICE_LIMITS,
  webAddresses,
} from './service.ts';
import type { OnlineServices, SourceFailure } from './service.ts';

/** Addresses in full names of points; where a list stands in a directory is not asked. */
export const pointUrls = (points: readonly DistributionPoint[]): string[] =>
  points.flatMap(({ name }) =>
    name?.kind === 'full' ? name.names.flatMap((one) => (one.kind === 'uri' ? [one.value] : [])) : [],
  );

const unusable = (url: string, detail: string, cause?: unknown): DeskError =>
  new DeskError('signature.crl-unusable', { host: hostOf(url), detail }, cause);

interface Read {
  readonly der: Uint8Array;
  readonly crl: Crl;
  /** Whose key signed it. */
  readonly signer: Certificate;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
}

/**
 * @param failures takes in further addresses asked in vain: a list stands without the delta list it names
 * @throws signature.crl-unusable, signature.service-stopped and what else the service's client throws
 */
export async function askCrl(
  url: string,
  asked: AskedCertificate,
  services: OnlineServices,
  failures: SourceFailure[],
): Promise<RevocationEvidence> {
  const { issuer } = asked;
  const base = await fetchList(url, services, async (crl) => {
    const signer = await signerOf(crl, asked, services, failures);
    if (!signer) throw unusable(url, 'signature');
    if (statusBy([crl], asked, services).status === 'unknown') throw unusable(url, 'other-certificates');
    return signer;
  });
  const delta = await freshest(base, asked, services, failures);
  const lists = delta ? [base.crl, delta.crl] : [base.crl];
  const status = statusBy(lists, asked, services);
  if (status.status === 'unknown') throw unusable(url, 'other-certificates');
  const isRevoked = status.status === 'revoked';
  return {
    type: 'CRL',
    url,
    der: base.der,
    fetchedAt: base.fetchedAt,
    thisUpdate: base.thisUpdate,
    nextUpdate: base.nextUpdate,
    delta,
    result: status.status,
    revokedAt: isRevoked ? status.at : null,
    reason: isRevoked ? status.reason : null,
    responder: isSame(base.signer, issuer) ? null : base.signer,
  };
}

/** @param accept finds the signer; throws what makes the list unusable */
function fetchList(
  url: string,
  services: OnlineServices,
  accept: (crl: Crl) => Certificate | Promise<Certificate>,
): Promise<Read & { readonly fetchedAt: number }> {
  const read = async (der: Uint8Array): Promise<Read> => {
    try {
      const crl = readCrl(der);
      const signer = await accept(crl);
      const { thisUpdate } = crl;
      const nextUpdate = crl.nextUpdate === Infinity ? null : crl.nextUpdate;
      if (!isCurrent({ thisUpdate, nextUpdate }, services.now())) throw unusable(url, 'not-current');
      return { der, crl, signer, thisUpdate, nextUpdate };
    } catch (error) {
      if (error instanceof DerError || error instanceof UnsupportedAlgorithm)
        throw unusable(url, error.message, error);
      throw error;
    }
  };
  return cachedOrFetched(`CRL ${url}`, services, () => download(url, SERVICE_LIMITS.crl, services), read);
}

function statusBy(crls: readonly Crl[], { certificate }: AskedCertificate, { now }: OnlineServices) {
  const at = Math.min(now(), ...crls.map(({ nextUpdate }) => nextUpdate));
  return crlStatus(certificate, { crls, isAuthentic: () => true, at, now: now() + CLOCK_SLACK });
}

/**
 * Who signed the list: the certificate's issuer, or somebody with a path to the same anchor (6.3.3 f). Whether that
 * one was revoked is asked like any other certificate's status.
 */
async function signerOf(
  crl: Crl,
  { issuer, anchors, pool }: AskedCertificate,
  services: OnlineServices,
  failures: SourceFailure[],
): Promise<Certificate | null> {
  const known = [issuer, ...anchors, ...pool];
  const place = { issuer, anchors, at: services.now() };
  const found = crlSigner(crl, known, place);
  if (found) return found;
  return crlSigner(crl, [...(await certificatesAt(crl.issuerUrls, services, failures)), ...known], place);
}

const isSame = (a: Certificate, b: Certificate): boolean => a.fingerprint === b.fingerprint;

/** The delta list of this one, where the certificate or the list names one that can be had (4.2.1.15, 5.2.6). */
async function freshest(
  { crl: base, signer }: Read,
  { certificate }: AskedCertificate,
  services: OnlineServices,
  failures: SourceFailure[],
): Promise<(Read & { readonly fetchedAt: number; readonly url: string }) | null> {
  const points = [...certificate.extensions.freshestCrl, ...base.freshest];
  for (const url of webAddresses([...new Set(pointUrls(points))])) {
    try {
      const found = await fetchList(url, services, (crl) => {
        if (!isCrlSignedBy(crl, signer)) throw unusable(url, 'signature');
        if (!continues(crl, base) || crl.unusable) throw unusable(url, 'other-base');
        return signer;
      });
      return { ...found, url };
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'signature.service-stopped') throw error;
      failures.push({ url, error });
    }
  }
  return null;
}
