import { configDefaults, defineConfig } from 'vitest/config';
import type { Plugin } from 'vitest/config';

/** The program's one room of cryptography gets what Electron has and not all that Node has: tests/crypto/boringssl.ts. */
const boringssl: Plugin = {
  name: 'boringssl',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/src/main/crypto/index.ts')
      ? code.replaceAll("'node:crypto'", "'../../../tests/crypto/boringssl.ts'")
      : null,
};

export default defineConfig({
  plugins: [boringssl],
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // What only Windows has is asked there.
    exclude: [...configDefaults.exclude, '**/*.windows.test.ts'],
    globalSetup: ['tests/node-version.ts'],
    // Generous: a busy office PC is slow, and no test asserts a duration.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Real processes, disks and sockets: one stumble on a busy machine is repeated; what fails twice fails.
    retry: 1,
    pool: 'forks',
    maxWorkers: 2,
  },
});
