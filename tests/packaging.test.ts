import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

// The parts of electron-builder that decide; they are not dependencies of ours, so they are found through it.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const library = createRequire(builder.resolve('app-builder-lib/package.json'));
const configModule = library('./out/util/config/config.js') as {
  getConfig(projectDir: string, configPath: string, override: null): Promise<Configuration>;
  validateConfiguration(config: object, debugLogger: { isEnabled: boolean }): Promise<void>;
};
const { FileMatcher } = library('./out/fileMatcher.js') as {
  FileMatcher: new (
    from: string,
    to: string,
    expand: (text: string) => string,
    patterns: string[],
  ) => {
    createFilter(): (path: string, stat: { isDirectory(): boolean }) => boolean;
  };
};
const { FuseV1Options } = library('@electron/fuses') as { FuseV1Options: Record<string, string | number> };
const templates = join(dirname(library.resolve('./package.json')), 'templates/nsis');

const config = await configModule.getConfig(root, 'electron-builder.yml', null);
const validate = (candidate: object) => configModule.validateConfiguration(candidate, { isEnabled: false });

describe('electron-builder.yml', () => {
  it('is what electron-builder understands', async () => {
    await validate(config);
    await expect(validate({ ...config, npmRebuidl: false })).rejects.toThrow(/npmRebuidl/);
  });

  it('decides every fuse the builder knows', () => {
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    const names = known.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
    expect(names.length).toBeGreaterThanOrEqual(8);
    expect(Object.keys(config.electronFuses ?? {}).sort()).toEqual(names.sort());
  });

  it('leaves no fuse that lets the program be turned into another', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config).toMatchObject({ asar: true, disableAsarIntegrity: false, npmRebuild: false });
  });

  it('builds both installers for 64-bit Windows, and an update never becomes a second program', () => {
    expect(config.win?.target).toEqual([
      { target: 'nsis', arch: ['x64'] },
      { target: 'msi', arch: ['x64'] },
    ]);
    expect(config.msi?.upgradeCode).toBe('{2F3A9C51-6D0B-4E8A-9B57-0C8E4D1A7F36}');
    expect(config.nsis?.deleteAppDataOnUninstall).toBe(false);
  });
});

describe('the package', () => {
  // Of installed packages the builder takes all but what is excluded.
  const [files] = config.files as { filter: string[] }[];
  const exclusions = files!.filter.filter((pattern) => pattern.startsWith('!'));
  const takes = new FileMatcher(root, '/app', (text) => text, ['**/*', ...exclusions]).createFilter();
  const isTaken = (path: string) => takes(join(root, 'node_modules', path), { isDirectory: () => false });

  it.each([
    'better-sqlite3/package.json',
    'better-sqlite3/lib/index.js',
    'better-sqlite3/prebuilds/win32-x64.node',
    'pkcs11js/index.js',
    'pkcs11js/build/Release/pkcs11.node',
    'pdfjs-dist/package.json',
    'pdfjs-dist/legacy/build/pdf.mjs',
    'pdfjs-dist/legacy/build/pdf.worker.mjs',
    'pdfjs-dist/standard_fonts/FoxitSerif.pfb',
    'pdfjs-dist/cmaps/Identity-H.bcmap',
    '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
    'zod/index.js',
  ])('has %s', (path) => {
    expect(isTaken(path)).toBe(true);
  });

  it.each([
    'better-sqlite3/prebuilds/linux-x64.node',
    'better-sqlite3/deps/sqlite3/sqlite3.c',
    'better-sqlite3/src/better_sqlite3.cpp',
    'pkcs11js/src/main.cpp',
    'pkcs11js/build/Makefile',
    'pkcs11js/build/Release/pkcs11.iobj',
    'pdfjs-dist/build/pdf.mjs',
    'pdfjs-dist/legacy/build/pdf.mjs.map',
    'pdfjs-dist/web/pdf_viewer.mjs',
    '@napi-rs/canvas/index.js',
    'zod/README.md',
  ])('leaves %s out', (path) => {
    expect(isTaken(path)).toBe(false);
  });
});

describe('installer texts', () => {
  const own = readFileSync(join(root, 'build/installer.nsh'), 'utf8');
  const ours = [...own.matchAll(/^ {2}LangString (\w+) 1066 "[^"]+"$/gm)].map(([, id]) => id);

  it.each(['messages.yml', 'assistedMessages.yml'])('have every message of %s in Vietnamese', (file) => {
    const text = readFileSync(join(templates, file), 'utf8');
    const messages = text.split(/^(?=\w+:$)/m).filter((block) => /^\w+:\n/.test(block));
    const missing = messages
      .filter((block) => !/^ {2}vi(_VN)?:/m.test(block))
      .map((block) => block.split(':')[0]);
    expect(missing.length).toBeGreaterThan(7);
    expect(ours).toEqual(expect.arrayContaining(missing));
  });

  it('are written as Vietnamese is: composed, and saved so that NSIS reads it', () => {
    expect(own).toBe(own.normalize('NFC'));
    expect(new Set(ours).size).toBe(ours.length);
  });
});
