/** From the facts of one signature to its findings: who signed, are the bytes intact, was it valid then. */
import type {
  Aspect,
  Change,
  Finding,
  FindingCode,
  Light,
  SignatureReport,
  SignerSummary,
} from '../../shared/domain/verification.ts';
import { worstLight } from '../../shared/domain/verification.ts';
import { isForSigning } from './certificate-use.ts';
import type { CmsFacts, CmsFault } from './cms-verify.ts';
import type { Crl } from './crl.ts';
import { findPath, pathRevocation } from './path-build.ts';
import type { PathResult } from './path-build.ts';
import { isNoted, LIGHT_OF } from './policy.ts';
import { signerSummary } from './signer-summary.ts';
import type { SignatureFacts } from './signature-facts.ts';
import { checkTimestamp } from './timestamp.ts';
import { recognisedAnchors } from './trust.ts';
import type { TrustAnchor } from './trust.ts';
import type { Certificate } from './x509.ts';

export interface JudgeContext {
  readonly anchors: readonly TrustAnchor[];
  /** Certificates that may lie on paths, wherever they were found. */
  readonly pool: readonly Certificate[];
  readonly crls: readonly Crl[];
  /** UTC milliseconds of the check. */
  readonly now: number;
  readonly checkChain: boolean;
  /** False: nobody asked about revocation, so not knowing is a note and not a missing answer. */
  readonly checkRevocation: boolean;
}

type Located = Finding & { readonly aspect: Aspect };
export type Judgement = Pick<SignatureReport, 'signer' | 'timestampAt' | 'lights' | 'findings'>;

/** @param changes what later revisions changed */
export function judge(facts: SignatureFacts, changes: readonly Change[], context: JudgeContext): Judgement {
  const findings: Located[] = [];
  const say = (aspect: Aspect, code: FindingCode, params: Finding['params'] = {}): void => {
    findings.push({ aspect, code, params });
  };
  judgeIntegrity(facts, changes, say);
  const certificate = facts.cms?.certificate ?? null;
  const proven = certificate ? judgeTime(facts, context, say) : { at: null, claimed: null };
  const signer = certificate ? judgeCertificate(certificate, facts, proven, context, say) : null;
  if (!signer) {
    say('signer', 'signer.certificate-missing');
    say('validity', 'validity.not-judged');
  }
  const lightOf = (aspect: Aspect): Light =>
    worstLight(findings.filter((finding) => finding.aspect === aspect).map(({ code }) => LIGHT_OF[code]));
  return {
    signer,
    timestampAt: proven.at,
    lights: { signer: lightOf('signer'), integrity: lightOf('integrity'), validity: lightOf('validity') },
    findings,
  };
}

type Say = (aspect: Aspect, code: FindingCode, params?: Finding['params']) => void;

function judgeIntegrity({ fault, cms }: SignatureFacts, changes: readonly Change[], say: Say): void {
  const problem = fault ? null : cmsFinding(cms);
  if (fault) say('integrity', `integrity.${fault.kind}`, { detail: fault.detail });
  else if (problem) say('integrity', ...problem);
  else if (changes.some(({ allowed }) => !allowed)) say('integrity', 'integrity.forbidden-changes');
  else say('integrity', changes.some(isNoted) ? 'integrity.allowed-changes' : 'integrity.intact');
  if (cms?.digest === 'sha1') say('integrity', 'algorithm.weak-digest', { digest: 'SHA-1' });
  if (cms?.keyBits && cms.keyBits < (cms.scheme.startsWith('RSA') ? 2048 : 256))
    say('integrity', 'algorithm.short-key', { bits: cms.keyBits });
}

function cmsFinding(cms: CmsFacts | null): [FindingCode, Finding['params']] | null {
  if (!cms) return ['integrity.bad-format', { detail: 'cms' }];
  if (!cms.fault) return null;
  const findings: Record<CmsFault, [FindingCode, Finding['params']]> = {
    modified: ['integrity.modified', {}],
    'bad-signature': ['integrity.bad-signature', {}],
    'bad-format': ['integrity.bad-format', { detail: cms.detail }],
    unsupported: ['integrity.unsupported', { algorithm: cms.detail }],
    'certificate-missing': ['signer.certificate-missing', {}],
  };
  return findings[cms.fault];
}

interface SigningTime {
  /** Proven by a timestamp of a trusted authority. */
  readonly at: number | null;
  /** Said by the signer's machine, corrected when it wrote local time as UTC. */
  readonly claimed: number | null;
}

const SEVEN_HOURS = 7 * 3_600_000;
const CLOCK_SLACK = 15 * 60_000;

function judgeTime(facts: SignatureFacts, context: JudgeContext, say: Say): SigningTime {
  const signature = facts.data?.signer.signature;
  const tokens = (facts.kind === 'signature' && facts.data?.signer.timestamps) || [];
  let at: number | null = null;
  for (const token of tokens) {
    const result = checkTimestamp(token, () => (signature ? [signature] : []), context.pool);
    if (result.fault || result.at === null)
      say('validity', 'time.timestamp-invalid', { detail: result.fault ?? '' });
    else if (!isTrustedAt(result.cms?.certificate, result.data?.certificates ?? [], result.at, context))
      say('validity', 'time.timestamp-untrusted');
    else {
      at = Math.min(at ?? result.at, result.at);
      say('validity', 'time.timestamp-good', { timestampAt: result.at });
    }
  }
  if (facts.kind === 'signature' && tokens.length === 0) say('validity', 'time.no-timestamp');
  const { claimedAt } = facts;
  const reference = at ?? context.now;
  // Seen in the field: local time written as UTC. A timestamp is never corrected, only what a signer claims.
  const isAhead =
    claimedAt !== null &&
    claimedAt > reference + CLOCK_SLACK &&
    claimedAt <= reference + SEVEN_HOURS + CLOCK_SLACK;
  if (isAhead) say('validity', 'time.local-as-utc');
  return {
    at: facts.kind === 'timestamp' ? facts.provenAt : at,
    claimed: isAhead ? claimedAt - SEVEN_HOURS : claimedAt,
  };
}

