/**
 * Keys of the Windows registry, by `reg.exe export`: its files are UTF-16 and the same in every language, while what
 * `reg query` prints is in the console's code page and loses Vietnamese letters.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';

export interface RegistryKey {
  /** Full path, `HKEY_LOCAL_MACHINE\…`. */
  readonly path: string;
  /** By lower-case name; text of REG_SZ and REG_EXPAND_SZ (not expanded), bytes of REG_BINARY. Others are left out. */
  readonly values: ReadonlyMap<string, string | Buffer>;
}

/** Which of the two registries of a 64-bit Windows: 32-bit programs write to their own. */
export type RegistryView = 32 | 64;

const TIMEOUT_MS = 10_000;
/** The keys read here take some 100 KB where a person has many certificates. */
const MAX_EXPORT_BYTES = 16 * 1024 * 1024;

/**
 * A key with everything below it; nothing for one that does not exist.
 * @param key `HKLM\…` or `HKCU\…`
 * @throws Error when reg.exe is missing, does not end or writes what cannot be read
 */
export async function readRegistry(
  systemRoot: string,
  key: string,
  view: RegistryView,
): Promise<RegistryKey[]> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const file = join(folder, 'export.reg');
  try {
    const program = win32.join(systemRoot, 'System32', 'reg.exe');
    if (!(await exported(program, ['export', key, file, '/y', `/reg:${view}`]))) return [];
    const { size } = await stat(file);
    if (size > MAX_EXPORT_BYTES) throw new RangeError(`the registry export has ${size} bytes`);
    return parseExport(await readFile(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** False when reg.exe says no (exit code 1): there is no such key. */
function exported(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: TIMEOUT_MS, windowsHide: true }, (error) => {
      if (!error) resolve(true);
      else if (error.code === 1) resolve(false);
      else reject(error);
    });
  });
}

const SECTION = /^\[(.+)\]$/;
const VALUE = /^"((?:[^"\\]|\\.)*)"=(?:"((?:[^"\\]|\\.)*)"|hex(?:\((\d)\))?:([0-9a-f,]*))$/i;
const EXPAND_SZ = '2';

/** Text of "Windows Registry Editor Version 5.00", UTF-16 with its mark. @throws RangeError for any other */
export function parseExport(bytes: Buffer): RegistryKey[] {
  if (bytes.readUInt16LE(0) !== 0xfeff) throw new RangeError('not a registry export');
  // A backslash at the end of a line: the value goes on in the next.
  const lines = bytes
    .toString('utf16le', 2)
    .replace(/,\\\r?\n\s*/g, ',')
    .split(/\r?\n/);
  const keys: { path: string; values: Map<string, string | Buffer> }[] = [];
  for (const line of lines) {
    const path = SECTION.exec(line)?.[1];
    if (path !== undefined) keys.push({ path, values: new Map() });
    const [, name, text, type, hex] = VALUE.exec(line) ?? [];
    if (name === undefined) continue;
    const value = text === undefined ? binaryValue(hex ?? '', type) : unescape(text);
    if (value !== undefined) keys.at(-1)?.values.set(unescape(name).toLowerCase(), value);
  }
  return keys;
}

const unescape = (text: string): string => text.replace(/\\(.)/g, '$1');

function binaryValue(hex: string, type: string | undefined): string | Buffer | undefined {
  const bytes = Buffer.from(hex.replaceAll(',', ''), 'hex');
  if (type === undefined) return bytes;
  return type === EXPAND_SZ ? bytes.toString('utf16le').replace(/\0+$/, '') : undefined;
}
