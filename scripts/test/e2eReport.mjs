// What a run of the end-to-end tests comes to: how many passed, which failed and why, and which passed
// only when tried again. Input: the JSON report of Playwright. A flaky test does not fail the run, since
// browsers on busy machines are late at times, but it is named, so that its cause is looked for.
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ title: string, file: string, line: number, error: string, seconds: number }} Trouble
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Trouble[], flaky: Trouble[] }} E2eReport
 */

/**
 * @param {any} report what `--reporter=json` wrote
 * @returns {E2eReport}
 */
export function readE2eReport(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const specs = report.suites.flatMap(specsOf);
  /** @param {string} status */
  const troubles = (status) =>
    specs
      .filter((/** @type {any} */ spec) => spec.tests.some((/** @type {any} */ test) => test.status === status))
      .map(troubleOf);
  return {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    failures: troubles('unexpected'),
    flaky: troubles('flaky'),
  };
}

/** @param {any} suite @returns {any[]} */
function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

/** The first attempt that failed tells why. @param {any} spec @returns {Trouble} */
function troubleOf(spec) {
  const attempts = spec.tests.flatMap((/** @type {any} */ test) => test.results);
  const bad = attempts.find((/** @type {any} */ result) => result.status !== 'passed' && result.status !== 'skipped');
  const at = bad?.error?.location;
  return {
    title: spec.title,
    file: spec.file,
    line: at?.line ?? spec.line,
    error: plain(bad?.error?.message ?? bad?.status ?? ''),
    seconds: Math.round((bad?.duration ?? 0) / 1000),
  };
}

/** Without colours, and no longer than a screen. @param {string} text */
function plain(text) {
  return stripVTControlCharacters(text).split('\n').slice(0, 20).join('\n').trim();
}

/** As lines to read. @param {Trouble} trouble */
export function describeTrouble({ title, file, line, error, seconds }) {
  return [`${file}:${line} ${title} (after ${seconds} s)`, ...error.split('\n').map((text) => `  ${text}`)].join('\n');
}
