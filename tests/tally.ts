import { z } from 'zod';

/** What one runner found. `skippedNames` tells a person what did not run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skippedNames: readonly string[];
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** Reads vitest's JSON report. A file that could not even be loaded has no tests in it and counts as one failure. */
export function tallyVitest(report: unknown): Tally {
  const { testResults } = vitestReport.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: count('passed'),
    failed: count('failed') + brokenFiles.length,
    skippedNames: tests
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  };
}

const playwrightSuite = z.object({
  specs: z
    .array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) }))
    .default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  /** What went wrong outside any test, e.g. a file that does not load. */
  errors: z.array(z.unknown()),
});

/** Reads Playwright's JSON report. A test that passed only when repeated counts as failed. */
export function tallyPlaywright(report: unknown): Tally {
  const { suites, errors } = playwrightReport.parse(report);
  const specs: { readonly title: string; readonly status: string }[] = [];
  const waiting = [...suites];
  for (let suite = waiting.pop(); suite !== undefined; suite = waiting.pop()) {
    waiting.push(...suite.suites);
    for (const { title, tests } of suite.specs) specs.push(...tests.map(({ status }) => ({ title, status })));
  }
  const skipped = specs.filter(({ status }) => status === 'skipped');
  const passed = specs.filter(({ status }) => status === 'expected').length;
  return {
    passed,
    failed: specs.length - passed - skipped.length + errors.length,
    skippedNames: skipped.map(({ title }) => title),
  };
}

/**
 * Adds a runner's exit code to what its report says: a runner that failed without a failed test (a crashed worker,
 * an error outside the tests) is one failure, and so is one that left no report.
 */
export function withExitCode(tally: Tally | null, exitCode: number | null): Tally {
  if (tally === null) return { passed: 0, failed: 1, skippedNames: [] };
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** One part of a run: what its runners found, and how long it took. */
export interface Part {
  readonly name: string;
  readonly tallies: readonly Tally[];
  readonly ms: number;
}

/** E.g. `Minutes: build 0.3, unit 12.0; 12.3 in all`. */
export function minutesOf(parts: readonly Part[]): string {
  const minutes = (ms: number) => (ms / 60_000).toFixed(1);
  const all = parts.reduce((sum, { ms }) => sum + ms, 0);
  return `Minutes: ${parts.map(({ name, ms }) => `${name} ${minutes(ms)}`).join(', ')}; ${minutes(all)} in all`;
}

export interface Verdict {
  readonly line: string;
  readonly exitCode: 0 | 1;
  /** Tests that did not run; where `ci` is set each of them is a failure. */
  readonly skipped: readonly string[];
}

export function verdict(tallies: readonly Tally[], ci: boolean): Verdict {
  const skipped = tallies.flatMap((tally) => tally.skippedNames);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0) + (ci ? skipped.length : 0);
  return {
    line: `${passed} passed, ${failed} failed, ${ci ? 0 : skipped.length} skipped`,
    exitCode: failed === 0 && passed > 0 ? 0 : 1,
    skipped,
  };
}
