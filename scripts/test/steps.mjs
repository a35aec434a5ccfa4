// What `npm test` runs, cheap things first, and how each step's tests are counted.
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../lib/run.mjs';
import { describeTrouble, readE2eReport } from './e2eReport.mjs';

/**
 * @typedef {{ passed: number, failed: number, notRun: string[], remarks?: string[], causes?: string[] }} Count
 * `remarks` are printed in any case; `causes` in place of the output of a step that failed.
 * @typedef {{
 *   name: string,
 *   after?: string[],
 *   needs?: string[],
 *   alone?: boolean,
 *   run: () => Promise<{ code: number, output: string }>,
 *   count?: () => Count,
 * }} Step
 * `after`: steps that must have passed. `needs`: tools. `alone`: nothing else may run at the same time.
 */

const RATCHET = 'conformance/ratchet.txt';
const reports = mkdtempSync(join(tmpdir(), 'meshverdict-test-'));
const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');
const conformanceReport = join(reports, 'conformance.json');
const evidenceReport = join(reports, 'evidence.json');

/** @param {string[]} args */
const node = (...args) => run(process.execPath, args);
/** @param {string} path */
const exists = (path) => existsSync(join(root, path));

/** @type {Step[]} */
export const steps = [
  { name: 'layers', run: () => node('scripts/check-layers.mjs') },
  {
    name: 'lint',
    run: () => node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off', '.'),
  },
  { name: 'unused', run: () => node('node_modules/knip/bin/knip.js', '--no-progress') },
  { name: 'typecheck', run: () => node('scripts/typecheck.mjs') },
  {
    name: 'unit',
    run: () =>
      node(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${unitReport}`,
      ),
    count: countUnit,
  },
  { name: 'build', run: () => node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn') },
  { name: 'size', after: ['build'], run: () => node('node_modules/size-limit/bin.js') },
  ...(exists('src/cli/conformance.ts')
    ? [
        {
          name: 'conformance',
          run: async () => {
            if (!exists(RATCHET)) return { code: 1, output: `${RATCHET} is missing; \`npm run fidelity\` writes it` };
            return node(
              ...['scripts/run-ts.mjs', 'src/cli/conformance.ts', 'conformance'],
              ...['--ratchet', RATCHET, '--json', conformanceReport, '--evidence', evidenceReport],
            );
          },
        },
        {
          name: 'fidelity',
          after: ['conformance'],
          run: () => node('scripts/fidelity.mjs', '--check', conformanceReport, evidenceReport),
        },
      ]
    : []),
  {
    name: 'e2e',
    after: ['build'],
    needs: ['chromium'],
    alone: true,
    run: async () => {
      const env = { ...process.env, E2E_JSON: e2eReport, E2E_PORT: String(await freePort()) };
      return run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e'], { env });
    },
    count: countE2e,
  },
];

function countUnit() {
  const report = readReport(unitReport);
  if (report === undefined) return { passed: 0, failed: 0, notRun: [] };
  /** @type {string[]} */
  const notRun = report.testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults
      .filter((/** @type {any} */ test) => test.status !== 'passed' && test.status !== 'failed')
      .map((/** @type {any} */ test) => test.fullName),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests, notRun };
}

function countE2e() {
  const report = readReport(e2eReport);
  if (report === undefined) return { passed: 0, failed: 0, notRun: [] };
  const { passed, failed, skipped, failures, flaky } = readE2eReport(report);
  return {
    passed,
    failed,
    notRun: skipped > 0 ? [`${skipped} end-to-end tests`] : [],
    remarks: flaky.map((trouble) => `passed only when tried again: ${describeTrouble(trouble)}`),
    ...(failures.length > 0 ? { causes: failures.map(describeTrouble) } : {}),
  };
}

/** @param {string} path */
function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