function isTrustedAt(
  certificate: Certificate | null | undefined,
  carried: readonly Certificate[],
  at: number,
  context: JudgeContext,
): boolean {
  return (
    certificate !== null && certificate !== undefined && pathOf(certificate, carried, at, context).result.ok
  );
}

function pathOf(
  certificate: Certificate,
  carried: readonly Certificate[],
  at: number,
  { anchors, pool }: JudgeContext,
): { result: PathResult; anchor: TrustAnchor | undefined } {
  const around = [...carried, ...pool];
  const candidates = [...anchors, ...recognisedAnchors(around)];
  // A root decides before an issuing authority known by itself: the longer path is checked more.
  const ordered = candidates.toSorted(
    (a, b) => Number(isRoot(b.certificate)) - Number(isRoot(a.certificate)),
  );
  const result = findPath(
    certificate,
    around,
    ordered.map((anchor) => anchor.certificate),
    at,
  );
  const anchor = result.ok
    ? ordered.find((candidate) => candidate.certificate.fingerprint === result.anchor.fingerprint)
    : undefined;
  return { result, anchor };
}

const isRoot = ({ subject, issuer }: Certificate): boolean => subject.key === issuer.key;

function judgeCertificate(
  certificate: Certificate,
  facts: SignatureFacts,
  time: SigningTime,
  context: JudgeContext,
  say: Say,
): SignerSummary {
  const carried = facts.data?.certificates ?? [];
  const at = time.at ?? time.claimed ?? context.now;
  if (facts.kind === 'signature' && !isForSigning(certificate)) say('signer', 'signer.wrong-usage');
  if (!context.checkChain) {
    say('signer', 'signer.chain-not-checked');
    say('validity', 'validity.not-judged');
    return signerSummary(certificate, [], 'la');
  }
  if (time.at === null && time.claimed === null) say('validity', 'validity.no-time');
  const { result, anchor } = pathOf(certificate, carried, at, context);
  if (!result.ok || !anchor) {
    if (!result.ok) judgeBrokenPath(result, certificate, say);
    return signerSummary(certificate, result.ok ? [] : result.partial.slice(1), 'la');
  }
  say('signer', 'signer.trusted', { anchor: signerSummary(anchor.certificate, [], 'la').name });
  judgeRevocation(result, carried, time, context, say);
  return signerSummary(certificate, [...result.path.slice(1), anchor.certificate], anchor.trustClass);
}

function judgeBrokenPath(
  { problem }: Extract<PathResult, { ok: false }>,
  certificate: Certificate,
  say: Say,
): void {
  const { fault, certificate: culprit } = problem;
  const isOwnPeriod = culprit === certificate && (fault === 'expired' || fault === 'not-yet-valid');
  if (fault === 'no-path') say('signer', 'signer.untrusted-root');
  else if (!isOwnPeriod) say('signer', 'signer.bad-chain', { detail: fault });
  if (!isOwnPeriod) say('validity', 'validity.not-judged');
  else if (fault === 'expired') say('validity', 'validity.expired', { notAfterAt: certificate.notAfter });
  else say('validity', 'validity.not-yet-valid', { notBeforeAt: certificate.notBefore });
}

/** With a proven time revocation is asked as of then, otherwise as of now: a claimed time can be chosen. */
function judgeRevocation(
  result: Extract<PathResult, { ok: true }>,
  carried: readonly Certificate[],
  time: SigningTime,
  context: JudgeContext,
  say: Say,
): void {
  const at = time.at ?? context.now;
  const statuses = pathRevocation(result, {
    crls: context.crls,
    pool: [...carried, ...context.pool],
    at,
    now: context.now,
  });
  const [own, ...above] = statuses;
  const revokedAbove = above.find((status) => status.status === 'revoked');
  if (own?.status === 'revoked' && time.at !== null && own.at > time.at)
    say('validity', 'validity.revoked-later', { revokedAt: own.at });
  else if (own?.status === 'revoked') say('validity', 'validity.revoked', { revokedAt: own.at });
  if (revokedAbove && (time.at === null || revokedAbove.at <= time.at))
    say('validity', 'validity.ca-revoked', { revokedAt: revokedAbove.at });
  const unknown = result.path.filter((_, i) => statuses[i]?.status === 'unknown');
  if (unknown.length > 0 && !unknown.some(namesRevocationSource))
    say('validity', 'validity.no-revocation-source');
  else if (unknown.length > 0)
    say(
      'validity',
      context.checkRevocation ? 'validity.revocation-not-checked' : 'validity.revocation-not-asked',
    );
  else if (statuses.every(({ status }) => status === 'good')) say('validity', 'validity.in-force');
}

/** A certificate that says nowhere to ask leaves nothing unchecked: its authority answers for no revocation of it. */
const namesRevocationSource = ({ extensions }: Certificate): boolean =>
  extensions.crlDistributionPoints.length > 0 || extensions.ocspUrls.length > 0;
