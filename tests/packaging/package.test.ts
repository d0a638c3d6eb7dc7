/** The program as it is packed for Windows and for Linux, with a stand-in for Electron's own binary. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../../build/package.ts';
import { needs } from '../needs.ts';
import { prepareWine, runWindowsNode, windowsPath } from '../windows/wine.ts';
import { importsOf } from './imports.ts';
import { makeElectronStandIn } from './stand-in.ts';

needs('wine', 'x86_64-w64-mingw32-g++-posix');

const root = join(import.meta.dirname, '../..');
// Parts of electron-builder, so they are found through it.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const library = createRequire(builder.resolve('app-builder-lib/package.json'));
const asar = library('@electron/asar') as {
  extractAll(archive: string, folder: string): void;
  getRawHeader(archive: string): { headerString: string };
};
const { FuseV1Options, getCurrentFuseWire } = library('@electron/fuses') as {
  FuseV1Options: Record<string, string | number>;
  getCurrentFuseWire(this: void, program: string): Promise<Record<string, number>>;
};

const folder = mkdtempSync(join(tmpdir(), 'Đóng gói '));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is reached by name at run time, or is read and not imported. */
const byName = [
  'node_modules/pkcs11js/index.js',
  'node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs',
  'node_modules/pdfjs-dist/cmaps/UniGB-UCS2-H.bcmap',
  'node_modules/pdfjs-dist/standard_fonts/FoxitSerif.pfb',
  ...['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map(
    (style) => `node_modules/@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`,
  ),
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'package.json',
];

/** What may be there besides: texts of licences, what Node asks of a package, all of a folder that is read by name. */
const allowed = [
  /^out\/renderer\//,
  /\/package\.json$/,
  /\/(LICEN[CS]E[^/]*|CopyrightNotice\.txt)$/,
  /^node_modules\/pdfjs-dist\/(cmaps|standard_fonts)\/[^/]+\.(bcmap|pfb|ttf)$/,
  // Types only: nothing is left of them in JavaScript.
  /^node_modules\/pdf-lib\/cjs\/(api\/Embeddable|types\/(fontkit|matrix))\.js$/,
];

const kinds = {
  win32: {
    program: 'BanVanThu.exe',
    begins: 'MZ',
    sqlite: 'win32-x64',
    canvas: 'canvas-win32-x64-msvc/skia.win32-x64-msvc.node',
    data: ['node_modules/@napi-rs/canvas-win32-x64-msvc/icudtl.dat'],
  },
  linux: {
    program: 'BanVanThu',
    begins: '\x7fELF',
    sqlite: 'linux-x64',
    canvas: 'canvas-linux-x64-gnu/skia.linux-x64-gnu.node',
    data: [],
  },
} as const;

/** Vite's build and two packagings, on a busy machine. */
const BUILD_LIMIT_MS = 600_000;

let imports: readonly string[];
const unpacked = { win32: '', linux: '' };
const apps = { win32: join(folder, 'app-win32'), linux: join(folder, 'app-linux') };
beforeAll(async () => {
  execFileSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build'], { cwd: root });
  // Of a package within another the archive has a copy beside it.
  imports = (await importsOf(root)).map((path) => path.replace(/^node_modules\/.*\/(?=node_modules\/)/, ''));
  for (const platform of ['win32', 'linux'] as const) {
    const electronDist = join(folder, `electron-${platform}`);
    makeElectronStandIn(platform, electronDist);
    unpacked[platform] = await pack(platform, { electronDist, output: join(folder, 'dist') });
    asar.extractAll(join(unpacked[platform], 'resources/app.asar'), apps[platform]);
  }
}, BUILD_LIMIT_MS);

