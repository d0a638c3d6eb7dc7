/** Letters by the names simple fonts give their glyphs (ISO 32000-2, Annex D.2; Adobe Glyph List). */

/** From U+0021 on. */
const ASCII = `
  exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus
  comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less
  equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash
  bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p q r s t u v w x y z
  braceleft bar braceright asciitilde`;
/** From U+00A1 on. */
const LATIN = `
  exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft
  logicalnot hyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph
  periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters
  questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex
  Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis
  multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls agrave aacute
  acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute
  icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave
  uacute ucircumflex udieresis yacute thorn ydieresis`;
const OTHERS = `
  bullet• dagger† daggerdbl‡ ellipsis… emdash— endash– florinƒ fraction⁄ guilsinglleft‹
  guilsinglright› minus− perthousand‰ quotedblbase„ quotedblleft“ quotedblright” quoteleft‘
  quoteright’ quotesinglbase‚ trademark™ fiﬁ flﬂ LslashŁ OEŒ ScaronŠ YdieresisŸ ZcaronŽ dotlessiı
  lslashł oeœ scaronš zcaronž Euro€ breve˘ caronˇ circumflexˆ dotaccent˙ hungarumlaut˝ ogonek˛ ring˚
  tilde˜`;

const words = (text: string): string[] => text.trim().split(/\s+/);
const from = (first: number, names: string): [string, string][] =>
  words(names).map((name, i) => [name, String.fromCharCode(first + i)]);

const LETTERS: ReadonlyMap<string, string> = new Map([
  ...from(0xa1, LATIN),
  // The soft hyphen bears the name of the plain one.
  ...from(0x21, ASCII),
  ...words(OTHERS).map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
  ['space', ' '],
  ['nbspace', ' '],
]);

/** Undefined for a name that does not say which letter it stands for. */
export function letterNamed(name: string): string | undefined {
  const [, hex] = /^(?:uni|u)([0-9A-F]{4,6})$/.exec(name) ?? [];
  if (hex === undefined) return LETTERS.get(name);
  const code = parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}
