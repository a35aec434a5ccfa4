import { expect, it } from 'vitest';
import { describeTrouble, readE2eReport } from './e2eReport.mjs';

const failedAttempt = {
  status: 'failed',
  duration: 12_300,
  error: { message: '\u001B[31mexpect(locator)\u001B[39m\nreceived: hidden', location: { line: 61 } },
};
const passedAttempt = { status: 'passed', duration: 2_000 };

const spec = (title: string, status: string, results: readonly object[]) => ({
  title,
  file: 'story.spec.ts',
  line: 4,
  tests: [{ status, results }],
});

const report = {
  stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 2 },
  suites: [
    {
      specs: [spec('good', 'expected', [passedAttempt])],
      suites: [
        {
          specs: [
            spec('bad', 'unexpected', [failedAttempt, failedAttempt]),
            spec('late', 'flaky', [failedAttempt, passedAttempt]),
          ],
        },
      ],
    },
  ],
};

it('a test that passes when tried again counts as passed, and is named with why it failed before', () => {
  const { passed, failed, skipped, failures, flaky } = readE2eReport(report);
  expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 1, skipped: 2 });
  expect(failures.map(({ title }) => title)).toEqual(['bad']);
  expect(flaky.map(describeTrouble)).toEqual([
    'story.spec.ts:61 late (after 12 s)\n  expect(locator)\n  received: hidden',
  ]);
});

it('a suite that could not be loaded has no attempts, and is still a failure', () => {
  const broken = { stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 }, suites: [] };
  expect(readE2eReport(broken)).toMatchObject({ passed: 0, failed: 1, failures: [] });
});
