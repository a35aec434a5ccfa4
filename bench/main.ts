/**
 * `npm run bench`: the figures behind the budgets of docs. Prints, asserts nothing; times are of the
 * machine it runs on. `npm run bench -- yaml` runs what has that word in its name.
 */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { engineBenchmarks } from './engine.ts';
import { type Benchmark, measure, printHeader } from './measure.ts';
import { tlsBenchmarks } from './tls.ts';

const scale1000 = readFileSync('bench/scale-1000.yaml', 'utf8');

const benchmarks: readonly Benchmark[] = [
  {
    name: 'yaml library alone: scale-1000.yaml',
    repeat: 5,
    body: () => `${parseAllDocuments(scale1000).length} documents`,
  },
  ...engineBenchmarks,
  ...tlsBenchmarks,
];

const word = process.argv[2] ?? '';
printHeader();
for (const { name, repeat, body } of benchmarks) {
  if (name.includes(word)) await measure(name, repeat, body);
}
