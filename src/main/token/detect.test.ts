import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { needs } from '../../../tests/needs.ts';
import { makePe, machines } from '../../../tests/token/make-pe.ts';
import { detectModules, knownModules } from './detect.ts';
import type { Surroundings } from './detect.ts';
import { readPe } from './pe.ts';
import { parseExport } from './registry.ts';
import type { RegistryKey } from './registry.ts';

const driver = (machine: number = machines.x64) => makePe({ machine, exports: ['C_GetFunctionList'] });
const provider = makePe({ machine: machines.x64, exports: ['CPAcquireContext'] });

/** A Windows machine with these files and these registry exports, as its key and view name them. */
function windows(
  files: Readonly<Record<string, Buffer>>,
  registry: Readonly<Record<string, readonly RegistryKey[]>> = {},
  arch = 'x64',
): Surroundings {
  const byName = new Map(Object.entries(files).map(([path, bytes]) => [path.toLowerCase(), bytes]));
  return {
    platform: 'win32',
    arch,
    systemRoot: String.raw`C:\Windows`,
    read: (path) => {
      const bytes = byName.get(path.toLowerCase());
      return Promise.resolve(bytes && { sha256: '', pe: readPe(bytes) });
    },
    registry: (key, view) => Promise.resolve(registry[`${key} ${view}`] ?? []),
  };
}

const PROVIDERS = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography\Defaults\Provider`;
const KSPS = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Providers`;
const MY = String.raw`HKCU\Software\Microsoft\SystemCertificates\My\Certificates`;

const key = (path: string, name: string, value: string | Buffer): RegistryKey => ({
  path,
  values: new Map([[name, value]]),
});
const images = (...values: string[]) =>
  values.map((value, n) => key(`${PROVIDERS}\\Provider ${n}`, 'image path', value));

/** What reg.exe of Wine 8 wrote, asked with the very arguments of readRegistry. */
const recorded = (name: string) =>
  parseExport(readFileSync(new URL(`../../../tests/token/registry/${name}.reg`, import.meta.url)));

it('finds the vendors’ modules in System32', async () => {
  const found = await detectModules(
    windows({
      [String.raw`C:\Windows\System32\viettel-ca_v6.dll`]: driver(),
      [String.raw`C:\Windows\System32\eTPKCS11.dll`]: driver(),
    }),
  );
  expect(found).toEqual({
    problem: null,
    modules: [
      {
        path: String.raw`C:\Windows\System32\eTPKCS11.dll`,
        family: 'VGCA (SafeNet eToken)',
        holders: [],
        problem: null,
      },
      {
        path: String.raw`C:\Windows\System32\viettel-ca_v6.dll`,
        family: 'Viettel-CA',
        holders: [],
        problem: null,
      },
    ],
  });
});

it('names a 32-bit module as such, unless its 64-bit twin is there', async () => {
  const only = String.raw`C:\Windows\SysWOW64\vnptca_p11_v8.dll`;
  const { modules } = await detectModules(
    windows({
      [only]: driver(machines.ia32),
      [String.raw`C:\Windows\SysWOW64\nca_v6.dll`]: driver(machines.ia32),
      [String.raw`C:\Windows\System32\nca_v6.dll`]: driver(),
    }),
  );
  expect(modules).toMatchObject([
    { path: String.raw`C:\Windows\System32\nca_v6.dll`, problem: null },
    { path: only, problem: { code: 'token.module-32bit', params: { module: 'vnptca_p11_v8.dll' } } },
  ]);
});

it('names a module of another processor', async () => {
  const { modules } = await detectModules(
    windows({ [String.raw`C:\Windows\System32\nca_v6.dll`]: driver() }, {}, 'arm64'),
  );
  expect(modules).toMatchObject([
    { problem: { code: 'token.module-other-machine', params: { machine: 'x64' } } },
  ]);
});

