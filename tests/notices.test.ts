import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notices, packageOf, productionPackages } from '../build/notices.ts';

const root = join(import.meta.dirname, '..');

/** Licences whose only duty is to pass on their text. */
const permissive = /^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC|0BSD|Zlib|OFL-1\.1|BlueOak-1\.0\.0)$/;

describe('the notices of bundled packages', () => {
  const found = notices(productionPackages(root));

  it('have a text and a permissive licence for each package that is installed with the program', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    for (const { name, license, texts } of found) {
      expect(license.replace(/[()]/g, '').split(/ (?:AND|OR) /), name).toSatisfy((parts: string[]) =>
        parts.every((part) => permissive.test(part)),
      );
      expect(texts.join(''), name).toMatch(/copyright|redistribut|licen[cs]e/i);
    }
  });

  it('name the package of a module, not a folder inside it', () => {
    expect(packageOf(join(root, 'node_modules/react/index.js'))).toBe(join(root, 'node_modules/react'));
    expect(packageOf(join(root, 'node_modules/@griffel/core/dist/x.js?commonjs'))).toBe(
      join(root, 'node_modules/@griffel/core'),
    );
    expect(packageOf(join(root, 'src/renderer/main.tsx'))).toBeNull();
  });

  it('are the same on every system: each package for one of them is left out', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { os?: string[] }>;
    };
    const forOneSystem = Object.keys(packages).filter((path) => packages[path]!.os);
    expect(forOneSystem).toContain('node_modules/@napi-rs/canvas-linux-x64-gnu');
    const names = new Set(found.map(({ name }) => `node_modules/${name}`));
    expect(forOneSystem.filter((path) => names.has(path))).toEqual([]);
  });

  it('name each package once', () => {
    const twice = [...productionPackages(root), ...productionPackages(root)];
    expect(notices(twice)).toEqual(found);
  });
});
