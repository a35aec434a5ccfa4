// `npm test`: installs what is missing, then runs every check and test of the repository.
// `npm test -- lint unit` runs those steps only; `--strict` (for CI) counts what could not run as failed.
// The last line is `N passed, N failed`: steps and single tests together.
import { ensureDependencies, requireNode } from './lib/dependencies.mjs';

const args = process.argv.slice(2);
const strict = args.includes('--strict');
const chosen = args.filter((arg) => !arg.startsWith('--'));

// Whatever happens, the last line can be read by a machine.
let lastLine = '0 passed, 1 failed';
process.on('exit', () => console.log(lastLine));

requireNode();
ensureDependencies();
// Only now: what follows imports packages.
const { ensureTools } = await import('./test/tools.mjs');
const { steps } = await import('./test/steps.mjs');
const { runTwoAtATime } = await import('./test/schedule.mjs');

const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}`);
  process.exit(2);
}
const selected = chosen.length === 0 ? steps : steps.filter((step) => chosen.includes(step.name));

const started = Date.now();
const { found, missing } = await ensureTools();
const chromium = found.get('chromium');
if (chromium !== undefined) process.env.CHROME_PATH = chromium;
let passed = 0;
let failed = 0;
/** @type {string[]} */
const notRun = [];
/** @type {Set<string>} */
const broken = new Set();

await runTwoAtATime(selected, async (step) => {
  const tool = missing.find(({ name }) => step.needs?.includes(name));
  if (tool !== undefined) {
    notRun.push(`NOT RUN ${step.name}: ${tool.advice}`);
    return;
  }
  const cause = step.after?.find((name) => broken.has(name));
  const before = Date.now();
  const { code, output } = cause ? { code: 1, output: `not tried: ${cause} failed` } : await step.run();
  /** @type {import('./test/steps.mjs').Count} */
  const count = step.count?.() ?? { passed: 0, failed: 0, notRun: [] };
  const seconds = ((Date.now() - before) / 1000).toFixed(1);
  const good = code === 0 && count.failed === 0;
  passed += count.passed + (good ? 1 : 0);
  failed += count.failed + (good ? 0 : 1);
  if (!good) broken.add(step.name);
  for (const name of count.notRun) {
    notRun.push(`NOT RUN ${name}: ${missing.map(({ advice }) => advice).join(' && ') || 'it skips itself'}`);
  }
  const tests = step.count === undefined ? '' : `  ${count.passed} passed, ${count.failed} failed`;
  console.log(`${good ? 'pass' : 'FAIL'}  ${step.name.padEnd(12)} ${seconds.padStart(6)} s${tests}`);
  for (const remark of count.remarks ?? []) console.log(indent(remark));
  if (!good) console.log(indent(count.causes?.join('\n') ?? output));
});

for (const line of notRun) console.log(line);
if (strict) failed += notRun.length;
console.log(
  `took ${Math.round((Date.now() - started) / 1000)} s${notRun.length > 0 ? `; ${notRun.length} not run` : ''}`,
);
lastLine = `${passed} passed, ${failed} failed`;
process.exitCode = failed === 0 ? 0 : 1;

/** The end of what a failed step printed; the beginning of a long report seldom says more. @param {string} output */
function indent(output) {
  const lines = output.trimEnd().split('\n');
  const shown = lines.length > 250 ? [`(${lines.length - 250} lines left out)`, ...lines.slice(-250)] : lines;
  return shown.map((line) => `      ${line}`).join('\n');
}
