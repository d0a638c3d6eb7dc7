import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { demand, NOT_EDXML } from './refusal.ts';

/** The axis reads messages with another parser than the product's: two readers must agree. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  /** Character data as written, references unexpanded. */
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: false,
});

const CONTENT = /(<(?:[\w.-]+:)?ContentTransferEncoded[^>]*>)([^<]*)(<\/)/g;

/** The message as a tree; base64 is set aside first, as this parser takes seconds and gigabytes for it. */
export function readMessage(bytes: Uint8Array): Node {
  const text = new TextDecoder('utf-8').decode(bytes);
  demand(!/<!DOCTYPE/i.test(text), NOT_EDXML, 'DTD khong duoc phep');
  const contents: string[] = [];
  const outline = text.replace(CONTENT, (_, open: string, content: string, close: string) => {
    contents.push(content);
    return `${open}#${contents.length - 1}${close}`;
  });
  demand(XMLValidator.validate(outline) === true, NOT_EDXML, 'XML khong dung cau truc');
  const root = nodes(parser.parse(outline), contents).find(({ name }) => name !== '?xml');
  demand(root !== undefined, NOT_EDXML, 'Khong co noi dung');
  return root;
}

function nodes(parsed: unknown, contents: readonly string[]): Node[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((entry: Record<string, unknown>) => {
    const name = Object.keys(entry).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const children = entry[name];
    const text = (Array.isArray(children) ? children : [])
      .map((child: Record<string, unknown>) => (typeof child['#text'] === 'string' ? child['#text'] : ''))
      .join('');
    const content = /^#(\d+)$/.exec(text);
    return [
      {
        name,
        attributes: (entry[':@'] ?? {}) as Record<string, string>,
        children: nodes(children, contents),
        text:
          content && name.endsWith('ContentTransferEncoded') ? (contents[Number(content[1])] ?? '') : text,
      },
    ];
  });
}

export const localName = (node: Node) => node.name.slice(node.name.indexOf(':') + 1);

export function find(node: Node | undefined, ...path: string[]): Node | undefined {
  let at = node;
  for (const name of path) at = at?.children.find((child) => localName(child) === name);
  return at;
}

export function findAll(node: Node | undefined, name: string): Node[] {
  return node?.children.filter((child) => localName(child) === name) ?? [];
}

export function value(node: Node | undefined, ...path: string[]): string {
  const text = find(node, ...path)?.text ?? '';
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

export function writeMessage(root: Node): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, '')}`;
}

function render({ name, attributes, children, text }: Node, indent: string): string {
  const open = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${value}"`)
    .join('')}`;
  if (children.length > 0)
    return `${open}>\n${children.map((child) => render(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
  return text === '' ? `${open} />\n` : `${open}>${text}</${name}>\n`;
}
