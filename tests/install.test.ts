/** What a machine without a compiler needs of `npm ci`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

interface Locked {
  readonly version: string;
  readonly optional?: boolean;
  readonly gypfile?: boolean;
}
const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const manifest = readJson('package.json') as {
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
};

describe('an install without a compiler', () => {
  // npm builds whatever has a binding.gyp unless the lock entry says no; better-sqlite3 brings its binaries along.
  // `npm install` forgets the line: put it back after changing packages.
  it('does not try to build better-sqlite3', () => {
    expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  });

  it('may go without pkcs11js', () => {
    expect(packages['node_modules/pkcs11js']?.optional).toBe(true);
  });

  it('takes exact versions only', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    }))
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  });
});
