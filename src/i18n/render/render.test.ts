import { describe, expect, it } from 'vitest';
import { resourceId, workloadId } from '../../base/ids.ts';
import { logLine } from '../../trace/logLine.ts';
import type { Step } from '../../trace/step.ts';
import type { Disposition, Hop, Party, Trace } from '../../trace/trace.ts';
import { createI18n } from '../i18n.ts';
import { outcomeText } from './curlOutput.ts';
import { reasonText } from './reason.ts';
import { verdictSentence } from './verdict.ts';

const ledger = workloadId('bank', 'ledger');
const inbound: Party = { kind: 'proxy', workload: ledger, role: 'sidecar-inbound' };
const policy = resourceId('security.istio.io', 'AuthorizationPolicy', 'bank', 'allow-teller');
const peerAuthentication = resourceId('security.istio.io', 'PeerAuthentication', 'bank', 'default');
const origin = (resource: typeof policy) => ({ resource, path: [] });
const hop = (party: Party, step: Step): Hop => ({ id: 1, party, attempt: 1, steps: [step], end: 'refused' });
const trace = (disposition: Disposition): Trace => ({
  version: 1,
  call: { from: 'outside', container: 'app', request: { kind: 'tcp', host: 'x', port: 1 } },
  hops: [],
  outcome: { kind: 'unknown' },
  disposition,
  choices: [],
});
const refused = (by: Extract<Disposition, { kind: 'refused' }>['by']): Disposition => ({ kind: 'refused', hop: 1, by });

const denial: Step = {
  kind: 'rbac-check',
  phase: 'allow',
  layer: 'http',
  decision: 'denied',
  dropped: [],
  origins: [origin(policy)],
  rules: [
    {
      policyId: 'ns[bank]-policy[allow-teller]-rule[0]',
      origin: origin(policy),
      matched: false,
      heldBy: [],
      ignored: [],
      failed: [
        {
          field: 'principals',
          negated: false,
          wanted: ['cluster.local/ns/bank/sa/teller'],
          saw: 'cluster.local/ns/shop/sa/web',
          origin: origin(policy),
        },
      ],
    },
  ],
};
const plain: Step = {
  kind: 'filter-chain-matched',
  origins: [origin(peerAuthentication)],
  seen: { destinationPort: 8080, transportProtocol: 'raw_buffer', applicationProtocols: [] },
  rejected: [],
};
const noName: Step = { ...plain, origins: [], seen: { ...plain.seen, transportProtocol: 'tls' } };

describe('verdictSentence', () => {
  it.each<[string, Disposition, Hop | undefined, string]>([
    [
      'names policy, place, rule, what it wants and what the caller is',
      refused('authorization'),
      hop(inbound, denial),
      'by AuthorizationPolicy bank/allow-teller, at the inbound sidecar of bank/ledger: no ALLOW rule matches. Rule 1 wants principals cluster.local/ns/bank/sa/teller; the call has cluster.local/ns/shop/sa/web.',
    ],
    [
      'plain text where mutual TLS is demanded',
      refused('no-filter-chain'),
      hop(inbound, plain),
      'by PeerAuthentication bank/default, at the inbound sidecar of bank/ledger: the call is plain text, and only mutual TLS is accepted here.',
    ],
    [
      'says what arrived where no chain matches it',
      refused('no-filter-chain'),
      hop({ ...inbound, role: 'gateway' }, noName),
      'at the gateway bank/ledger: no filter chain of the listener matches what arrived: TLS for port 8080, without a server name.',
    ],
    ['who answered', { kind: 'served', by: ledger, status: 503 }, undefined, 'bank/ledger answered with 503.'],
    [
      'what is not modelled, and which',
      {
        kind: 'cannot-tell',
        reasons: [1, 2].map((hop) => ({ code: 'wasm-or-lua', params: { name: 'bank/filter' }, hop })),
      },
      undefined,
      'code of the user runs in a proxy on the way (bank/filter)',
    ],
  ])('%s', async (_, disposition, at, sentence) => {
    const translator = (await createI18n('en')).current();
    const step = at?.steps[0];
    const decided = at === undefined || step === undefined ? undefined : { hop: at, step };
    expect(verdictSentence(translator, trace(disposition), decided)).toBe(sentence);
  });

  it('says in curl’s words why it sends nothing', async () => {
    const translator = (await createI18n('en')).current();
    const malformed: Trace = {
      ...trace({ kind: 'failed', hop: 1 }),
      hops: [{ id: 1, party: { kind: 'client', container: 'app' }, attempt: 1, steps: [], end: 'failed' }],
      outcome: {
        kind: 'http',
        curlExit: 3,
        alsoPossible: [],
        error: 'URL using bad/illegal format',
        status: 0,
        headers: [],
      },
    };
    expect(verdictSentence(translator, malformed, undefined)).toBe(
      'at the caller: curl sends nothing: URL using bad/illegal format.',
    );
  });

  it('speaks Japanese', async () => {
    const translator = (await createI18n('ja')).current();
    expect(
      verdictSentence(translator, trace(refused('no-filter-chain')), { hop: hop(inbound, plain), step: plain }),
    ).toBe(
      'bank/ledger の受信側サイドカーが PeerAuthentication bank/default に従って拒否しました。呼び出しは平文ですが、ここでは相互 TLS だけを受け付けます。',
    );
  });
});

describe('codes', () => {
  it('without a sentence are shown as they are, with their parameters', async () => {
    const translator = (await createI18n('en')).current();
    expect(reasonText(translator, { code: 'brand-new', params: { a: 1 } })).toBe('brand-new (a 1)');
  });

  it('that come without a parameter still have their sentence', async () => {
    const translator = (await createI18n('en')).current();
    expect(reasonText(translator, { code: 'delayed', params: {} })).toBe('delayed by – ms');
  });
});

describe('terminal text', () => {
  it('curl prints its exit code and message, or the status', () => {
    const http = {
      kind: 'http',
      curlExit: 0,
      alsoPossible: [],
      status: 403,
      headers: [],
      body: 'RBAC: access denied',
    } as const;
    expect(outcomeText(http)).toBe('HTTP 403 RBAC: access denied');
    expect(outcomeText({ ...http, curlExit: 56, error: 'Recv failure' })).toBe('curl: (56) Recv failure');
  });

  it('a log line has a dash for what is absent', () => {
    expect(
      logLine({ status: 0, flags: ['NR'], details: 'filter_chain_not_found', bytesReceived: 0, bytesSent: 0 }),
    ).toBe('"- - -" 0 NR filter_chain_not_found - "-" 0 0 "-" "-" "-" "-" - - - - - -');
  });
});
