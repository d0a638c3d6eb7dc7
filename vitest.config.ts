import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
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
