import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

/** In a project: has Node take its modules from the pack. */
export const PRELOAD = 'tests/windows/packed.mjs';

/** Where `packed.mjs` finds the modules of its project. */
export const PACK = 'tests/windows/out/modules.json';

/** pdf-lib is 170 files, and once more a single one. */
const PDF_LIB = 'node_modules/pdf-lib/cjs/index.js';
const PDF_LIB_IN_ONE = 'node_modules/pdf-lib/dist/pdf-lib.esm.js';

/**
 * All modules of the project, and those of the two packages with most files, in one file. Under Wine to open a file is a
 * dozen questions to its server: most of the time of a desk's start went there.
 * @param clone a folder with the project and its packages
 */
export function packModules(clone: string): void {
  const read = (path: string) => readFileSync(join(clone, path), 'utf8');
  const files = (pattern: string) =>
    globSync(pattern, { cwd: clone, exclude: (name) => name.endsWith('.d.ts') || name.endsWith('.test.ts') });
  const modules = [
    ...files('{src,tests,build}/**/*.ts').map((path) => [path, stripTypeScriptTypes(read(path))]),
    ...files('node_modules/zod/v4/**/*.js').map((path) => [path, read(path)]),
    [PDF_LIB, read(PDF_LIB_IN_ONE)],
  ];
  mkdirSync(dirname(join(clone, PACK)), { recursive: true });
  writeFileSync(join(clone, PACK), JSON.stringify(Object.fromEntries(modules)));
}
