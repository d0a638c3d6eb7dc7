import { describe, expect, it } from 'vitest';
import { installCommands, systemOf } from './system-packages.ts';
import { minutesOf, tallyPlaywright, tallyVitest, verdict, withExitCode } from './tally.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((status) => ({ status, fullName: `is ${status}` })),
});

const spec = (status: string) => ({ title: `is ${status}`, tests: [{ status }] });

describe('totals', () => {
  it('counts tests, skipped names and files that do not load', () => {
    const report = {
      testResults: [file('passed', 'passed', 'skipped', 'todo'), file('failed', 'failed'), file('failed')],
    };
    expect(tallyVitest(report)).toEqual({ passed: 1, failed: 2, skippedNames: ['is skipped', 'is todo'] });
  });

  it('walks nested suites and counts a flaky test as failed', () => {
    const report = {
      suites: [
        {
          specs: [spec('expected')],
          suites: [{ specs: [spec('flaky'), spec('unexpected'), spec('skipped')] }],
        },
      ],
      errors: [{ message: 'does not load' }],
    };
    expect(tallyPlaywright(report)).toEqual({ passed: 1, failed: 3, skippedNames: ['is skipped'] });
  });

  it.each([
    ['a runner without a report', null, 1, 1],
    ['a crash beside passing tests', { passed: 3, failed: 0, skippedNames: [] }, 1, 1],
    ['failures already counted', { passed: 3, failed: 2, skippedNames: [] }, 1, 2],
    ['success', { passed: 3, failed: 0, skippedNames: [] }, 0, 0],
  ] as const)('takes %s into account', (_, tally, exitCode, failed) => {
    expect(withExitCode(tally, exitCode).failed).toBe(failed);
  });

  it('lets nothing be skipped where CI is set', () => {
    const tallies = [
      { passed: 2, failed: 0, skippedNames: ['one'] },
      { passed: 1, failed: 0, skippedNames: [] },
    ];
    expect(verdict(tallies, false)).toEqual({
      line: '3 passed, 0 failed, 1 skipped',
      exitCode: 0,
      skipped: ['one'],
    });
    expect(verdict(tallies, true)).toEqual({
      line: '3 passed, 1 failed, 0 skipped',
      exitCode: 1,
      skipped: ['one'],
    });
  });

  it('tells the minutes of each part', () => {
    const parts = [
      { name: 'build', tallies: [], ms: 20_000 },
      { name: 'unit', tallies: [], ms: 720_000 },
    ];
    expect(minutesOf(parts)).toBe('Minutes: build 0.3, unit 12.0; 12.3 in all');
  });

  it('is no success when nothing ran', () => {
    expect(verdict([], false).exitCode).toBe(1);
  });
});

const hasAllButQpdf = (command: string) => command !== 'qpdf' && command !== 'mutool';

describe('system packages', () => {
  it.each([
    ['PRETTY_NAME="Debian"\nID=debian\n', 'debian'],
    ['ID=ubuntu\nID_LIKE=debian\n', 'ubuntu'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'ubuntu'],
    ['ID=fedora\n', 'other'],
    ['', 'other'],
  ] as const)('knows the system of %j', (osRelease, system) => {
    expect(systemOf(osRelease)).toBe(system);
  });

  it('asks for nothing where everything is there', () => {
    expect(installCommands('debian', () => true, true)).toEqual([]);
  });

  it('names every missing package in one line', () => {
    const line = 'apt-get install -y --no-install-recommends qpdf mupdf-tools';
    expect(installCommands('debian', hasAllButQpdf, true)).toEqual([line]);
    expect(installCommands('debian', hasAllButQpdf, false)).toEqual([`${line} chromium`]);
  });

  it('does not take the Chromium snap of Ubuntu', () => {
    expect(installCommands('ubuntu', () => true, false)).toEqual([
      'npx playwright install --with-deps chromium',
    ]);
  });
});
