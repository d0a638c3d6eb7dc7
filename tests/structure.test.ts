import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';

/**
 * A folder stands above another when a file of it imports a file of the other. Folders that stand above each other are
 * one folder with two names: whoever looks for a thing has to know both. oxlint finds circles of files only.
 */

const source = join(import.meta.dirname, '../src');

/** How many folders deep each layer is divided into rooms: `main/office/exchange`, `renderer/pdf`. */
const depth = { shared: 2, renderer: 2, main: 2, 'main/office': 3 } as const;
type Layer = keyof typeof depth;

interface Import {
  readonly from: string;
  readonly to: string;
}

/** What the files of a layer import of the same layer, as paths under `src` with forward slashes; tests are left out. */
function importsOf(layer: Layer): readonly Import[] {
  const files = globSync(`${layer}/**/*.{ts,tsx}`, { cwd: source });
  return files
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      return [...text.matchAll(/\b(?:from|import) ?\(?\s*'(\.[^']+)'/g)].map(([, path]) => ({
        from: slashes(file),
        to: slashes(relative(source, join(source, dirname(file), path!))),
      }));
    })
    .filter(({ to }) => to.startsWith(`${layer}/`));
}

const slashes = (path: string) => path.replaceAll(sep, '/');

const roomOf = (file: string, parts: number) => dirname(file).split('/').slice(0, parts).join('/');

/** Every circle of rooms, as the imports that close it; each room is named in one circle only. */
function circlesOf(imports: readonly Import[], parts: number): readonly string[] {
  const below = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [room, other] = [roomOf(from, parts), roomOf(to, parts)];
    if (room !== other) below.set(room, (below.get(room) ?? new Set()).add(other));
  }
  const reach = (room: string, seen = new Set<string>()): Set<string> => {
    for (const next of below.get(room) ?? []) if (!seen.has(next)) reach(next, seen.add(next));
    return seen;
  };
  const reached = new Map([...below.keys()].map((room) => [room, reach(room)]));
  const together = (room: string, other: string) =>
    reached.get(room)?.has(other) === true && reached.get(other)?.has(room) === true;
  const told = new Set<string>();
  return [...below.keys()].flatMap((room) => {
    const circle = [...below.keys()].filter((other) => together(room, other));
    if (circle.length === 0 || told.has(room)) return [];
    for (const other of circle) told.add(other);
    const closing = imports.filter(({ from, to }) => {
      const [above, under] = [roomOf(from, parts), roomOf(to, parts)];
      return above !== under && circle.includes(above) && circle.includes(under);
    });
    return [`${circle.join(', ')}:\n${closing.map(({ from, to }) => `  ${from} -> ${to}`).join('\n')}`];
  });
}

it('finds a circle, names its rooms and the imports that close it, and takes no chain for one', () => {
  const imports = [
    { from: 'a/one/x.ts', to: 'a/two/y.ts' },
    { from: 'a/two/y.ts', to: 'a/three/z.ts' },
    { from: 'a/three/z.ts', to: 'a/one/w.ts' },
    { from: 'a/four/v.ts', to: 'a/one/x.ts' },
    { from: 'a/one/x.ts', to: 'a/five/u.ts' },
  ];
  expect(circlesOf(imports.slice(0, 2), 2)).toEqual([]);
  expect(circlesOf(imports, 2)).toEqual([
    'a/one, a/two, a/three:\n  a/one/x.ts -> a/two/y.ts\n  a/two/y.ts -> a/three/z.ts\n  a/three/z.ts -> a/one/w.ts',
  ]);
});

it.each(['shared', 'renderer', 'main', 'main/office'] as const)(
  'has no circle of folders in src/%s',
  (layer) => {
    const imports = importsOf(layer);
    expect(imports.length).toBeGreaterThan(10);
    expect(circlesOf(imports, depth[layer])).toEqual([]);
  },
);

it('nothing that another program prints is read: its letters are in a code page that differs from PC to PC', () => {
  const starters = globSync('main/**/*.ts', { cwd: source })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [slashes(file), readFileSync(join(source, file), 'utf8')] as const)
    .filter(([, text]) => text.includes("'node:child_process'"));
  expect(starters.map(([file]) => file)).toContain('main/token/registry.ts');
  const readers = starters.filter(([, text]) =>
    /(?<!process\.)\bstd(?:out|err)\b|\bexec(?:File)?Sync\(/.test(text),
  );
  // But what Node says, which is UTF-8 everywhere.
  expect(readers.map(([file]) => file)).toEqual(['main/browser/electron-binary.ts']);
});
