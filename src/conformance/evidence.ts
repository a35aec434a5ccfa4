/**
 * Results of the corpus -> the index of evidence that the studio shows: for each kind of decision how
 * many recorded calls bear it out, and a few of them to look at. Only calls that agree in everything
 * that was recorded count; what differs anywhere proves nothing.
 */
import type { EvidenceIndex, RecordedCall } from '../engine.ts';
import type { CaseCall, ObservedHop } from './caseFile.ts';
import type { CallEvidence, CaseResult } from './runCase.ts';

/** What recorded the corpus (conformance/README.md). */
const RECORDED_BY = { istio: '1.32-dev', envoy: '1.40' };

const EXAMPLES = 3;

interface Witness extends CallEvidence {
  readonly file: string;
  readonly area: string;
  readonly title: string;
  readonly variant: string;
  readonly call: string;
  readonly order: number;
}

interface Tally {
  calls: number;
  decided: number;
  /** The best of each case, best first. */
  examples: readonly Witness[];
}

export function evidenceIndex(results: readonly CaseResult[]): EvidenceIndex {
  const tallies = new Map<string, Tally>();
  for (const witness of witnessesOf(results)) {
    for (const kind of witness.kinds.all) {
      const tally = tallies.get(kind) ?? { calls: 0, decided: 0, examples: [] };
      const isDecided = witness.kinds.deciding.has(kind);
      tally.calls++;
      if (isDecided) tally.decided++;
      tally.examples = withExample(tally.examples, witness, kind);
      tallies.set(kind, tally);
    }
  }
  const sorted = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
  const chosen = [...new Set(sorted.flatMap(([, { examples }]) => examples))].sort((a, b) => a.order - b.order);
  const at = new Map(chosen.map((witness, index) => [witness, index]));
  return {
    ...RECORDED_BY,
    kinds: Object.fromEntries(
      sorted.map(([kind, { calls, decided, examples }]) => [
        kind,
        [calls, decided, examples.map((example) => at.get(example) ?? 0)],
      ]),
    ),
    calls: chosen.map(recordedCall),
  };
}

function* witnessesOf(results: readonly CaseResult[]): Generator<Witness> {
  let order = 0;
  for (const { file, area, title, variants } of results) {
    for (const { variant, calls } of variants) {
      for (const { call, evidence } of calls) {
        if (evidence !== undefined) yield { ...evidence, file, area, title, variant, call, order: order++ };
      }
    }
  }
}

/** A call that the decision decided tells more than one that it took part in, a short one more than a long one. */
function withExample(examples: readonly Witness[], witness: Witness, kind: string): readonly Witness[] {
  const rank = ({ kinds, area }: Witness): number =>
    (kinds.deciding.has(kind) ? 0 : 1000) + (area === 'random' ? 500 : 0) + kinds.all.size;
  const others = examples.filter(({ file }) => file !== witness.file);
  const same = examples.find(({ file }) => file === witness.file);
  const best = same === undefined || rank(witness) < rank(same) ? witness : same;
  return [...others, best].sort((a, b) => rank(a) - rank(b) || a.order - b.order).slice(0, EXAMPLES);
}

function recordedCall({ file, title, variant, call, recorded }: Witness): RecordedCall {
  const { observed } = recorded;
  const answer = observed.error ?? observed.tcp ?? observed.body;
  return {
    case: file.replace(/\.ya?ml$/, ''),
    title,
    variant,
    call,
    from: recorded.from,
    to: target(recorded),
    status: observed.status,
    exit: observed.curlExit,
    ...(answer === undefined ? {} : { answer: answer.slice(0, 120) }),
    logs: (observed.hops ?? []).map(logText),
  };
}

const target = ({ tcp, method = 'GET', url = '' }: CaseCall): string =>
  tcp === undefined ? `${method} ${url}` : `tcp ${tcp}`;

const LOGGED = ['status', 'flags', 'details', 'termination', 'upstreamFailure', 'downstreamFailure', 'filterChain'];

/** The fields of an access-log line that say what was decided, as `name=value`. */
function logText(hop: ObservedHop): string {
  const fields = LOGGED.flatMap((name) => (hop[name] === undefined ? [] : [`${name}=${hop[name]}`]));
  return `${hop.proxy}: ${fields.join(' ')}`;
}

/** One kind and one call a line, so that a change shows as the lines it touches. */
export function evidenceText({ istio, envoy, kinds, calls }: EvidenceIndex): string {
  const kindLines = Object.entries(kinds).map(([kind, of]) => `${JSON.stringify(kind)}: ${JSON.stringify(of)}`);
  const callLines = calls.map((call) => JSON.stringify(call));
  return [
    '{',
    `"istio": ${JSON.stringify(istio)},`,
    `"envoy": ${JSON.stringify(envoy)},`,
    `"kinds": {\n${kindLines.join(',\n')}\n},`,
    `"calls": [\n${callLines.join(',\n')}\n]`,
    '}\n',
  ].join('\n');
}
