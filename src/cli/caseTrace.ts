/**
 * `node scripts/run-ts.mjs src/cli/caseTrace.ts FILE VARIANT CALL`: the trace of one call of a case
 * file beside what was observed. For finding out why a case disagrees.
 */
import { readFileSync } from 'node:fs';
import type { CaseFile } from '../conformance/caseFile.ts';
import { callFrom, variantInput } from '../conformance/input.ts';
import { compile, enumerate, parse, parsePlainYaml } from '../engine.ts';

const [path = '', variantName = '', callName = ''] = process.argv.slice(2);
const read = parsePlainYaml(readFileSync(path, 'utf8'));
if (!read.ok) throw new Error(read.error);
const file = read.value as CaseFile;
for (const variant of file.variants) {
  if (variantName !== '' && variant.name !== variantName) continue;
  const input = variantInput(file, variant);
  const compiled = await compile(parse(input.files), input.options);
  for (const call of variant.calls ?? []) {
    if (callName !== '' && call.name !== callName) continue;
    console.log(JSON.stringify({ variant: variant.name, call: call.name, observed: call.observed }, undefined, 1));
    for (const trace of enumerate(compiled, callFrom(compiled, file, call)))
      console.log(JSON.stringify(trace, undefined, 1));
  }
}
