/** Collects what proves the signatures of a file: chains, and the status of every certificate in them. */
import { DeskError } from '../../../shared/errors/index.ts';
import { localDay, showDay } from '../../../shared/text/dates.ts';
import type { PdfDocument } from '../../pdf/reader.ts';
import { signerName } from '../../x509/certificate-use.ts';
import { completeChain } from '../online/chain.ts';
import { fetchRevocation } from '../online/revocation.ts';
import type { RevocationAnswer } from '../online/revocation.ts';
import type { RevocationEvidence } from '../online/revocation-evidence.ts';
import type { OnlineServices } from '../online/service.ts';
import type { TrustAnchor } from '../../x509/trust.ts';
import type { Certificate } from '../../x509/certificate.ts';
import type { SignatureProof } from '../../pdf/dss.ts';
import { signedParts } from './signed-parts.ts';
import type { FileParts, SignedPart } from './signed-parts.ts';
import { knownStatus } from './proof.ts';

export interface GatherOptions {
  readonly online: OnlineServices;
  /** Whose timestamps count, and where chains end. */
  readonly anchors: readonly TrustAnchor[];
  /** Signatures to prove, with the document timestamps that hold; default all of the file. */
  readonly fields?: readonly string[];
}

export interface ValidationData {
  readonly proofs: readonly SignatureProof[];
  /** What was fetched now, for the evidence kept of each signature. */
  readonly evidence: readonly RevocationEvidence[];
}

/**
 * @throws signature.not-signed, signature.not-intact, signature.issuer-missing, signature.revocation-missing,
 *   signature.revoked, signature.service-stopped
 */
export async function gatherValidationData(
  document: PdfDocument,
  options: GatherOptions,
): Promise<ValidationData> {
  const { online, anchors, fields } = options;
  const file = signedParts(document, { anchors, now: online.now() });
  const wanted = file.parts.filter(
    ({ field, kind, isIntact }) => !fields || fields.includes(field) || (kind === 'timestamp' && isIntact),
  );
  if (wanted.length === 0) throw new DeskError('signature.not-signed');
  const broken = wanted.find(({ isIntact }) => !isIntact);
  if (broken) throw new DeskError('signature.not-intact', { field: broken.field });
  const freshAfter = Math.max(...wanted.map(({ provenAt }) => provenAt ?? -Infinity));
  const gathering: Gathering = {
    file,
    anchors: anchors.map(({ certificate }) => certificate),
    // What was kept from before the signature cannot tell whether its key was already stolen then.
    online: { freshAfter, ...online },
    fetched: new Map(),
  };
  const proofs: SignatureProof[] = [];
  for (const part of wanted) proofs.push(await prove(part, gathering));
  const answers = await Promise.all(gathering.fetched.values());
  return { proofs, evidence: answers.flatMap(({ evidence }) => evidence ?? []) };
}

interface Gathering {
  readonly file: FileParts;
  readonly anchors: readonly Certificate[];
  readonly online: OnlineServices;
  /** By fingerprint: a certificate that many signatures share is asked about once. */
  readonly fetched: Map<string, Promise<RevocationAnswer>>;
}

/** Signer, timestamp authorities and responders of one signature. */
const MAX_LEAVES = 12;

async function prove(part: SignedPart, gathering: Gathering): Promise<SignatureProof> {
  const certificates: Uint8Array[] = [];
  const at = part.provenAt ?? gathering.online.now();
  const answers = { OCSP: [] as Uint8Array[], CRL: [] as Uint8Array[] };
  // Those whom an OCSP answer rests on join the list while it is worked through.
  const leaves = [...part.certificates];
  for (const leaf of leaves) {
    const chain = await chainOf(leaf, gathering);
    certificates.push(...chain.map(({ der }) => der));
    for (const [index, certificate] of chain.slice(0, -1).entries()) {
      const status = await statusOf(certificate, chain.slice(index + 1), at, gathering);
      checkNotRevoked(certificate, status.revokedAt, at);
      answers[status.type].push(status.der, ...(status.delta ? [status.delta.der] : []));
      const { responder } = status;
      if (!responder) continue;
      certificates.push(responder.der);
      const isAsked = leaves.some(({ fingerprint }) => fingerprint === responder.fingerprint);
      // RFC 6960, 4.2.2.2.1: an authority that marks its responder so wants no status asked of it.
      if (!isAsked && leaves.length < MAX_LEAVES && !responder.extensions.ocspNoCheck) leaves.push(responder);
    }
  }
  return { contents: part.contents, Certs: certificates, OCSPs: answers.OCSP, CRLs: answers.CRL };
}

async function chainOf(
  leaf: Certificate,
  { file, anchors, online }: Gathering,
): Promise<readonly Certificate[]> {
  const { certificates, isComplete, failures } = await completeChain(
    leaf,
    { anchors, pool: file.evidence.pool },
    online,
  );
  if (isComplete) return certificates;
  const name = signerName(certificates.at(-1)!);
  throw new DeskError('signature.issuer-missing', { name }, failures[0]?.error);
}

type Status = Pick<RevocationEvidence, 'type' | 'der' | 'delta' | 'revokedAt' | 'responder'>;

async function statusOf(
  certificate: Certificate,
  above: readonly Certificate[],
  at: number,
  { file, fetched, online }: Gathering,
): Promise<Status> {
  const [issuer, top] = [above[0]!, above.at(-1)!];
  const known = knownStatus(certificate, above, file.evidence, at);
  if (known) return { ...known, delta: null };
  const { fingerprint } = certificate;
  const asked =
    fetched.get(fingerprint) ??
    fetchRevocation({ certificate, issuer, anchors: [top], pool: [...above, ...file.evidence.pool] }, online);
  fetched.set(fingerprint, asked);
  const { evidence, failures } = await asked;
  if (evidence) return evidence;
  const name = signerName(certificate);
  throw new DeskError('signature.revocation-missing', { name }, failures[0]?.error);
}

function checkNotRevoked(certificate: Certificate, revokedAt: number | null, at: number): void {
  if (revokedAt === null || revokedAt > at) return;
  throw new DeskError('signature.revoked', {
    name: signerName(certificate),
    date: showDay(localDay(revokedAt)),
  });
}
