/**
 * `node scripts/run-ts.mjs src/cli/suggest.ts [DIR]`: asks for a suggestion for every call of the
 * corpus that a policy refused, applies it, makes the call again, and prints the rate.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseFile } from '../conformance/caseFile.ts';
import { measureSuggestions, type SuggestionFigures } from '../conformance/suggestions.ts';
import { parsePlainYaml } from '../engine.ts';

const [dir = 'conformance', only = ''] = process.argv.slice(2);
const total: SuggestionFigures = { refused: 0, helped: 0, opened: [], helpless: [], remedied: 0 };
for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.yaml') || !entry.name.includes(only)) continue;
  const path = join(entry.parentPath, entry.name);
  const read = parsePlainYaml(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(`${path}: ${read.error}`);
  const figures = await measureSuggestions(path, read.value as CaseFile);
  total.refused += figures.refused;
  total.helped += figures.helped;
  total.remedied += figures.remedied;
  total.opened.push(...figures.opened);
  total.helpless.push(...figures.helpless);
}
const sorted = [...total.opened].sort((a, b) => a - b);
for (const line of total.helpless) console.log(`no suggestion: ${line}`);
console.log(`refused by a policy: ${total.refused}`);
console.log(`helped: ${total.helped} (${((100 * total.helped) / Math.max(1, total.refused)).toFixed(1)} %)`);
console.log(`other calls opened: median ${sorted[Math.floor(sorted.length / 2)] ?? 0}, most ${sorted.at(-1) ?? 0}`);
console.log(`refused otherwise, with a remedy in the call: ${total.remedied}`);
