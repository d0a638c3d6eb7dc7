import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machines, makePe } from '../../../tests/token/make-pe.ts';
import { checkExports, checkMachine, checkModuleFile, readModuleFile } from './module-file.ts';
import { readPe } from './pe.ts';

const PKCS11_EXPORTS = ['C_Finalize', 'C_GetFunctionList', 'C_Initialize'];

describe('a Windows library read as a file', () => {
  it.each(Object.entries(machines))('of %s names its machine and its entry point', (name, machine) => {
    expect(readPe(makePe({ machine, exports: PKCS11_EXPORTS }))).toEqual({ machine: name, isPkcs11: true });
  });

  it('of an unknown machine gives its number', () => {
    expect(readPe(makePe({ machine: 0x1c4, exports: [] }))).toEqual({ machine: '0x1c4', isPkcs11: false });
  });

  it.each([
    ['no exports', []],
    ['other exports', ['CPAcquireContext', 'DllMain']],
    ['a longer name', ['C_GetFunctionListEx']],
  ])('with %s is no PKCS#11 module', (_, exports) => {
    expect(readPe(makePe({ machine: machines.x64, exports }))?.isPkcs11).toBe(false);
  });

  it('cut anywhere or pointing nowhere is no module', () => {
    const whole = makePe({ machine: machines.x64, exports: PKCS11_EXPORTS });
    for (let length = 0; length < 0x440; length += 13)
      expect(readPe(whole.subarray(0, length))?.isPkcs11 ?? false).toBe(false);
    const astray = Buffer.from(whole);
    astray.writeUInt32LE(0xfffffff0, 0x3c);
    expect(readPe(astray)).toBeNull();
    const outside = Buffer.from(whole);
    outside.writeUInt32LE(0x7fffffff, 0x400 + 32);
    expect(readPe(outside)).toBeNull();
  });

  it('that claims four billion names is read no further than it goes', () => {
    const file = makePe({ machine: machines.x64, exports: ['a'] });
    file.writeUInt32LE(0xffffffff, 0x400 + 24);
    expect(readPe(file)).toBeNull();
  });
});

describe('a driver file', () => {
  let directory: string;
  const put = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, bytes);
    return path;
  };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'module-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each([
    ['ia32', { code: 'token.module-32bit', params: { module: 'vendor.dll' } }],
    ['arm64', { code: 'token.module-other-machine', params: { module: 'vendor.dll', machine: 'arm64' } }],
  ] as const)('for %s is refused on a 64-bit PC, by name', async (machine, error) => {
    const path = await put('vendor.dll', makePe({ machine: machines[machine], exports: PKCS11_EXPORTS }));
    const file = await readModuleFile(path);
    expect(() => checkMachine(path, file, 'x64')).toThrow(expect.objectContaining(error));
    expect(() => checkMachine(path, file, machine)).not.toThrow();
  });

  it('that is the shell of a provider is no PKCS#11 module', async () => {
    const path = await put('vendor_s.dll', makePe({ machine: machines.x64, exports: ['CPSignHash'] }));
    const file = await readModuleFile(path);
    expect(() => checkExports(path, file)).toThrow(
      expect.objectContaining({ code: 'token.module-not-pkcs11' }),
    );
  });

  it('that is no library at all is refused on Windows without loading it', async () => {
    const path = await put('text.dll', Buffer.from('not a library'));
    const file = await readModuleFile(path);
    expect(() => checkExports(path, file, 'win32')).toThrow(
      expect.objectContaining({ code: 'token.module-not-pkcs11' }),
    );
    expect(() => checkExports(path, file, 'linux')).not.toThrow();
  });

  it('that is not there, or a directory, is missing', async () => {
    for (const path of [join(directory, 'nothing.dll'), directory])
      await expect(checkModuleFile(path)).rejects.toMatchObject({ code: 'token.module-file-missing' });
  });

  it('that changed since it was accepted is refused', async () => {
    const accepted = makePe({ machine: machines[process.arch as 'x64'], exports: PKCS11_EXPORTS });
    const path = await put('vendor.dll', accepted);
    const { sha256 } = await readModuleFile(path);
    await checkModuleFile(path, sha256);
    await put('vendor.dll', Buffer.concat([accepted, Buffer.from('more')]));
    await expect(checkModuleFile(path, sha256)).rejects.toMatchObject({
      code: 'token.module-changed',
      params: { module: 'vendor.dll' },
    });
  });
});
