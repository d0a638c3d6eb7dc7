/** Escaping and cleaning of text between the office and XML 1.0. */

// Everything outside the Char production (XML 1.0, 2.2), lone surrogates apart.
// oxlint-disable-next-line no-control-regex -- control characters are what must be found
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** One line without characters XML cannot carry; receivers collapse white space anyway. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, ' ').replace(/\s+/g, ' ').trim();
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Expands the five predefined entities and character references; anything else stays as it was written. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
    (all, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? all;
      const point = typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
        ? String.fromCodePoint(point)
        : '\ufffd';
    },
  );
}
