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
import type { DeskError } from '../../shared/errors/index.ts';
import { isForSigning } from '../x509/certificate-use.ts';
import type { CmsFacts, CmsFault } from '../cms/signed-data-verify.ts';
import { findAnchoredPath } from '../x509/anchored-path.ts';
import { pathRevocation } from '../x509/path-build.ts';
import type { Path } from '../x509/path.ts';
import type { PathResult } from '../x509/path-build.ts';
import { isNoted, LIGHT_OF } from './policy.ts';
import { signerSummary } from './signer-summary.ts';
import type { SignatureFacts } from './signature-facts.ts';
import { heldAt, shortKey, weaknessesOf } from './strength.ts';
import type { Weakness } from './strength.ts';
import { sayStrayTimestamps, signingTime } from './signing-time.ts';
import type { Existence, SayTime, SigningTime, TimeContext } from './signing-time.ts';
import type { Certificate } from '../x509/certificate.ts';

/** What a service could not do, as its error says it. */
export type Failure = Pick<DeskError, 'code' | 'params'>;

export interface JudgeContext extends TimeContext {
  readonly checkChain: boolean;
  /** False: nobody asked about revocation, so not knowing is a note and not a missing answer. */
  readonly checkRevocation: boolean;
  /** Why what services should have told is not at hand; null when nobody tried. */
  readonly revocationFailure: Failure | null;
  /** Names that more than one signed field has. */
  readonly namesTwice: ReadonlySet<string>;
  /** What the file's own document timestamps prove. */
  readonly proofs: readonly Existence[];
}

type Located = Finding & { readonly aspect: Aspect };
export type Judgement = Pick<SignatureReport, 'signer' | 'timestampAt' | 'lights' | 'findings'>;

/**
 * @param changes what later revisions changed
 * @param vouchedUpTo last revision that a later signature of somebody trusted covers; 0 when none does
 */
