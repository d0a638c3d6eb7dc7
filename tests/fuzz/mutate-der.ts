/** Changes of DER that keep the lengths around them right, so that readers get to see what is wrong inside. */
import type { Mutation, Random } from './mutate.ts';

interface Node {
  tag: number;
  /** Null for a primitive value. */
  kids: Node[] | null;
  content: Buffer;
  /** Octets before the kids: the unused-bits octet of a BIT STRING that holds DER. */
  lead: Buffer;
  indefinite: boolean;
}

const EDGE_CONTENTS = [
  '',
  '00',
  'ff',
  '7f',
  '80',
  '0000',
  'ffffffffffffffff',
  '00'.repeat(64),
  '8080808001',
].map((hex) => Buffer.from(hex, 'hex'));
const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x17, 0x18, 0x1c, 0x1e, 0x24, 0x30, 0x31, 0x80, 0x81,
  0x82, 0x86, 0xa0, 0xa1, 0xa4,
];

function parse(bytes: Buffer, depth = 0): Node[] | null {
  const list: Node[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
    let length = first;
    let start = at + 2;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0 || octets > 3 || start + octets > bytes.length) return null;
      length = bytes.readUIntBE(start, octets);
      start += octets;
    }
    const content = bytes.subarray(start, start + length);
    if ((tag & 0x1f) === 0x1f || content.length !== length) return null;
    // Extensions and keys are DER inside of strings.
    const lead = Buffer.from(content.subarray(0, tag === 0x03 ? 1 : 0));
    const holds = (tag & 0x20) !== 0 || ((tag === 0x04 || tag === 0x03) && content.length > 2);
    const kids = holds && depth < 24 ? parse(content.subarray(lead.length), depth + 1) : null;
    list.push({ tag, kids: kids?.length ? kids : null, content, lead, indefinite: false });
    at = start + length;
  }
  return list;
}

function write(node: Node): Buffer {
  const content = node.kids ? Buffer.concat([node.lead, ...node.kids.map(write)]) : node.content;
  if (node.indefinite) return Buffer.concat([Buffer.of(node.tag | 0x20, 0x80), content, Buffer.of(0, 0)]);
  const size = content.length;
  const head =
    size < 0x80
      ? [size]
      : size < 0x100
        ? [0x81, size]
        : size < 0x10000
          ? [0x82, size >> 8, size & 255]
          : [0x83, size >> 16, (size >> 8) & 255, size & 255];
  return Buffer.concat([Buffer.of(node.tag, ...head), content]);
}

const all = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...all(node.kids ?? [])]);
const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random(list.length)];

type Change = (node: Node, random: Random, strangers: () => Node | undefined) => void;
const changes: readonly Change[] = [
  (node, random) => node.kids?.splice(random(node.kids.length), 1),
  (node, random) => {
    const kid = node.kids && pick(node.kids, random);
    if (kid) node.kids?.splice(random(node.kids.length + 1), 0, kid);
  },
  (node, random) => {
    const kid = node.kids?.splice(random(node.kids.length), 1)[0];
    if (kid) node.kids?.splice(random(node.kids.length + 1), 0, kid);
  },
  (node, random) => {
    node.tag = pick(TAGS, random)!;
  },
  (node, random) => {
    node.kids = null;
    node.content = pick(EDGE_CONTENTS, random)!;
  },
  (node, random) => {
    if (node.content.length === 0) return;
    node.kids = null;
    node.content = Buffer.from(node.content);
    node.content[random(node.content.length)] = random(256);
  },
  (node, random) => {
    // Wrapped, perhaps many times.
    for (let n = random(2) === 0 ? 1 : random(64); n > 0; n--) {
      const core: Node = { ...node };
      Object.assign(node, { tag: pick([0x30, 0xa0, 0x24], random)!, kids: [core], lead: Buffer.alloc(0) });
    }
  },
  (node) => {
    node.indefinite = true;
  },
  (node, random, stranger) => {
    const other = stranger();
    if (other) node.kids?.splice(random(node.kids.length + 1), 0, other);
  },
  (node, _, stranger) => {
    const other = stranger();
    if (other) Object.assign(node, other);
  },
  (node, random) => {
    // Many of the same kind.
    const kid = node.kids && pick(node.kids, random);
    if (kid && write(kid).length < 1024) node.kids!.push(...Array.from({ length: random(200) }, () => kid));
  },
];

const within: Mutation = (bytes, random, others) => {
  const tree = parse(bytes);
  const node = tree && pick(all(tree), random);
  if (!node) return bytes;
  const stranger = (): Node | undefined => {
    const other = pick(others, random);
    const found = other && parse(Buffer.from(other));
    return found ? pick(all(found), random) : undefined;
  };
  pick(changes, random)!(node, random, stranger);
  return Buffer.concat(tree.map(write));
};

export const derMutations: readonly Mutation[] = [within];
