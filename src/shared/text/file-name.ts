/** Only the end of a longer name is looked at. */
const MAX_INPUT = 1000;
const MAX_CHARS = 150;
/** Linux file systems count bytes, and Vietnamese letters take up to three; Windows counts UTF-16 units, also 255. */
const MAX_BYTES = 200;
const LONGEST = 255;
// Path separators, what Windows forbids, control characters, and marks that reverse the reading direction.
// oxlint-disable-next-line no-control-regex -- control characters are what must be removed
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"|?*/\\]/g;
/** Devices, whatever follows the first dot (learn.microsoft.com, Naming Files, Paths, and Namespaces). */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/i;

/**
 * May a file have this name on any disk? Node would make some of those that Windows forbids (`CON`, `a.`), and nobody
 * could delete them, and `a:b` would be hidden behind a file `a`.
 */
export function isFileName(name: string): boolean {
  return (
    name !== '' &&
    name.length <= LONGEST &&
    name.isWellFormed() &&
    name.search(FORBIDDEN) < 0 &&
    !RESERVED.test(name) &&
    !/[. ]$/.test(name)
  );
}

/**
 * A file name fit for any disk from whatever a sender wrote: last part of the path only, its extension kept,
 * unique (without regard to case) among `taken`, to which it is added.
 */
export function safeFileName(name: string, taken: Set<string>): string {
  const base = name
    .slice(-MAX_INPUT)
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(FORBIDDEN, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const dot = base.lastIndexOf('.');
  const hasExtension = dot > 0 && base.length - dot <= 11;
  const extension = hasExtension ? base.slice(dot) : '';
  const stem = shorten(hasExtension ? base.slice(0, dot) : base, extension) || 'tep-dinh-kem';
  const start = RESERVED.test(stem) ? `_${stem}` : stem;
  let unique = start + extension;
  for (let copy = 2; taken.has(unique.toLowerCase()); copy += 1) unique = `${start} (${copy})${extension}`;
  taken.add(unique.toLowerCase());
  return unique;
}

/** In UTF-8. */
const byteLength = (text: string): number => encodeURIComponent(text).replace(/%../g, '_').length;

function shorten(stem: string, extension: string): string {
  const letters = Array.from(stem).slice(0, MAX_CHARS - extension.length);
  while (byteLength(letters.join('') + extension) > MAX_BYTES) letters.pop();
  return letters.join('').trim();
}
