import { defineConfig } from '@playwright/test';
import { findChromium } from './tests/system-packages.ts';

/** How long something may take to appear: a desk under Wine is slow, and no test asserts a duration. */
const isWindows = process.env['WINDOWS_CLONE'] !== undefined;
const PATIENCE_MS = isWindows ? 180_000 : 30_000;

export default defineConfig({
  projects: [
    // What people do from one end to the other, on a real desk; in Electron where it can run.
    { name: 'journeys', testDir: 'tests/e2e', testMatch: '**/*.e2e.ts' },
    // What each screen looks like in each state, on a desk of doubles.
    {
      name: 'screens',
      testDir: 'tests/screens',
      testMatch: '**/*.screens.ts',
      // Each test is by itself: both workers have work until the end.
      fullyParallel: true,
      use: { trace: 'off' },
      expect: { timeout: 60_000 },
    },
  ],
  outputDir: 'test-results/e2e',
  timeout: isWindows ? 600_000 : 120_000,
  expect: { timeout: PATIENCE_MS },
  // Of two journeys at once, one mostly waits: for a token that hangs, for the axis, for a desk under Wine.
  workers: 2,
  forbidOnly: true,
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    actionTimeout: PATIENCE_MS,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium() ?? '/usr/bin/chromium',
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        // Chromium refuses its sandbox to root, which containers and build machines are.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