export function judge(
  facts: SignatureFacts,
  changes: readonly Change[],
  vouchedUpTo: number,
  context: JudgeContext,
): Judgement {
  const findings: Located[] = [];
  const say = (aspect: Aspect, code: FindingCode, params: Finding['params'] = {}): void => {
    findings.push({ aspect, code, params });
  };
  judgeIntegrity(facts, changes, vouchedUpTo, say);
  const certificate = facts.cms?.certificate ?? null;
  const sayTime: SayTime = (code, params) => say('validity', code, params);
  const proven = context.checkChain
    ? signingTime(facts, context.proofs, context, sayTime)
    : { at: null, claimed: facts.claimedAt };
  if (!context.checkChain) sayStrayTimestamps(facts, context.pool, sayTime);
  if (context.namesTwice.has(facts.field))
    say('integrity', 'integrity.field-name-twice', { field: facts.field });
  if (facts.isPaddedOddly) say('integrity', 'integrity.bytes-behind-cms');
  const { signer, above } = certificate
    ? judgeCertificate(certificate, facts, proven, context, say)
    : { signer: null, above: [] };
  judgeStrength(facts, above, proven.at, say);
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

function judgeIntegrity(
  { fault, cms }: SignatureFacts,
  changes: readonly Change[],
  vouchedUpTo: number,
  say: Say,
): void {
  const problem = fault ? null : cmsFinding(cms);
  // What somebody trusted has signed as it is shown needs no other proof.
  const unproven = changes.find(
    ({ kind, revision }) => kind === 'appearance-unproven' && revision > vouchedUpTo,
  );
  // Of that no later signer can relieve: whoever signs last may be the one who hides.
  const covered = changes.find(({ kind }) => kind === 'cover-unproven');
  if (fault?.kind === 'unsupported') say('integrity', 'integrity.unsupported', { algorithm: fault.detail });
  else if (fault) say('integrity', `integrity.${fault.kind}`, { detail: fault.detail });
  else if (problem) say('integrity', ...problem);
  else if (changes.some(({ allowed }) => !allowed)) say('integrity', 'integrity.forbidden-changes');
  else if (covered) say('integrity', 'integrity.cover-unproven', covered.params);
  else if (unproven) say('integrity', 'integrity.look-unproven', { field: unproven.params['field'] ?? '' });
  else say('integrity', changes.some(isNoted) ? 'integrity.allowed-changes' : 'integrity.intact');
}

/**
 * What is too weak today counts only where a timestamp proves that it was not yet when it was used. That of a document
 * timestamp is the time's matter and not the file's.
 */
function judgeStrength({ kind, cms }: SignatureFacts, above: Path, provenAt: number | null, say: Say): void {
  const own = kind === 'signature' ? 'integrity' : 'signer';
  const weaknesses: (readonly [Aspect, Weakness])[] = [
    ...(cms ? weaknessesOf(cms).map((one) => [own, one] as const) : []),
    ...above.flatMap((issuer) => shortKey(issuer) ?? []).map((one) => ['signer', one] as const),
  ];
  for (const [aspect, weakness] of weaknesses) {
    const { code, params } = weakness.finding;
    say(aspect, heldAt(weakness, provenAt) ? 'algorithm.good-then' : code, params);
  }
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

function judgeCertificate(
  certificate: Certificate,
  facts: SignatureFacts,
  time: SigningTime,
  context: JudgeContext,
  say: Say,
): { readonly signer: SignerSummary; readonly above: Path } {
  const carried = facts.data?.certificates ?? [];
  const at = time.at ?? time.claimed ?? context.now;
  if (facts.kind === 'signature' && !isForSigning(certificate)) say('signer', 'signer.wrong-usage');
  if (!context.checkChain) {
    say('signer', 'signer.chain-not-checked');
    say('validity', 'validity.not-judged');
    return { signer: signerSummary(certificate, [], 'la'), above: [] };
  }
  if (time.at === null && time.claimed === null) say('validity', 'validity.no-time');
  const { result, anchor } = findAnchoredPath(certificate, carried, at, context);
  if (!result.ok || !anchor) {
    if (!result.ok) judgeBrokenPath(result, certificate, say);
    return { signer: signerSummary(certificate, result.ok ? [] : result.partial.slice(1), 'la'), above: [] };
  }
  sayTrusted(anchor.certificate, say);
  judgeRevocation(result, carried, time, context, say);
  const above = result.path.slice(1);
  return { signer: signerSummary(certificate, [...above, anchor.certificate], anchor.trustClass), above };
}

const sayTrusted = (anchor: Certificate, say: Say): void =>
  say('signer', 'signer.trusted', { anchor: signerSummary(anchor, [], 'la').name });

function judgeBrokenPath(
  { problem, anchor }: Extract<PathResult, { ok: false }>,
  certificate: Certificate,
  say: Say,
): void {
  const { fault, certificate: culprit, algorithm = '' } = problem;
  const isOwnPeriod = culprit === certificate && (fault === 'expired' || fault === 'not-yet-valid');
  if (fault === 'no-path') say('signer', 'signer.untrusted-root');
  else if (fault === 'unsupported-algorithm') say('signer', 'signer.chain-unsupported', { algorithm });
  else if (!isOwnPeriod) say('signer', 'signer.bad-chain', { detail: fault });
  else if (anchor) sayTrusted(anchor, say);
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
  const pool = [...carried, ...context.pool];
  const statuses = pathRevocation(result, { ...context, pool, at });
  const [own, ...above] = statuses;
  const revokedAbove = above.find((status) => status.status === 'revoked');
  if (own?.status === 'revoked' && time.at !== null && own.at > time.at)
    say('validity', 'validity.revoked-later', { revokedAt: own.at });
  else if (own?.status === 'revoked') say('validity', 'validity.revoked', { revokedAt: own.at });
  if (revokedAbove && (time.at === null || revokedAbove.at <= time.at))
    say('validity', 'validity.ca-revoked', { revokedAt: revokedAbove.at });
  const unknown = result.path.filter((_, i) => statuses[i]?.status === 'unknown');
  if (statuses.some((status) => status.status === 'unknown' && status.isAnswered))
    say('validity', 'validity.ocsp-unknown');
  else if (unknown.length > 0 && !unknown.some(namesRevocationSource))
    say('validity', 'validity.no-revocation-source');
  else if (unknown.length > 0 && context.revocationFailure) {
    const { code, params } = context.revocationFailure;
    say('validity', 'validity.crl-unusable', { ...params, code });
  } else if (unknown.length > 0)
    say(
      'validity',
      context.checkRevocation ? 'validity.revocation-not-checked' : 'validity.revocation-not-asked',
    );
  else if (statuses.every(({ status }) => status === 'good')) say('validity', 'validity.in-force');
}

/** A certificate that says nowhere to ask leaves nothing unchecked: its authority answers for no revocation of it. */
const namesRevocationSource = ({ extensions }: Certificate): boolean =>
  extensions.crlDistributionPoints.length > 0 || extensions.ocspUrls.length > 0;
