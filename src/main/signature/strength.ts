/** What was strong enough when: algorithms and sizes of keys, as data that the law may change. */
import { z } from 'zod';
import rows from '../../../assets/rules/algorithms.json' with { type: 'json' };
import { startOfDay } from '../../shared/text/dates.ts';
import type { Finding } from '../../shared/domain/verification.ts';
import type { CmsFacts } from '../cms/signed-data-verify.ts';
import { keySize } from '../x509/algorithms.ts';
import type { Certificate } from '../x509/certificate.ts';

/** Until the end of this day (ISO, Vietnam's) it could be relied on; null: never while signatures have existed. */
const lastDay = z.iso.date().nullable();

const { digests, keys } = z
  .strictObject({
    source: z.string(),
    digests: z.array(z.strictObject({ name: z.string(), shown: z.string(), lastDay })),
    keys: z.array(z.strictObject({ family: z.enum(['rsa', 'dsa', 'ec']), belowBits: z.int(), lastDay })),
  })
  .parse(rows);

export interface Weakness {
  readonly finding: Finding;
  /** UTC milliseconds up to which nobody could have broken it; null: it never counted. */
  readonly goodUntil: number | null;
}

const DAY_MS = 86_400_000;

const endOf = (day: string | null): number | null => (day === null ? null : startOfDay(day) + DAY_MS);

/** @param digest as `CmsFacts` names it */
export function weakDigest(digest: string): Weakness | null {
  const rule = digests.find(({ name }) => name === digest);
  return rule
    ? {
        finding: { code: 'algorithm.weak-digest', params: { digest: rule.shown } },
        goodUntil: endOf(rule.lastDay),
      }
    : null;
}

/** Null also for a key whose size cannot be told: no signature of it can be checked here. */
export function shortKey({ spki }: Certificate): Weakness | null {
  const { family, bits } = keySize(spki);
  const rule = bits === 0 ? undefined : keys.find((one) => one.family === family && bits < one.belowBits);
  return rule
    ? { finding: { code: 'algorithm.short-key', params: { bits } }, goodUntil: endOf(rule.lastDay) }
    : null;
}

/** Of one CMS signature: its digest and its signer's key. */
export const weaknessesOf = ({ digest, certificate }: CmsFacts): Weakness[] =>
  [weakDigest(digest), certificate && shortKey(certificate)].filter((found) => found !== null);

/** Did it still hold when that existed? @param at UTC milliseconds, proven; null when nothing is */
export const heldAt = ({ goodUntil }: Weakness, at: number | null): boolean =>
  goodUntil !== null && at !== null && at < goodUntil;
