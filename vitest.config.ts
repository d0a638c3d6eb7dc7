import { configDefaults, defineConfig } from 'vitest/config';
import type { Plugin } from 'vitest/config';
import { filesOfAnotherSystem } from './tests/tools.ts';

/** The program's one room of cryptography gets what Electron has and not all that Node has: tests/crypto/boringssl.ts. */
const boringssl: Plugin = {
  name: 'boringssl',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/src/main/crypto/index.ts')
      ? code.replaceAll("'node:crypto'", "'../../../tests/crypto/boringssl.ts'")
      : null,
};

/** Generous: a busy office PC is slow, Windows under Wine slower, and no test asserts a duration. */
const LIMIT_MS = process.platform === 'win32' ? 300_000 : 120_000;

export default defineConfig({
  plugins: [boringssl],
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...filesOfAnotherSystem(import.meta.dirname)],
    globalSetup: ['tests/node-version.ts'],
    // Not Vietnam's, and not that of most machines that run tests: whoever takes the machine's time for the office's fails.
    env: { TZ: 'America/New_York' },
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    expect: { poll: { timeout: 60_000 } },
    retry: 0,
    // Of a suite there may be nothing left where all its tests need a tool of Linux.
    passWithNoTests: process.platform === 'win32',
    pool: 'forks',
    // A process starts slowly under Wine: there one takes file after file.
    isolate: process.platform !== 'win32',
    maxWorkers: 2,
  },
});
