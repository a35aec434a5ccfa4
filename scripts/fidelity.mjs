// Keeps what the conformance corpus says on record.
//   npm run fidelity      plays the corpus, adds what newly agrees to the ratchet, writes the figures into
//                         docs/fidelity.md and the index of evidence that the studio shows
//   node scripts/fidelity.mjs --check REPORT.json EVIDENCE.json
//                         fails when either is not what that run found
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runHere } from './lib/run.mjs';

/**
 * @typedef {{
 *   cases: number, variants: number, calls: number, verdict: number, explanation: number,
 *   configuration: number, cannotTell: number, confidentlyWrong: number,
 * }} Area
 */

const BEGIN = '<!-- conformance:begin -->';
/** What the studio shows as a verdict's evidence. */
const EVIDENCE = 'src/ui/evidence/recorded.json';
const END = '<!-- conformance:end -->';

/**
 * The table of a report, areas by name and their sum.
 * @param {Record<string, Area>} areas
 */
function renderTable(areas) {
  const rows = Object.entries(areas).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = rows.reduce(
    (total, [, area]) =>
      /** @type {Area} */ (
        Object.fromEntries(
          Object.entries(total).map(([key, value]) => [key, value + area[/** @type {keyof Area} */ (key)]]),
        )
      ),
    {
      cases: 0,
      variants: 0,
      calls: 0,
      verdict: 0,
      explanation: 0,
      configuration: 0,
      cannotTell: 0,
      confidentlyWrong: 0,
    },
  );
  return [
    '| area | cases | calls judged | verdict | explanation | configuration | cannot tell | confidently wrong |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(([name, area]) => renderRow(name, area)),
    renderRow('**all**', sum),
  ].join('\n');
}

/** @param {string} name @param {Area} area */
function renderRow(name, area) {
  const cells = [
    name,
    area.cases,
    area.calls,
    percent(area.verdict, area.calls),
    percent(area.explanation, area.calls),
    percent(area.configuration, area.variants),
    area.cannotTell,
    area.confidentlyWrong,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Rounded down, so that 100 % means all. @param {number} part @param {number} whole */
function percent(part, whole) {
  return whole === 0 ? '-' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** Runs the corpus and returns the path of its report. */
function playCorpus() {
  const report = join(mkdtempSync(join(tmpdir(), 'meshverdict-')), 'report.json');
  const ratchet = ['--ratchet', 'conformance/ratchet.txt', '--update-ratchet', '--evidence', join(root, EVIDENCE)];
  const command = ['scripts/run-ts.mjs', 'src/cli/conformance.ts', 'conformance', ...ratchet, '--json', report];
  const code = runHere(process.execPath, command);
  if (code !== 0) process.exit(code);
  return report;
}

const check = process.argv[2] === '--check';
const report = check ? process.argv[3] : playCorpus();
const evidence = process.argv[4];
if (report === undefined || (check && evidence === undefined)) {
  console.error('usage: node scripts/fidelity.mjs [--check REPORT.json EVIDENCE.json]');
  process.exit(2);
}
const page = join(root, 'docs/fidelity.md');
const before = readFileSync(page, 'utf8');
const begin = before.indexOf(BEGIN);
const end = before.indexOf(END);
if (begin < 0 || end < begin) throw new Error(`docs/fidelity.md lacks ${BEGIN} ... ${END}`);
const table = renderTable(JSON.parse(readFileSync(report, 'utf8')).areas);
const after = `${before.slice(0, begin + BEGIN.length)}\n${table}\n${before.slice(end)}`;
if (after === before) console.log('docs/fidelity.md is up to date');
else if (check) {
  console.log('docs/fidelity.md does not show the figures of this run; `npm run fidelity` writes them');
  process.exit(1);
} else {
  writeFileSync(page, after);
  console.log('docs/fidelity.md written');
}
if (evidence !== undefined) {
  const isSame = readFileSync(evidence, 'utf8') === readFileSync(join(root, EVIDENCE), 'utf8');
  console.log(
    isSame ? `${EVIDENCE} is up to date` : `${EVIDENCE} is not what this run found; \`npm run fidelity\` writes it`,
  );
  if (!isSame) process.exit(1);
}
