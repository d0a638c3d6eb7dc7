/** Smallest Windows library: headers, one section, an export table. For reading, not for running. */
export interface PeSpec {
  readonly machine: number;
  readonly exports: readonly string[];
}

export const machines = { ia32: 0x14c, x64: 0x8664, arm64: 0xaa64 } as const;

const HEADER = 0x80;
const SECTION_ADDRESS = 0x1000;
const SECTION_OFFSET = 0x400;

export function makePe({ machine, exports }: PeSpec): Buffer {
  const isWide = machine !== machines.ia32;
  const optionalSize = isWide ? 240 : 224;
  const file = Buffer.alloc(SECTION_OFFSET + 0x800);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(HEADER, 0x3c);
  file.write('PE\0\0', HEADER, 'latin1');
  file.writeUInt16LE(machine, HEADER + 4);
  file.writeUInt16LE(1, HEADER + 6);
  file.writeUInt16LE(optionalSize, HEADER + 20);
  const optional = HEADER + 24;
  file.writeUInt16LE(isWide ? 0x20b : 0x10b, optional);
  const directories = optional + (isWide ? 112 : 96);
  file.writeUInt32LE(16, directories - 4);
  const section = optional + optionalSize;
  file.write('.rdata', section, 'latin1');
  file.writeUInt32LE(0x800, section + 8);
  file.writeUInt32LE(SECTION_ADDRESS, section + 12);
  file.writeUInt32LE(0x800, section + 16);
  file.writeUInt32LE(SECTION_OFFSET, section + 20);
  if (exports.length === 0) return file;

  file.writeUInt32LE(SECTION_ADDRESS, directories);
  file.writeUInt32LE(exports.length, SECTION_OFFSET + 24);
  file.writeUInt32LE(SECTION_ADDRESS + 40, SECTION_OFFSET + 32);
  let name = 40 + 4 * exports.length;
  exports.forEach((text, index) => {
    file.writeUInt32LE(SECTION_ADDRESS + name, SECTION_OFFSET + 40 + 4 * index);
    file.write(`${text}\0`, SECTION_OFFSET + name, 'latin1');
    name += text.length + 1;
  });
  return file;
}
