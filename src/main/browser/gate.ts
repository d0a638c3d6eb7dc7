import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createHash } from '../crypto/index.ts';
import type { IncomingHttpHeaders } from 'node:http';
import type { WindowSession } from '../host/desk-port.ts';

/** What the gate looks at; nothing of the body. */
export interface Knock {
  readonly method: string;
  /** Path and query as the browser sent them. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export type Admission =
  | { readonly kind: 'started'; readonly cookie: string }
  | { readonly kind: 'admitted'; readonly session: WindowSession }
  | { readonly kind: 'refused' };

export interface Gate {
  /** A new address that opens one window, once. */
  startUrl(): string;
  admit(knock: Knock): Admission;
}

const refused: Admission = { kind: 'refused' };
const secret = () => randomBytes(32).toString('base64url');
const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares without telling by its duration how much of a guess was right. */
function sameSecret(known: string, given: string): boolean {
  return timingSafeEqual(digest(known), digest(given));
}

function cookieNamed(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/**
 * Lets in only the browser window this program opened. Any page of the internet can make a browser send requests to
 * 127.0.0.1, so a request must name our own host (DNS rebinding), come from our own page where the browser says where
 * it comes from, and carry the cookie that the one-time start address was exchanged for.
 */
export function openGate(origin: string): Gate {
  const { host, port } = new URL(origin);
  const cookieName = `desk-${port}`;
  let startTokens: string[] = [];
  const sessions: { readonly cookie: string; readonly session: WindowSession }[] = [];

  function fromOurPage({ method, headers }: Knock): boolean {
    if (headers.host !== host) return false;
    if (headers.origin === undefined ? method !== 'GET' && method !== 'HEAD' : headers.origin !== origin)
      return false;
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }

  function start(token: string): Admission {
    const left = startTokens.filter((known) => !sameSecret(known, token));
    if (left.length === startTokens.length) return refused;
    startTokens = left;
    const cookie = secret();
    sessions.push({ cookie, session: { id: randomUUID(), host: 'browser' } });
    return { kind: 'started', cookie: `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` };
  }

  return {
    startUrl() {
      const token = secret();
      startTokens.push(token);
      return `${origin}/start/${token}`;
    },
    admit(knock) {
      if (!fromOurPage(knock)) return refused;
      const token = knock.method === 'GET' ? /^\/start\/([\w-]+)$/.exec(knock.target)?.[1] : undefined;
      if (token !== undefined) return start(token);
      const given = cookieNamed(knock.headers.cookie, cookieName) ?? '';
      const known = sessions.find(({ cookie }) => sameSecret(cookie, given));
      return known === undefined ? refused : { kind: 'admitted', session: known.session };
    },
  };
}
