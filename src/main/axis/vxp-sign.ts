import { createHash, createHmac } from '../crypto/index.ts';
import { DeskError } from '../../shared/errors/index.ts';
import { isoWithZone } from '../../shared/text/dates.ts';

export interface VxpCredentials {
  readonly systemId: string;
  readonly secret: string;
}

const PREFIX = 'XroadVnpt-';

/** What a header can carry without a change. */
export const isHeaderValue = (value: string): boolean => /^[\x20-\x7e]*$/.test(value);

/**
 * Headers of one VXP call (A 5.3): every parameter as `XroadVnpt-<name>`, the same pairs as compact JSON in
 * `sign-header`, their names in `sign-header-key`, and the HMAC-SHA256 of that JSON under the unit's secret. The
 * three must agree in order. The secret itself goes nowhere.
 */
export function signedHeaders(
  credentials: VxpCredentials,
  parameters: readonly (readonly [name: string, value: string])[],
  contentType: string,
  now: number,
): Record<string, string> {
  const pairs = [
    ['systemid', credentials.systemId],
    ...parameters,
    ['timestamp', vxpTimestamp(now)],
    ['Content-Type', contentType],
  ] as const;
  for (const [name, value] of pairs)
    if (!isHeaderValue(value)) throw new DeskError('axis.header-not-ascii', { header: name });
  const headers = Object.fromEntries(pairs.map(([name, value]) => [PREFIX + name, value]));
  const signed = JSON.stringify(headers);
  return {
    ...headers,
    'Content-Type': contentType,
    [`${PREFIX}sign-header-key`]: pairs.map(([name]) => name).join(';'),
    [`${PREFIX}sign-header`]: signed,
    [`${PREFIX}hash-header`]: hashHeader(credentials.secret, signed),
    [`${PREFIX}version`]: '3.0.201608',
    'User-Agent': 'JAVASDKAgent/1.0.0 XRoad/VPCP',
  };
}

export function hashHeader(secret: string, signHeader: string): string {
  return createHmac('sha256', Buffer.from(secret, 'utf8')).update(signHeader, 'utf8').digest('hex');
}

/** Java `ddMMyyyy'T'HHmmss+SSSS` in Vietnamese time; what looks like a zone is milliseconds, padded to four. */
export function vxpTimestamp(now: number): string {
  const [date = '', clock = ''] = isoWithZone(now).slice(0, 19).split('T');
  const milliseconds = String(now % 1000).padStart(4, '0');
  return `${date.split('-').reverse().join('')}T${clock.replaceAll(':', '')}+${milliseconds}`;
}

/** SHA-256 in hex as the vendor prints it: each byte without its leading zero. */
export function hashFile(bytes: Uint8Array): string {
  return Array.from(createHash('sha256').update(bytes).digest(), (byte) => byte.toString(16)).join('');
}
