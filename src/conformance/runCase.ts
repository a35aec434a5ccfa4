/**
 * Runs one case file against the engine: every variant is compiled once, every call is evaluated
 * with all lots drawn every way, and each is compared with what was observed.
 */
import { type CompiledMesh, compile, enumerate, kindsOf, parse, type Trace } from '../engine.ts';
import type { CaseCall, CaseFile, CaseVariant } from './caseFile.ts';
import { compareConfiguration } from './compare/configuration.ts';
import type { Difference } from './compare/difference.ts';
import { compareExplanation } from './compare/explanation.ts';
import { compareVerdict } from './compare/verdict.ts';
import { callFrom, variantInput } from './input.ts';
import { configurationView } from './view.ts';

export interface CallResult {
  readonly call: string;
  readonly outcome: 'agrees' | 'verdict-only' | 'cannot-tell' | 'confidently-wrong';
  readonly differences: readonly Difference[];
  /** Of a call that agrees in everything: the recording, and the decisions that it bears out. */
  readonly evidence?: CallEvidence;
}

export interface CallEvidence {
  readonly recorded: CaseCall;
  readonly kinds: ReturnType<typeof kindsOf>;
}

export interface VariantResult {
  readonly variant: string;
  readonly calls: readonly CallResult[];
  readonly configuration: readonly Difference[];
}

export interface CaseResult {
  readonly file: string;
  readonly area: string;
  readonly title: string;
  readonly variants: readonly VariantResult[];
}

export async function runCase(path: string, file: CaseFile): Promise<CaseResult> {
  const variants: VariantResult[] = [];
  for (const variant of file.variants) variants.push(await runVariant(file, variant));
  return { file: path, area: file.area, title: file.title, variants };
}

async function runVariant(file: CaseFile, variant: CaseVariant): Promise<VariantResult> {
  const input = variantInput(file, variant);
  const parsed = parse(input.files);
  const compiled = await compile(parsed, input.options);
  const names = new Map<string, number>();
  const calls: CallResult[] = [];
  for (const call of variant.calls ?? []) {
    // Names may repeat: the second is `name#2`, so that the ratchet can tell them apart.
    const seen = (names.get(call.name) ?? 0) + 1;
    names.set(call.name, seen);
    if (call.unstable === true) continue;
    calls.push(judge(seen === 1 ? call.name : `${call.name}#${seen}`, file, call, compiled));
  }
  return { variant: variant.name, calls, configuration: compareConfiguration(variant, configurationView(compiled)) };
}

/** The best of all possible traces counts: the real one drew its lots as well. */
function judge(name: string, file: CaseFile, call: CaseCall, compiled: CompiledMesh): CallResult {
  const traces = enumerate(compiled, callFrom(compiled, file, call));
  let best: CallResult | undefined;
  for (const trace of traces) {
    const result = judgeTrace(name, call, trace);
    if (best === undefined || rank(result) > rank(best)) best = result;
    if (best.outcome === 'agrees') break;
  }
  return best ?? { call: name, outcome: 'confidently-wrong', differences: [] };
}

function judgeTrace(name: string, call: CaseCall, trace: Trace): CallResult {
  const verdict = compareVerdict(call.observed, trace);
  if (trace.disposition.kind === 'cannot-tell') return { call: name, outcome: 'cannot-tell', differences: verdict };
  if (verdict.length > 0) return { call: name, outcome: 'confidently-wrong', differences: verdict };
  const explanation = compareExplanation(call, trace);
  if (explanation.length > 0) return { call: name, outcome: 'verdict-only', differences: explanation };
  return { call: name, outcome: 'agrees', differences: [], evidence: { recorded: call, kinds: kindsOf(trace) } };
}

/** Among outcomes of equal worth the one with fewer differing fields tells more. */
function rank(result: CallResult): number {
  const base = { agrees: 4000, 'verdict-only': 3000, 'confidently-wrong': 2000, 'cannot-tell': 1000 }[result.outcome];
  return base - Math.min(result.differences.length, 999);
}
