import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPkcs11ForWindows } from '../../build/windows/pkcs11.ts';
import { needs } from '../needs.ts';
import { readPe } from '../../src/main/token/pe.ts';

needs('x86_64-w64-mingw32-g++-posix');

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pkcs11-'));
  file = await buildPkcs11ForWindows(join(folder, 'one/pkcs11.node'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What objdump says of the file's headers and imports. */
const headers = (path: string) =>
  execFileSync('x86_64-w64-mingw32-objdump', ['-p', path], { encoding: 'utf8' });

describe('pkcs11js compiled for Windows', () => {
  it('is a library for 64-bit Windows that any address suits', async () => {
    expect(readPe(await readFile(file))?.machine).toBe('x64');
    expect(headers(file)).toMatch(/HIGH_ENTROPY_VA\s+DYNAMIC_BASE\s+NX_COMPAT/);
  });

  it('needs no library but Windows’ own', () => {
    const names = [...headers(file).matchAll(/DLL Name: (\S+)/g)].map(([, name]) => name);
    expect(names).toEqual(['KERNEL32.dll', 'msvcrt.dll']);
  });

  it('is made once, and again of other sources; the same sources give the same file', async () => {
    const made = async () => {
      const path = await buildPkcs11ForWindows(file);
      return { at: (await stat(path)).mtimeMs, bytes: await readFile(path) };
    };
    const first = await made();
    expect((await made()).at).toBe(first.at);
    await writeFile(`${file}.inputs`, 'other');
    const second = await made();
    expect(second.at).toBeGreaterThan(first.at);
    expect(second.bytes.equals(first.bytes)).toBe(true);
  });
});
