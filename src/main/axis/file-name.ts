/** Only the end of a longer name is looked at. */
const MAX_INPUT = 1000;
const MAX_CHARS = 150;
/** Linux file systems count bytes, and Vietnamese letters take up to three. */
const MAX_BYTES = 200;
// Path separators, what Windows forbids, control characters, and marks that reverse the reading direction.
// oxlint-disable-next-line no-control-regex -- control characters are what must be removed
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"|?*]/g;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

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

function shorten(stem: string, extension: string): string {
  const letters = Array.from(stem).slice(0, MAX_CHARS - extension.length);
  while (Buffer.byteLength(letters.join('') + extension) > MAX_BYTES) letters.pop();
  return letters.join('').trim();
}
