/**
 * Texts that nobody meant: cases of the corpus with lines dropped, doubled, moved in, and values
 * replaced by ones of another shape. Whatever comes of it are diagnostics and verdicts, never an exception.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import { type SeededRandom, seededRandom } from '../base/seededRandom.ts';
import { type Call, type CompiledMesh, compile, evaluate, parse, parsePlainYaml } from '../engine.ts';
import type { CaseCall, CaseFile, CaseVariant } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

const CORPUS = 'conformance';
const TEXTS_OF_A_CASE = 3;
const CALLS = 4;

/** Two cases of each area. */
const cases = readdirSync(CORPUS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: area }) => {
    const names = readdirSync(join(CORPUS, area)).filter((name) => name.endsWith('.yaml'));
    return [names[1], names.at(-2)].map((name) => `${area}/${name}`);
  });

const VALUES = [
  ...['null', '[]', '{}', '[null]', '[{}]', '[[]]', '{a: {b: c}}', '""', '0', '-1', '99999999999999999999', 'true'],
  ...['"*"', '"a/b/c"', '"::1"', '"10.0.0.0/99"', '"%zz"', '"spiffe://"', '"\\u0000"', '日本', '-5s', '1e400'],
];

function pick<T>(random: SeededRandom, items: readonly T[]): T | undefined {
  return items[Math.floor(random.next() * items.length)];
}

function spoilt(random: SeededRandom, text: string): string {
  const lines = text.split('\n');
  for (let change = 0; change < 3; change++) {
    const at = Math.floor(random.next() * lines.length);
    const line = lines[at] ?? '';
    const kind = random.next();
    if (kind < 0.2) lines.splice(at, 1);
    else if (kind < 0.3) lines.splice(at, 0, line);
    else if (kind < 0.4) lines[at] = ` ${line}`;
    else lines[at] = line.replace(/(:|-) +\S.*$/, `$1 ${pick(random, VALUES)}`);
  }
  return lines.join('\n');
}

/** Everything that a person could ask to see. */
function askEverything(compiled: CompiledMesh, file: CaseFile, { calls = [] }: CaseVariant): void {
  const { workloads } = compiled.mesh;
  for (const { id, proxy } of workloads.values()) {
    if (proxy === 'none') continue;
    const { listeners, routes, clusters, secrets, nacks } = compiled.proxyConfig(id);
    JSON.stringify([listeners, [...routes], [...clusters], [...secrets.keys()], nacks], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  }
  for (const call of calls.slice(0, CALLS)) {
    const still = callStill(compiled, file, call);
    if (still !== undefined) evaluate(compiled, still);
  }
}

/** The call, unless what it is made with was edited away. */
function callStill(compiled: CompiledMesh, file: CaseFile, call: CaseCall): Call | undefined {
  if (call.from !== 'outside' && !compiled.mesh.workloads.has(call.from as WorkloadId)) return undefined;
  try {
    return callFrom(compiled, file, call);
  } catch {
    return undefined;
  }
}

it.each(cases)('%s, spoilt, is judged all the same', async (path) => {
  const read = parsePlainYaml(readFileSync(join(CORPUS, path), 'utf8'));
  if (!read.ok) throw new Error(read.error);
  const file = read.value as CaseFile;
  const [variant] = file.variants;
  if (variant === undefined) throw new Error('no variant');
  const { files, options } = variantInput(file, variant);
  const random = seededRandom(`${path} ${fc.readConfigureGlobal().seed}`);
  for (let text = 0; text < TEXTS_OF_A_CASE; text++) {
    const spoiltFiles = files.map((one) => ({ ...one, text: spoilt(random, one.text) }));
    const compiled = await compile(parse(spoiltFiles), options);
    expect(() => askEverything(compiled, file, variant), spoiltFiles.map((one) => one.text).join('\n')).not.toThrow();
  }
});
