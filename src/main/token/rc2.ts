/**
 * RC2 in CBC mode, decryption only (RFC 2268). Files exported by Windows and older OpenSSL protect their
 * certificates with its 40-bit form; neither OpenSSL 3 nor Electron's BoringSSL offers it.
 */

/** RFC 2268, 2: a permutation of all octets made from the digits of pi. */
const PI_TABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const BLOCK = 8;
/** Rotations of the four words in a mixing round, backwards. */
const ROTATIONS = [1, 2, 3, 5] as const;

/** RFC 2268, 2: 64 words of 16 bits from a key of which `effectiveBits` count. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  for (let i = key.length; i < 128; i++)
    bytes[i] = PI_TABLE[(bytes[i - 1]! + bytes[i - key.length]!) & 0xff]!;
  const effectiveBytes = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits);
  bytes[128 - effectiveBytes] = PI_TABLE[bytes[128 - effectiveBytes]! & mask]!;
  for (let i = 127 - effectiveBytes; i >= 0; i--)
    bytes[i] = PI_TABLE[bytes[i + 1]! ^ bytes[i + effectiveBytes]!]!;
  return Uint16Array.from({ length: 64 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}

/** RFC 2268, 4: rounds of 5 and 6 mixings with a mashing between. */
function decryptBlock(words: Uint16Array, block: Uint16Array): void {
  let next = 63;
  const unmix = (): void => {
    for (let i = 3; i >= 0; i--) {
      const turn = ROTATIONS[i]!;
      const turned = ((block[i]! >>> turn) | (block[i]! << (16 - turn))) & 0xffff;
      const [a, b, c] = [block[(i + 3) & 3]!, block[(i + 2) & 3]!, block[(i + 1) & 3]!];
      block[i] = turned - words[next--]! - (a & b) - (~a & c);
    }
  };
  const unmash = (): void => {
    for (let i = 3; i >= 0; i--) block[i] = block[i]! - words[block[(i + 3) & 3]! & 63]!;
  };
  for (const rounds of [5, 6, 5]) {
    for (let round = 0; round < rounds; round++) unmix();
    if (next >= 0) unmash();
  }
}

/** The plain text with its padding, or null when the length is no multiple of the block. */
export function decryptRc2Cbc(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  cipherText: Uint8Array,
): Buffer | null {
  if (cipherText.length % BLOCK !== 0) return null;
  const words = expandKey(key, effectiveBits);
  const plain = Buffer.alloc(cipherText.length);
  const input = Buffer.from(cipherText);
  const block = new Uint16Array(4);
  for (let at = 0; at < input.length; at += BLOCK) {
    for (let i = 0; i < 4; i++) block[i] = input.readUInt16LE(at + 2 * i);
    decryptBlock(words, block);
    for (let i = 0; i < 4; i++) plain.writeUInt16LE(block[i]!, at + 2 * i);
    for (let i = 0; i < BLOCK; i++) plain[at + i]! ^= at === 0 ? iv[i]! : input[at - BLOCK + i]!;
  }
  return plain;
}
