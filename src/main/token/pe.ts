/**
 * Windows libraries read as files (PE/COFF specification, revision 11), so that a wrong one is never loaded:
 * which processor it is for, and whether it exports what a PKCS#11 module must.
 */

export type PeMachine = 'ia32' | 'x64' | 'arm64' | `0x${string}`;

export interface PeFile {
  readonly machine: PeMachine;
  /** Exports C_GetFunctionList, the one entry point a PKCS#11 module has to have. */
  readonly isPkcs11: boolean;
}

const MACHINES: Readonly<Record<number, PeMachine>> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' };
const PE32_PLUS = 0x20b;
const SECTION_HEADER = 40;
/** No module in use exports a tenth of this. */
const MAX_NAMES = 100_000;
const ENTRY_POINT = 'C_GetFunctionList';

/** Null when the bytes are no Windows library, or one cut short. */
export function readPe(file: Buffer): PeFile | null {
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parse(file: Buffer): PeFile | null {
  if (file.subarray(0, 2).toString('latin1') !== 'MZ') return null;
  const header = file.readUInt32LE(0x3c);
  if (file.subarray(header, header + 4).toString('latin1') !== 'PE\0\0') return null;
  const machine = file.readUInt16LE(header + 4);
  const sectionCount = file.readUInt16LE(header + 6);
  const optional = header + 24;
  const sections = optional + file.readUInt16LE(header + 20);
  // The data directories stand behind 64-bit fields in PE32+, whose first entry is the export table.
  const directories = optional + (file.readUInt16LE(optional) === PE32_PLUS ? 112 : 96);
  const hasExports = file.readUInt32LE(directories - 4) > 0;
  const exportAddress = hasExports ? file.readUInt32LE(directories) : 0;
  const toOffset = (address: number): number => {
    for (let at = sections, n = 0; n < sectionCount; n++, at += SECTION_HEADER) {
      const start = file.readUInt32LE(at + 12);
      const size = Math.max(file.readUInt32LE(at + 8), file.readUInt32LE(at + 16));
      if (address >= start && address < start + size) return address - start + file.readUInt32LE(at + 20);
    }
    throw new RangeError('address outside every section');
  };
  return {
    machine: MACHINES[machine] ?? `0x${machine.toString(16)}`,
    isPkcs11: exportAddress > 0 && exportsEntryPoint(file, toOffset(exportAddress), toOffset),
  };
}

function exportsEntryPoint(file: Buffer, directory: number, toOffset: (address: number) => number): boolean {
  const count = Math.min(file.readUInt32LE(directory + 24), MAX_NAMES);
  const names = toOffset(file.readUInt32LE(directory + 32));
  const wanted = Buffer.from(`${ENTRY_POINT}\0`, 'latin1');
  for (let n = 0; n < count; n++) {
    const name = toOffset(file.readUInt32LE(names + 4 * n));
    if (file.subarray(name, name + wanted.length).equals(wanted)) return true;
  }
  return false;
}
