/** The part of Markdown that the help pages use: headings, paragraphs, lists, tables; code, strong and emphasis inside. */
export type Inline = { readonly kind: 'text' | 'code' | 'strong' | 'em'; readonly text: string };
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const inlineMark = /`([^`]+)`|\*\*([^*]+)\*\*|_([^_]+)_/g;

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(inlineMark)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    const [whole, code, strong, em] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (em !== undefined) parts.push({ kind: 'em', text: em });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

const cells = (line: string) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

/** Blocks are separated by empty lines, of whatever system; a heading is a block by itself. */
export function parseMarkdown(source: string): Block[] {
  return source
    .replaceAll('\r\n', '\n')
    .replace(/^(#+ .*)$/gm, '\n$1\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(parseBlock);
}

function parseBlock(block: string): Block {
  const heading = /^(#+) (.*)$/.exec(block);
  if (heading) return { kind: 'heading', level: heading[1]!.length, content: parseInline(heading[2]!) };
  const lines = block.split('\n');
  if (lines[0]!.startsWith('|')) {
    return { kind: 'table', head: cells(lines[0]!), rows: lines.slice(2).map(cells) };
  }
  const item = /^(?:-|(\d+)\.) /.exec(block);
  if (item) {
    const items = block
      .split(/\n(?=- |\d+\. )/)
      .map((text) => parseInline(oneLine(text).replace(/^(-|\d+\.) /, '')));
    return { kind: 'list', ordered: item[1] !== undefined, items };
  }
  return { kind: 'paragraph', content: parseInline(oneLine(block)) };
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');
