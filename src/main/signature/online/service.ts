/** What asking an online service for something comes to: limits, the cache, and what is noted of a failure. */
import { DeskError } from '../../../shared/errors/index.ts';
import { readTrustFile } from '../../cms/trust-file.ts';
import type { Certificate } from '../../x509/certificate.ts';
import type { OnlineCache } from './cache.ts';
import type { HttpClient, HttpRequest } from './http.ts';

export interface SourceFailure {
  readonly url: string;
  readonly error: DeskError;
}

export interface OnlineServices {
  readonly http: HttpClient;
  readonly cache: OnlineCache;
  /** The clock, UTC milliseconds: a slow service may take minutes. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
  /** An answer kept from before is asked anew when it speaks of a time before this one. */
  readonly freshAfter?: number;
  /** One fetched before this time is asked anew. */
  readonly fetchedAfter?: number;
}

/** What is asked of one service at most. */
export const SERVICE_LIMITS = {
  ocsp: { timeoutMs: 20_000, maxBytes: 256 * 1024 },
  crl: { timeoutMs: 120_000, maxBytes: 64 * 1024 * 1024 },
  certificate: { timeoutMs: 20_000, maxBytes: 1024 * 1024 },
  sources: 4,
} as const;

/** An answer that names no end is kept this long. */
const DAY = 86_400_000;
/** Clocks of two machines may differ by this much. */
export const CLOCK_SLACK = 5 * 60_000;

/** Directories (ldap:) and files are not asked. */
export const webAddresses = (urls: readonly string[]): string[] =>
  urls.filter((url) => /^https?:\/\//i.test(url)).slice(0, SERVICE_LIMITS.sources);

/** One GET within the limits of its kind. */
export const download = (
  url: string,
  limits: Pick<HttpRequest, 'timeoutMs' | 'maxBytes'>,
  { http, signal }: OnlineServices,
): Promise<Uint8Array> => http({ url, ...limits, ...(signal && { signal }) });

/**
 * The bytes kept under `key` if `accept` takes them, else those the service gives now, which are then kept.
 * @param accept reads and judges; throws what makes the answer unusable
 */
export async function cachedOrFetched<T extends { thisUpdate: number; nextUpdate: number | null }>(
  key: string,
  services: OnlineServices,
  fetch: () => Promise<Uint8Array>,
  accept: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T & { fetchedAt: number }> {
  const { cache, freshAfter = -Infinity, fetchedAfter = -Infinity } = services;
  const kept = await cache.get(key, services.now());
  if (kept && kept.fetchedAt >= fetchedAfter) {
    const answer = await unlessUnusable(() => accept(kept.bytes));
    if (answer && answer.thisUpdate >= freshAfter) return { ...answer, fetchedAt: kept.fetchedAt };
  }
  const bytes = await fetch();
  const answer = await accept(bytes);
  const now = services.now();
  await cache.put(key, { bytes, fetchedAt: now, expiresAt: answer.nextUpdate ?? now + DAY }, now);
  return { ...answer, fetchedAt: now };
}

/** What somebody put into the cache folder is no reason to fail: the service is asked instead. */
async function unlessUnusable<T>(accept: () => T | Promise<T>): Promise<T | null> {
  try {
    return await accept();
  } catch (error) {
    if (error instanceof DeskError) return null;
    throw error;
  }
}

export function isCurrent(
  { thisUpdate, nextUpdate }: { thisUpdate: number; nextUpdate: number | null },
  now: number,
): boolean {
  return thisUpdate <= now + CLOCK_SLACK && (nextUpdate ?? Infinity) >= now - CLOCK_SLACK;
}

export const hostOf = (url: string): string => URL.parse(url)?.hostname ?? url.slice(0, 100);

const MONTH = 30 * 86_400_000;

/**
 * What the first address that answers gives: DER, PEM or a .p7c bundle (RFC 5280, 4.2.2.1).
 * @param failures takes in those asked in vain
 * @throws signature.service-stopped
 */
export async function certificatesAt(
  urls: readonly string[],
  services: OnlineServices,
  failures: SourceFailure[],
): Promise<Certificate[]> {
  const { cache } = services;
  const now = services.now();
  for (const url of webAddresses(urls)) {
    try {
      const key = `AIA ${url}`;
      const kept = await cache.get(key, now);
      if (kept) return readTrustFile(kept.bytes, url);
      const bytes = await download(url, SERVICE_LIMITS.certificate, services);
      const certificates = readTrustFile(bytes, url);
      await cache.put(key, { bytes, fetchedAt: now, expiresAt: now + MONTH }, now);
      return certificates;
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'signature.service-stopped') throw error;
      failures.push({ url, error });
    }
  }
  return [];
}
