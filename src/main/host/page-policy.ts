/**
 * What the page may do, as a response header in both hosts. Scripts, workers and requests come from our own origin
 * only. The one style hash is that of the empty string: it admits the `<style>` elements Griffel creates empty and
 * fills through CSSOM, so `unsafe-inline` is not needed.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "img-src 'self' blob: data:",
  "font-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Received files are hostile: should one ever be opened as a page, it may run and load nothing. */
const FILE_SECURITY_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

const common = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=()',
  /** Documents of the office do not belong in a browser's disk cache. */
  'Cache-Control': 'no-store',
};

export const pageHeaders = { ...common, 'Content-Security-Policy': CONTENT_SECURITY_POLICY };
export const fileHeaders = { ...common, 'Content-Security-Policy': FILE_SECURITY_POLICY };

const shown = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/** What a stored file is sent as: only what the desk itself draws keeps its type, so nothing is ever run. */
export function sentMediaType(mediaType: string): string {
  return shown.has(mediaType) ? mediaType : 'application/octet-stream';
}
