import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

// The parts of electron-builder that decide; they are not dependencies of ours, so they are found through it.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const library = createRequire(builder.resolve('app-builder-lib/package.json'));
const configModule = library('./out/util/config/config.js') as {
  getConfig(projectDir: string, configPath: string, override: null): Promise<Configuration>;
  validateConfiguration(config: object, debugLogger: { isEnabled: boolean }): Promise<void>;
};
const { FuseV1Options } = library('@electron/fuses') as { FuseV1Options: Record<string, string | number> };

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
    expect(config).toMatchObject({ asar: { smartUnpack: false }, disableAsarIntegrity: false });
  });
});

describe('the texts of the setup program', () => {
  const script = readFileSync(join(root, 'build/windows/installer.nsi'), 'utf8');
  const texts = [...script.matchAll(/^LangString (\w+) \$\{LANG_(\w+)\} "([^"]+)"$/gm)].map(
    ([, ...text]) => text,
  );
  const inLanguage = (wanted: string) => texts.filter(([, language]) => language === wanted);

  it('are there in Vietnamese and in English', () => {
    const names = (language: string) => inLanguage(language).map(([name]) => name);
    expect(names('VIETNAMESE')).toHaveLength(5);
    expect(names('ENGLISH')).toEqual(names('VIETNAMESE'));
  });

  it('are written as Vietnamese is: composed', () => {
    expect(script).toBe(script.normalize('NFC'));
  });
});
