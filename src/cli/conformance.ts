/**
 * `npm run -s conformance -- DIR [--area NAME] [--json FILE] [--fail-under PERCENT]
 *  [--ratchet FILE] [--update-ratchet] [--evidence FILE] [--show N]`: runs every case under DIR and
 * prints agreement by area. Exit status 1 when the verdicts of all areas are below --fail-under or
 * the ratchet lost something, 2 for a crash. --evidence writes the index that the studio shows.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseFile } from '../conformance/caseFile.ts';
import { evidenceIndex, evidenceText } from '../conformance/evidence.ts';
import { agreeing, lost } from '../conformance/ratchet.ts';
import { type CaseResult, runCase } from '../conformance/runCase.ts';
import { type AreaSummary, disagreements, summarize, total } from '../conformance/summary.ts';
import { parsePlainYaml } from '../engine.ts';

interface Options {
  readonly dir: string;
  readonly area: string | undefined;
  readonly json: string | undefined;
  readonly failUnder: number;
  readonly ratchet: string | undefined;
  readonly updateRatchet: boolean;
  readonly evidence: string | undefined;
  readonly show: number;
  readonly only: string | undefined;
}

async function main(): Promise<number> {
  const options = readOptions();
  const results: CaseResult[] = [];
  for (const path of caseFiles(options.dir)) {
    const name = relative(options.dir, path);
    if (options.only !== undefined && !name.includes(options.only)) continue;
    const read = parsePlainYaml(readFileSync(path, 'utf8'));
    if (!read.ok) throw new Error(`${name}: ${read.error}`);
    const file = read.value as CaseFile;
    if (options.area !== undefined && file.area !== options.area) continue;
    results.push(await runCase(name, file));
  }
  const areas = summarize(results);
  printTable(areas);
  const all = disagreements(results);
  for (const d of all.slice(0, options.show)) {
    console.log(`${d.file} | ${d.variant} | ${d.call ?? '-'} | ${d.level} | ${d.field}`);
    console.log(`    expected ${JSON.stringify(d.expected)}`);
    console.log(`    actual   ${JSON.stringify(d.actual)}`);
  }
  if (options.json !== undefined) {
    const report = { areas: Object.fromEntries(areas), disagreements: all };
    writeFileSync(options.json, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  if (options.evidence !== undefined) writeFileSync(options.evidence, evidenceText(evidenceIndex(results)));
  let status = 0;
  if (options.ratchet !== undefined) status = ratchetStatus(options.ratchet, options.updateRatchet, results);
  const sum = total(areas.values());
  const percent = sum.calls === 0 ? 100 : (100 * sum.verdict) / sum.calls;
  if (percent < options.failUnder) {
    console.error(`verdict agreement ${percent.toFixed(2)} % is below ${options.failUnder} %`);
    status = 1;
  }
  return status;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      area: { type: 'string' },
      json: { type: 'string' },
      'fail-under': { type: 'string', default: '0' },
      ratchet: { type: 'string' },
      'update-ratchet': { type: 'boolean', default: false },
      evidence: { type: 'string' },
      show: { type: 'string', default: '0' },
      only: { type: 'string' },
    },
  });
  return {
    dir: positionals[0] ?? 'conformance',
    area: values.area,
    json: values.json,
    failUnder: Number(values['fail-under']),
    ratchet: values.ratchet,
    updateRatchet: values['update-ratchet'],
    evidence: values.evidence,
    show: Number(values.show),
    only: values.only,
  };
}

function caseFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function printTable(areas: ReadonlyMap<string, AreaSummary>): void {
  const percent = (part: number, whole: number): string =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
  const row = (name: string, s: AreaSummary): string[] => [
    name,
    String(s.cases),
    String(s.variants),
    String(s.calls),
    percent(s.verdict, s.calls),
    percent(s.explanation, s.calls),
    percent(s.configuration, s.variants),
    String(s.cannotTell),
    String(s.confidentlyWrong),
  ];
  const header = [
    'area',
    'cases',
    'variants',
    'calls',
    'verdict',
    'explanation',
    'configuration',
    'cannot tell',
    'confidently wrong',
  ];
  const rows = [header, ...[...areas].map(([name, s]) => row(name, s)), row('all', total(areas.values()))];
  const widths = header.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows) {
    console.log(
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    );
  }
}

/** Prints what the ratchet lost (exit status 1), or writes the new list. */
function ratchetStatus(path: string, update: boolean, results: readonly CaseResult[]): number {
  const ratchet = readLines(path);
  const gone = lost(ratchet, results);
  for (const line of gone.slice(0, 40)) console.error(`no longer agrees: ${line}`);
  if (gone.length > 0) {
    console.error(`${gone.length} of ${ratchet.length} agreements lost`);
    return 1;
  }
  const now = agreeing(results);
  if (update) writeFileSync(path, `${[...new Set([...ratchet, ...now])].sort().join('\n')}\n`);
  const kept = new Set(ratchet);
  console.log(`ratchet: ${ratchet.length} agreements kept, ${now.filter((line) => !kept.has(line)).length} new`);
  return 0;
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
