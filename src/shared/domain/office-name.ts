/**
 * Whether a name found on a certificate is this office's. Case, spaces, the place of a tone mark (`Hoà`, `Hòa`) and the
 * short form of the people's committee do not matter; a name written without any marks is compared without them. The
 * superior committee may stand before it (`UBND XÃ VÍ DỤ - …`), a code or place behind it (`TRƯỜNG THPT VÍ DỤ -
 * H99.05`); more of a name is another office's (`TRƯỜNG THPT VÍ DỤ 2`, `CÔNG ĐOÀN TRƯỜNG THPT VÍ DỤ`), and so is one
 * with other marks (`Tân Hòa`, `Tân Hoa`).
 */
export function isOffice(found: string, name: string): boolean {
  const [there, expected] = [formsOf(found), formsOf(name)];
  return expected.some((words) => words.length > 0 && there.some((one) => begins(one, words)));
}

/** A name as words, as it stands and without the superior committee before it. */
function formsOf(name: string): string[][] {
  const words = wordsOf(name);
  if (words[0] !== COMMITTEE) return [words];
  const marks = words.flatMap((word, at) => (SEPARATOR.test(word) ? [at] : []));
  // Nothing sets the committee off: it ends with its place, whose level and name have two words to six.
  const ends =
    marks.length > 0 ? marks.map((at) => at + 1) : LEVELS.test(plain(words[1] ?? '')) ? [3, 4, 5, 6, 7] : [];
  return [words, ...ends.map((end) => words.slice(end))];
}

function begins(words: readonly string[], name: readonly string[]): boolean {
  const start = words.slice(0, name.length);
  const next = words[name.length];
  return isSame(start.join(' '), name.join(' ')) && (next === undefined || SEPARATOR.test(next));
}

const isSame = (a: string, b: string): boolean =>
  a === b || ((a === plain(a) || b === plain(b)) && plain(a) === plain(b));

const COMMITTEE = 'ubnd';
const COMMITTEE_IN_FULL = /^uy ban nhan dan(?= |$)/;
const LEVELS = /^(tinh|thanh|tp|quan|huyen|thi|xa|phuong|dac)$/;
const SEPARATOR = /^[-–,(/]$/;

function wordsOf(name: string): string[] {
  const words =
    spelled(name)
      .replace(/[-–,(/]/g, ' $& ')
      .match(/\S+/g) ?? [];
  const isInFull = COMMITTEE_IN_FULL.test(plain(words.join(' ')));
  return isInFull ? [COMMITTEE, ...words.slice(4)] : words;
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Lower case, marks apart from letters, and the tone of a word behind it. */
const spelled = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/ð/g, 'đ')
    .replace(/[\p{L}\p{Mn}]+/gu, (word) => word.replace(TONES, '') + (word.match(TONES) ?? []).join(''));

/** Without any marks. */
const plain = (text: string): string => text.replace(/\p{Mn}/gu, '').replace(/đ/g, 'd');
