/** Mutations of good input, the same ones in every run: a seed decides them all. */
export type Random = (below: number) => number;

/** mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Lengths and counts that parsers get wrong. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xfe, 0xff];
const NUMBERS = ['0', '-1', '2147483648', '4294967296', '99999999999999999999', '1e9', '0.5', '5 0 R', ''];

/** Changes a copy of its own, or makes a new one. */
export type Mutation = (bytes: Buffer, random: Random, others: readonly Uint8Array[]) => Buffer;

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const at = random(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << random(8));
    return bytes;
  },
  (bytes, random) => {
    bytes[random(bytes.length)] = EDGES[random(EDGES.length)]!;
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => {
    const [from, to] = [random(bytes.length), random(bytes.length)];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random, others) => {
    const other = others[random(others.length)] ?? bytes;
    const from = random(other.length);
    const piece = other.subarray(from, from + random(64) + 1);
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + random(2) * piece.length)]);
  },
  (bytes, random) => {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)];
    const hit = numbers[random(Math.max(1, numbers.length))];
    if (!hit) return bytes;
    const number = Buffer.from(NUMBERS[random(NUMBERS.length)]!);
    return Buffer.concat([bytes.subarray(0, hit.index), number, bytes.subarray(hit.index + hit[0].length)]);
  },
];

/** One to four mutations of one of the samples; those made for its format are taken twice as often as the rest. */
export function mutated(
  samples: readonly Uint8Array[],
  random: Random,
  ofFormat: readonly Mutation[] = [],
): Buffer {
  let bytes: Buffer = Buffer.from(samples[random(samples.length)]!);
  for (let n = random(4); n >= 0 && bytes.length > 0; n--) {
    const choice = ofFormat.length > 0 && random(3) > 0 ? ofFormat : mutations;
    bytes = choice[random(choice.length)]!(bytes, random, samples);
  }
  return bytes;
}
