/** The page lives under its own scheme: no file:// privileges, one origin, a real same-origin policy. */
export const APP_SCHEME = 'app';
const APP_HOST = 'desk';
const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_URL = `${APP_ORIGIN}/`;
export const UPGRADE_URL = `${APP_ORIGIN}/upgrade.html`;

/** Whether `url` is a page of ours. Parsed: `https://evil.example/?next=app://desk` is not. */
export function isOurPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}

const externalSchemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address to hand to the system's own programs, written anew by the parser; null for all others: `file:`,
 * `ms-msdt:` and their like start programs with arguments a document chose.
 */
export function externalUrl(url: unknown): string | null {
  if (typeof url !== 'string' || url.length > 2000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return externalSchemes.has(parsed.protocol) ? parsed.href : null;
}