describe.each(['win32', 'linux'] as const)('packed for %s', (platform) => {
  const { program, begins, sqlite, canvas, data } = kinds[platform];
  const natives = [
    `node_modules/@napi-rs/${canvas}`,
    `node_modules/better-sqlite3/prebuilds/${sqlite}.node`,
    'node_modules/pkcs11js/build/Release/pkcs11.node',
  ];

  it('the archive has what the program imports, and nothing else', () => {
    const packed = globSync('**', { cwd: apps[platform], withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(apps[platform].length + 1));
    const wanted = [...imports, ...byName, ...natives, ...data];
    expect(imports.length).toBeGreaterThan(100);
    expect(wanted.filter((path) => !packed.includes(path))).toEqual([]);
    expect(
      packed.filter((path) => !wanted.includes(path) && !allowed.some((pattern) => pattern.test(path))),
    ).toEqual([]);
  });

  it('only native libraries, and what they open, lie outside the archive, and all fit the platform', () => {
    const resources = join(unpacked[platform], 'resources');
    const outside = globSync('**', { cwd: resources, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(resources.length + 1));
    expect(outside.sort()).toEqual(
      ['app.asar', ...[...natives, ...data].map((path) => join('app.asar.unpacked', path))].sort(),
    );
    for (const path of [
      ...natives.map((name) => join(apps[platform], name)),
      join(unpacked[platform], program),
    ])
      expect(readFileSync(path).subarray(0, begins.length).toString('latin1'), path).toBe(begins);
  });

  it('has its languages only, and licences of Electron', () => {
    const beside = globSync('{*,locales/*}', { cwd: unpacked[platform], withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    const languages = ['en-US.pak', 'vi.pak'];
    expect(beside.sort()).toEqual(
      [program, 'LICENSE.electron.txt', 'LICENSES.chromium.html', 'version', ...languages].sort(),
    );
  });

  it('every fuse is burnt into the program as it was decided', async () => {
    const wire = await getCurrentFuseWire(join(unpacked[platform], program));
    const on = Object.keys(FuseV1Options).filter(
      (name) => Number.isNaN(Number(name)) && wire[FuseV1Options[name]!] === '1'.charCodeAt(0),
    );
    expect(on.sort()).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
    ]);
  });
});

it('the Windows program knows the hash of its archive', () => {
  const { headerString } = asar.getRawHeader(join(unpacked.win32, 'resources/app.asar'));
  const hash = createHash('sha256').update(headerString).digest('hex');
  const program = readFileSync(join(unpacked.win32, 'BanVanThu.exe'));
  expect(program.includes(JSON.stringify(hash))).toBe(true);
});

/** What start.ts prints of a program that is whole. */
const started = {
  trouble: [],
  state: { ok: true, value: { host: 'electron', currentPersonId: null } },
  page: { status: 200, type: expect.stringMatching(/^text\/html/) as string },
  pkcs11: 'object',
  drawn: [10, 10, 10, 255],
};

it('starts on Linux out of its archive, opens an office, shows its page and ends', () => {
  const data = join(folder, 'linux-data');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'start.ts'), apps.linux, join(folder, 'linux-account'), '--data', data],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ platform: 'linux', ...started });
  expect(status).toBe(0);
  expect(existsSync(join(data, 'office/office.sqlite'))).toBe(true);
});

it('starts on Windows likewise, in the office folder that all accounts share', async () => {
  prepareWine();
  const [account, programData] = [join(folder, 'tài khoản'), join(folder, 'ProgramData')];
  mkdirSync(join(programData, 'BanVanThu'), { recursive: true });
  mkdirSync(account);
  const { code, stdout, stderr } = await runWindowsNode(root, [
    '--no-warnings',
    windowsPath(join(import.meta.dirname, 'start.ts')),
    windowsPath(apps.win32),
    windowsPath(account),
    '--program-data',
    windowsPath(programData),
  ]);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ platform: 'win32', ...started });
  expect(code).toBe(0);
  expect(existsSync(join(programData, 'BanVanThu/office.sqlite'))).toBe(true);
  expect(existsSync(join(account, 'office'))).toBe(false);
});
