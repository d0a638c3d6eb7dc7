/** Changes of PDFs that keep the cross-reference right, so that readers get to see what is wrong inside. */
import { append } from '../attacks/pdf-text.ts';
import type { Mutation, Random } from './mutate.ts';

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random(list.length)];

const WORDS =
  'null true 0 1 -1 65535 8388607 4294967296 1e9 .5 1 0 R 2 0 R 3 0 R 4 0 R 5 0 R 7 0 R 9 0 R 99 0 R () (a) <00> [] [[[]]] << >> /Kids /Parent /Type /Page /Pages /Length /Filter /FlateDecode /LZWDecode /ASCII85Decode /ASCIIHexDecode /RunLengthDecode /DecodeParms /Predictor 12 /Columns /Colors /W /Index /Prev /Size /XRefStm /Encrypt /ObjStm /XRef /N /First /Extends /ByteRange /Contents /Sig /AP /Rect /Annots /AcroForm /Fields /FT /V /Ff /MediaBox /Rotate /Resources /Perms /DocMDP /Reference /TransformMethod /DSS /VRI /StructTreeRoot /ParentTree /Nums /Limits stream endstream endobj obj xref trailer startxref %%EOF'.split(
    / (?!0 R|R)/,
  );
const TOKEN = /\/[^\s/<>[\]()]+|\([^()]*\)|<[0-9a-fA-F]*>|-?\d+ 0 R|-?[\d.]+|[<>[\]]+|\w+/g;

/** One token of an object replaced, doubled, dropped or exchanged with one from anywhere in the file. */
function changedBody(body: string, whole: string, random: Random): string {
  const cut = body.indexOf('stream');
  const head = cut < 0 ? body : body.slice(0, cut);
  const tokens = [...head.matchAll(TOKEN)];
  const token = pick(tokens, random);
  if (!token) return pick(WORDS, random)!;
  const act = random(5);
  const from = token.index;
  const to = from + token[0].length;
  const stranger = () => {
    const at = random(Math.max(1, whole.length - 400));
    return pick([...whole.slice(at, at + 400).matchAll(TOKEN)], random)?.[0] ?? 'null';
  };
  const put =
    act === 0 ? '' : act === 1 ? `${token[0]} ${token[0]}` : act === 2 ? stranger() : pick(WORDS, random)!;
  return `${body.slice(0, from)}${put}${body.slice(to)}`;
}

/** An update with one to three objects changed. */
const updated: Mutation = (bytes, random) => {
  const text = bytes.toString('latin1');
  const objects = [...text.matchAll(/(?:^|[\r\n])(\d{1,6}) 0 obj\s([\s\S]{0,20000}?)\sendobj/g)];
  if (objects.length === 0) return bytes;
  const changed: Record<number, string> = {};
  for (let n = random(3); n >= 0; n--) {
    const [, num = '1', body = ''] = pick(objects, random)!;
    changed[Number(num)] = changedBody(changed[Number(num)] ?? body, text, random);
  }
  return append(bytes, changed, random(4) === 0 ? { free: [random(20)] } : {});
};

/** A token overwritten by another of the same length. */
const inPlace: Mutation = (bytes, random) => {
  const at = random(bytes.length);
  const piece = bytes.toString('latin1', at, at + 300);
  const token = pick([...piece.matchAll(TOKEN)], random);
  if (!token) return bytes;
  const word = pick(WORDS, random)!.slice(0, token[0].length).padEnd(token[0].length);
  bytes.write(word, at + token.index, 'latin1');
  return bytes;
};

export const pdfMutations: readonly Mutation[] = [updated, inPlace];
