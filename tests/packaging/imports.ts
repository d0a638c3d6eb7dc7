import { globSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Rolldown from 'rolldown';

/** The bundler is Vite's, so it is found through it. */
const vite = createRequire(createRequire(import.meta.url).resolve('vite'));
const { rolldown } = (await import(pathToFileURL(vite.resolve('rolldown')).href)) as typeof Rolldown;

/**
 * Every file that the built main process can import, `import` and `require` alike, followed as Node follows them.
 * @returns paths below `root` with slashes, sorted; `electron` and Node's own modules are not among them
 */
export async function importsOf(root: string): Promise<readonly string[]> {
  const seen = new Set<string>();
  const bundle = await rolldown({
    cwd: root,
    input: globSync('out/main/*.js', { cwd: root }),
    platform: 'node',
    treeshake: false,
    external: (id) => id === 'electron' || id.endsWith('.node') || isBuiltin(id),
    resolve: { mainFields: ['main'], conditionNames: ['node', 'module-sync'] },
    logLevel: 'silent',
    plugins: [
      {
        name: 'note',
        moduleParsed: ({ id }) => {
          if (!id.startsWith('\0')) seen.add(relative(root, id).replaceAll('\\', '/'));
        },
      },
    ],
  });
  await bundle.generate();
  await bundle.close();
  return [...seen].sort();
}