it('finds the module beside a provider’s shell, once, and passes over what is no PKCS#11 module', async () => {
  const files = {
    [String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1.dll`]: driver(),
    [String.raw`C:\Windows\System32\fptca_v6.dll`]: driver(),
    [String.raw`C:\Windows\System32\rsaenh.dll`]: provider,
    [String.raw`C:\Windows\System32\plain.dll`]: provider,
    [String.raw`C:\Windows\System32\text.dll`]: Buffer.from('no library'),
  };
  const registry = {
    [`${PROVIDERS} 64`]: images(
      String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1_s.dll`,
      String.raw`%SystemRoot%\system32\FPTCA_v6_s.dll`,
      'fptca_v6_s.dll',
      'plain_s.dll',
      'text_s.dll',
      String.raw`%SystemRoot%\system32\rsaenh.dll`,
      String.raw`C:\Gone\other_s.dll`,
    ),
  };
  expect((await detectModules(windows(files, registry))).modules).toMatchObject([
    { path: String.raw`C:\Windows\System32\fptca_v6.dll`, family: 'FPT-CA' },
    { path: String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1.dll`, family: '' },
  ]);
});

it('looks for a 32-bit provider’s module where a 32-bit program finds it', async () => {
  const path = String.raw`C:\Windows\SysWOW64\vidu32.dll`;
  const registry = { [`${PROVIDERS} 32`]: images(String.raw`%SystemRoot%\system32\vidu32_s.dll`) };
  expect((await detectModules(windows({ [path]: driver(machines.ia32) }, registry))).modules).toMatchObject([
    { path, problem: { code: 'token.module-32bit' } },
  ]);
});

it('asks the key storage providers, too', async () => {
  const path = String.raw`C:\Windows\System32\viduksp.dll`;
  const registry = { [`${KSPS} 64`]: [key(`${KSPS}\\Vi Du KSP\\UM`, 'image', 'viduksp_s.dll')] };
  expect((await detectModules(windows({ [path]: driver() }, registry))).modules).toMatchObject([{ path }]);
});

it('follows a certificate of the Windows store to its provider’s module, which then stands first', async () => {
  const files = {
    [String.raw`C:\Windows\System32\vidu-ca_v1.dll`]: driver(),
    [String.raw`C:\Windows\System32\eTPKCS11.dll`]: driver(),
    [String.raw`C:\Program Files\Ví Dụ CA\khác.dll`]: driver(),
  };
  const registry = { [`${PROVIDERS} 64`]: recorded('providers'), [`${MY} 64`]: recorded('certificates') };
  expect((await detectModules(windows(files, registry))).modules).toEqual([
    {
      path: String.raw`C:\Windows\system32\vidu-ca_v1.dll`.replace('system32', 'System32'),
      family: '',
      holders: ['Nguyễn Thị Ví Dụ'],
      problem: null,
    },
    expect.objectContaining({ family: 'VGCA (SafeNet eToken)', holders: [] }),
    expect.objectContaining({ path: String.raw`C:\Program Files\Ví Dụ CA\khác.dll`, holders: [] }),
  ]);
});

it('says so when the registry cannot be read, and finds the known files all the same', async () => {
  const around = windows({ [String.raw`C:\Windows\System32\nca_v6.dll`]: driver() });
  const found = await detectModules({ ...around, registry: () => Promise.reject(new Error('no reg.exe')) });
  expect(found.problem).toEqual({ code: 'token.registry-unreadable', params: {} });
  expect(found.modules).toHaveLength(1);
});

needs('softhsm2-util')('finds SoftHSM on this machine', async () => {
  const { modules, problem } = await detectModules();
  expect(modules.map(({ family }) => family)).toContain('SoftHSM');
  expect(problem).toBeNull();
});

it('lists each file once and no provider shell', () => {
  const files = knownModules.windows.flatMap((one) => one.files).map((file) => file.toLowerCase());
  expect(new Set(files).size).toBe(files.length);
  expect(files.filter((file) => file.endsWith('_s.dll'))).toEqual([]);
});

it('knows every driver name that was seen in Vietnam, each once', () => {
  const versions = (name: string, first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, n) => `${name}${first + n}`);
  const others = `bit4xpki etpkcs11 gclib idprimepkcs1164 eps2003csp11 eps2003csp11v2 shuttlecsp11_3003 ngp11v211 wdpkcs
    aetpkss1 st3csp11 acospkcs11 signaturep11 opensc-pkcs11 vdctdcsp11 psapkcs vnpt-ca_csp11 vnpt-ca_v34 vnpt-ca_cl_v1
    fpt-ca fpt-ca_v4 fpt-ca_v5 bkavca bkavcav25 bkavcav2s bkavcaetoken ca2_csp11 ca2_v34 newca_v4 ncca_csp11_v1
    newtel-ca efy-ca_v1 vina-ca_v1 vina-ca_v3 vina-ca_v5 safe-ca_v1 safe-ca_v2 misaca_csp11_v2 fca_v1 ica_csp11_v1 ckca`;
  const seen = [
    ...others.split(/\s+/),
    ...versions('vnptca_p11_v', 5, 10),
    ...versions('viettel-ca_v', 1, 6),
    ...versions('fptca_v', 3, 6),
    ...versions('nca_v', 4, 9),
    ...versions('vina-cav', 2, 10),
  ].map((name) => `${name}.dll`);
  const known = knownModules.windows.flatMap(({ files }) => files.map((file) => file.toLowerCase()));
  expect(known.toSorted()).toEqual(seen.toSorted());
});
