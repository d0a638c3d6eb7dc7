import { expect, it } from 'vitest';
import { detectModules, knownModules, readRegistryValues } from './detect.ts';
import type { Surroundings } from './detect.ts';

const windows = (files: readonly string[], images: readonly string[] = []): Surroundings => ({
  platform: 'win32',
  systemRoot: String.raw`C:\Windows`,
  exists: (path) => Promise.resolve(files.some((file) => file.toLowerCase() === path.toLowerCase())),
  providerImages: () => Promise.resolve(images),
});

it('finds the vendors’ modules in System32, never the 32-bit ones', async () => {
  const found = await detectModules(
    windows([
      String.raw`C:\Windows\System32\viettel-ca_v6.dll`,
      String.raw`C:\Windows\SysWOW64\vnptca_p11_v8.dll`,
      String.raw`C:\Windows\System32\eTPKCS11.dll`,
    ]),
  );
  expect(found).toEqual([
    { path: String.raw`C:\Windows\System32\eTPKCS11.dll`, family: 'VGCA (SafeNet eToken)' },
    { path: String.raw`C:\Windows\System32\viettel-ca_v6.dll`, family: 'Viettel-CA' },
  ]);
});

it('finds the module beside a provider’s shell, once', async () => {
  const files = [
    String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1.dll`,
    String.raw`C:\Windows\System32\fptca_v6.dll`,
    String.raw`C:\Windows\System32\rsaenh.dll`,
  ];
  const images = [
    String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1_s.dll`,
    String.raw`%SystemRoot%\system32\FPTCA_v6_s.dll`,
    'fptca_v6_s.dll',
    String.raw`%SystemRoot%\system32\rsaenh.dll`,
    String.raw`C:\Gone\other_s.dll`,
  ];
  expect(await detectModules(windows(files, images))).toEqual([
    { path: String.raw`C:\Windows\System32\fptca_v6.dll`, family: 'FPT-CA' },
    { path: String.raw`C:\Program Files\Vi Du CA\vidu-ca_v1.dll`, family: '' },
  ]);
});

it('finds SoftHSM on this machine', async () => {
  const found = await detectModules();
  expect(found.map(({ family }) => family)).toContain('SoftHSM');
});

it('reads what reg.exe prints', () => {
  const output = [
    String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\Microsoft Base`,
    String.raw`    Image Path    REG_EXPAND_SZ    %SystemRoot%\system32\rsaenh.dll`,
    '',
    String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\Vi Du CSP`,
    String.raw`    Image Path    REG_SZ    C:\Program Files\Vi Du CA\vidu_s.dll`,
    '',
    'End of search: 2 match(es) found.',
  ].join('\r\n');
  expect(readRegistryValues(output)).toEqual([
    String.raw`%SystemRoot%\system32\rsaenh.dll`,
    String.raw`C:\Program Files\Vi Du CA\vidu_s.dll`,
  ]);
});

it('lists each file once and no provider shell', () => {
  const files = knownModules.windows.flatMap((one) => one.files).map((file) => file.toLowerCase());
  expect(new Set(files).size).toBe(files.length);
  expect(files.filter((file) => file.endsWith('_s.dll'))).toEqual([]);
});
