import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a guide says in backticks that has the form of a path. */
function pathsIn(guide: string): string[] {
  const inline = readFileSync(join(root, guide), 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...inline.matchAll(/`([^`\s]+)`/g)]
    .map(([, word]) => word!)
    .filter((word) => /^[a-z.][\w.-]*(\/[\w.-]+)+\/?$/.test(word) && !/^(application|text)\//.test(word));
}

describe('a guide', () => {
  it.each([
    ['README.md', ['']],
    ['CONTRIBUTING.md', ['']],
    ['src/README.md', ['', 'src/', 'src/main/', 'src/renderer/', 'src/shared/', 'src/main/signature/']],
  ])('%s names only paths that are there', (guide, folders) => {
    const named = pathsIn(guide);
    expect(named.length).toBeGreaterThan(0);
    const gone = named
      // `NAME` and `FEATURE` stand for any.
      .filter((path) => !/NAME|FEATURE|<|\*/.test(path))
      .filter((path) => !folders.some((folder) => existsSync(join(root, folder, path))));
    expect(gone).toEqual([]);
  });
});
