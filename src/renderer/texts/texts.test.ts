import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|[\\/])(texts|checks)\.ts$/.test(path))
  .sort();

/** Every sentence with its place, functions called with as many arguments as they take. */
function sentences(words: unknown, path: string): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const filled: unknown = (words as (...values: unknown[]) => unknown)(
      ...Array.from({ length: words.length }, () => 2),
    );
    return [[`${path}()`, String(filled)]];
  }
  return Object.entries(words as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

describe('texts', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(5));

  it.each(files)('%s say the same things in both languages', async (file) => {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const tables = Object.values(module).filter(
      (value) => typeof value === 'object' && value !== null && 'vi' in value && 'en' in value,
    ) as { vi: unknown; en: unknown }[];
    expect(tables.length).toBeGreaterThan(0);
    for (const { vi, en } of tables) {
      const vietnamese = sentences(vi, '');
      expect(sentences(en, '').map(([path]) => path)).toEqual(vietnamese.map(([path]) => path));
      for (const [path, text] of [...vietnamese, ...sentences(en, '')]) {
        expect(text.trim(), `${file} ${path}`).not.toBe('');
        expect(text, `${file} ${path}`).toBe(text.normalize('NFC'));
        expect(text, `${file} ${path}`).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});
