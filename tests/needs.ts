import { it } from 'vitest';
import { inPath, type Tool } from './tools.ts';

/** Takes a test as `it` does and leaves it to Linux. */
const leftToLinux = Object.assign(() => undefined, {
  each: () => () => undefined,
}) as unknown as typeof it;

/**
 * Says which tools a test needs, and is its `it`: `needs('qpdf')('opens…', () => …)`. Standing alone, as `needs('qpdf');`
 * behind the imports, it says so of the whole file. Windows has no such tools: there these tests are not collected. On
 * Linux a tool that is missing is a failure, never a test left out.
 */
export function needs(...tools: readonly [Tool, ...Tool[]]): typeof it {
  if (process.platform === 'win32') return leftToLinux;
  const missing = tools.filter((tool) => inPath(tool) === null);
  if (missing.length > 0)
    throw new Error(`These tests need ${missing.join(', ')}: npm test installs it, or says how.`);
  return it;
}
