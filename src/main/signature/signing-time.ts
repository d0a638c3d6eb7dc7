/**
 * When was it signed? A timestamp of a trusted authority proves that something existed before it; a document
 * timestamp proves that for all of the file before it, the timestamps in it included (ETSI EN 319 102-1, 5.6.3).
 */
import type { Finding, FindingCode } from '../../shared/domain/verification.ts';
import type { Evidence } from './evidence.ts';
import { findAnchoredPath } from '../x509/anchored-path.ts';
import { pathRevocation } from '../x509/path-build.ts';
import type { SignatureFacts } from './signature-facts.ts';
import type { CmsFacts } from '../cms/signed-data-verify.ts';
import { checkTimestamp } from '../cms/timestamp.ts';
import type { TimestampFacts } from '../cms/timestamp.ts';
import { heldAt, weaknessesOf } from './strength.ts';
import type { TrustAnchor } from '../x509/trust.ts';
import type { Certificate } from '../x509/certificate.ts';

export interface TimeContext extends Evidence {
  readonly anchors: readonly TrustAnchor[];
  /** UTC milliseconds of the check. */
  readonly now: number;
}

/** Everything up to and with this revision existed at this time. */
export interface Existence {
  readonly revision: number;
  readonly at: number;
}

/** From the document timestamps of a file, the newest judged as of now and each older one as of the next. */
export function existenceProofs(all: readonly SignatureFacts[], context: TimeContext): Existence[] {
  const proofs: Existence[] = [];
  const stamps = all
    .flatMap(({ kind, revision, fault, cms, provenAt, data }) =>
      kind === 'timestamp' && revision && !fault && cms?.certificate && !cms.fault && provenAt !== null
        ? [{ revision: revision.number, at: provenAt, cms, carried: data?.certificates ?? [] }]
        : [],
    )
    .toSorted((a, b) => b.revision - a.revision);
  for (const { revision, at, cms, carried } of stamps) {
    const knownAt = proofs.at(-1)?.at ?? context.now;
    const trust = trustInAuthority(cms, carried, at, knownAt, context);
    if (trust !== 'none') proofs.push({ revision, at });
  }
  return proofs;
}

/**
 * A timestamp counts while its authority's certificate lasts and its algorithms hold, or as far as a later timestamp
 * saved it: an old key may be broken or stolen by now. A revocation counts from when it happened; what nobody has told
 * is noted.
 * @param knownAt when the timestamp is known to have existed
 */
function trustInAuthority(
  cms: CmsFacts,
  carried: readonly Certificate[],
  at: number,
  knownAt: number,
  context: TimeContext,
): 'full' | 'unchecked' | 'none' {
  const authority = cms.certificate;
  if (!authority || weaknessesOf(cms).some((weakness) => !heldAt(weakness, knownAt))) return 'none';
  const { result } = findAnchoredPath(authority, carried, at, context);
  if (!result.ok || knownAt > authority.notAfter) return 'none';
  const pool = [...carried, ...context.pool];
  const statuses = pathRevocation(result, { ...context, pool, at: knownAt });
  if (statuses.some((status) => status.status === 'revoked' && status.at <= knownAt)) return 'none';
  return statuses.some(({ status }) => status === 'unknown') ? 'unchecked' : 'full';
}

export interface SigningTime {
  /** Proven. */
  readonly at: number | null;
  /** Said by the signer's machine, corrected when it wrote local time as UTC. */
  readonly claimed: number | null;
}

const SEVEN_HOURS = 7 * 3_600_000;
const CLOCK_SLACK = 15 * 60_000;

export type SayTime = (code: FindingCode, params?: Finding['params']) => void;

/** @param proofs what `existenceProofs` found in the file */
export function signingTime(
  facts: SignatureFacts,
  proofs: readonly Existence[],
  context: TimeContext,
  say: SayTime,
): SigningTime {
  if (facts.kind === 'timestamp') return { at: facts.provenAt, claimed: null };
  const revision = facts.revision?.number ?? Infinity;
  const archived = proofs.filter((proof) => proof.revision > revision).map((proof) => proof.at);
  const own = ownTimestamps(facts, Math.min(context.now, ...archived), context, say);
  const all = [...own, ...archived];
  const at = all.length > 0 ? Math.min(...all) : null;
  if (at !== null) say('time.timestamp-good', { timestampAt: at });
  else if ((facts.data?.signer.timestamps.length ?? 0) === 0) say('time.no-timestamp');
  const claimed = claimedTime(facts, { at: at ?? context.now, isOwn: own.length > 0 }, say);
  compareClock(claimed ?? facts.claimedAt, own, archived, say);
  return { at, claimed };
}

/** What shows as time of signing and the timestamp token must not differ by more than this. */
const APART_MS = 5 * 60_000;

/** A document timestamp may come days after a signature, but never before it. */
function compareClock(
  claimed: number | null,
  own: readonly number[],
  archived: readonly number[],
  say: SayTime,
): void {
  if (claimed === null) return;
  const differs =
    own.find((at) => Math.abs(claimed - at) > APART_MS) ?? archived.find((at) => claimed - at > APART_MS);
  if (differs !== undefined) say('time.clock-differs', { claimedAt: claimed, timestampAt: differs });
}

/** The timestamps inside a signature, each over its value. */
const checkedTimestamps = ({ data }: SignatureFacts, pool: readonly Certificate[]): TimestampFacts[] =>
  (data?.signer.timestamps ?? []).map((token) => checkTimestamp(token, () => [data!.signer.signature], pool));

/** That a timestamp covers another signature is a fact of the bytes, whoever is trusted. */
export function sayStrayTimestamps(facts: SignatureFacts, pool: readonly Certificate[], say: SayTime): void {
  for (const { fault, unsupported } of checkedTimestamps(facts, pool))
    if (fault !== null && unsupported === undefined) say('time.timestamp-invalid', { detail: fault });
}

/** Times of the timestamps inside a signature that can be trusted. One that is bad is dropped: anybody can add it. */
function ownTimestamps(facts: SignatureFacts, knownAt: number, context: TimeContext, say: SayTime): number[] {
  return checkedTimestamps(facts, context.pool).flatMap(({ fault, unsupported, at, cms, data }) => {
    if (unsupported !== undefined) {
      say('time.timestamp-unsupported', { algorithm: unsupported });
      return [];
    }
    if (fault !== null || at === null || !cms?.certificate) {
      say('time.timestamp-invalid', { detail: fault ?? '' });
      return [];
    }
    const trust = trustInAuthority(cms, data?.certificates ?? [], at, knownAt, context);
    if (trust === 'none') say('time.timestamp-untrusted');
    if (trust === 'unchecked') say('time.authority-not-checked');
    return trust === 'none' ? [] : [at];
  });
}

/**
 * Seen in the field: local time written as UTC. A timestamp is never corrected, only what a signer claims.
 * @param known a time by which it was signed; `isOwn`: right when it was signed
 */
function claimedTime(
  { claimedAt }: SignatureFacts,
  known: { readonly at: number; readonly isOwn: boolean },
  say: SayTime,
): number | null {
  if (claimedAt === null || claimedAt <= known.at + CLOCK_SLACK) return claimedAt;
  const ahead = claimedAt - known.at - SEVEN_HOURS;
  // Nobody signs in the future: such a claim is none.
  if (ahead > CLOCK_SLACK) return null;
  // Some hours, but not seven: a clock that was wrong.
  if (known.isOwn && ahead < -CLOCK_SLACK) return claimedAt;
  say('time.local-as-utc');
  return claimedAt - SEVEN_HOURS;
}
