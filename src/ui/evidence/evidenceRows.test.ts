import { describe, expect, it } from 'vitest';
import type { EvidenceIndex, RecordedCall } from '../../trace/evidence.ts';
import type { RbacStep, Step } from '../../trace/step.ts';
import type { Hop, Trace } from '../../trace/trace.ts';
import { nearestExamples, verdictEvidence } from './evidenceRows.ts';

const proxy = { kind: 'proxy', workload: 'shop/cart' as never, role: 'sidecar-inbound' } as const;
const dns: Step = { kind: 'dns', origins: [], host: 'cart', address: '10.0.0.1' };
const denied: RbacStep = {
  kind: 'rbac-check',
  origins: [],
  phase: 'allow',
  layer: 'http',
  decision: 'denied',
  rules: [
    {
      policyId: 'p',
      origin: { resource: 'r' as never, path: [] },
      matched: false,
      heldBy: [],
      failed: [{ field: 'principals', negated: false, wanted: [], origin: { resource: 'r' as never, path: [] } }],
      ignored: [],
    },
  ],
  dropped: [],
};
const hops: readonly Hop[] = [
  { id: 0, party: { kind: 'client', container: 'app' }, attempt: 1, steps: [dns, dns], end: 'forwarded' },
  {
    id: 1,
    parent: 0,
    party: proxy,
    attempt: 1,
    steps: [denied],
    log: { protocol: 'HTTP/1.1', status: 403, flags: [], details: 'rbac_access_denied_matched_policy[none]' },
    end: 'refused',
  },
];
const trace: Trace = {
  version: 1,
  call: {} as never,
  hops,
  outcome: { kind: 'http', curlExit: 0, alsoPossible: [], status: 403, headers: [] },
  disposition: { kind: 'refused', hop: 1, by: 'authorization' },
  choices: [],
};

const recorded = (call: string): RecordedCall => ({
  case: 'authz/x',
  title: 'x',
  variant: 'v',
  call,
  from: 'a/b',
  to: 'GET http://c',
  status: 403,
  exit: 0,
  logs: [],
});
const index: EvidenceIndex = {
  istio: '1',
  envoy: '2',
  kinds: {
    'dns resolved': [9, 0, [0]],
    'rbac-check allow http denied no-match': [5, 5, [0]],
    'rbac-check allow http denied no-match failed principals': [2, 2, [1]],
    'outcome exit=0 status=403': [7, 0, []],
  },
  calls: [recorded('any'), recorded('by principal')],
};

describe('the evidence of a verdict', () => {
  const found = verdictEvidence(trace, index);

  it('tells what decided apart from the rest, each kind once', () => {
    expect(found.deciding?.evidence).toMatchObject({ calls: 5, decided: 5 });
    expect(found.others.map(({ evidence }) => evidence.kind)).toEqual(['dns resolved']);
    expect(found.outcome.calls).toBe(7);
  });

  it('counts what no recorded call bears out: here a log line', () => {
    expect(found.logs.map(({ evidence }) => evidence.calls)).toEqual([0]);
    expect({ kinds: found.kinds, unrecorded: found.unrecorded }).toEqual({ kinds: 5, unrecorded: 1 });
  });

  it('claims nothing of what is not simulated', () => {
    const why = { code: 'wasm-or-lua', params: {} } as const;
    const unknown: Trace = {
      ...trace,
      hops: hops.map((hop) => (hop.id === 1 ? { ...hop, steps: [{ kind: 'cannot-tell', origins: [], why }] } : hop)),
      outcome: { kind: 'unknown' },
      disposition: { kind: 'cannot-tell', reasons: [why] },
    };
    const { cannotTell, deciding, kinds, unrecorded } = verdictEvidence(unknown, index);
    expect({ cannotTell, kind: deciding?.evidence.kind, kinds, unrecorded }).toEqual({
      cannotTell: true,
      kind: undefined,
      kinds: 2,
      unrecorded: 1,
    });
  });

  it('shows first the calls that came down to the same field', () => {
    const { deciding } = found;
    expect(deciding && nearestExamples(deciding).map(({ call }) => call)).toEqual(['by principal', 'any']);
  });
});
