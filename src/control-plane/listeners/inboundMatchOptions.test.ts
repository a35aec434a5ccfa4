/** The chains of one inbound port, by protocol class and mTLS mode: the whole table. */
import { describe, expect, test } from 'vitest';
import type { FilterChain } from '../envoy/listener.ts';
import { inboundMatchOptions } from './inboundMatchOptions.ts';
import { inboundInspectors } from './inspectors.ts';

const ALL = 'istio,istio-peer-exchange,istio-http/1.0,istio-http/1.1,istio-h2';
const MESH_HTTP = 'istio-http/1.0,istio-http/1.1,istio-h2';
const MESH_TCP = 'istio-peer-exchange,istio';
const PLAIN = 'http/1.1,h2c';

test.each([
  ['HTTP', 'STRICT', ['tls [] http mTLS']],
  ['HTTP', 'PERMISSIVE', [`tls [${ALL}] http mTLS`, 'raw_buffer [] http']],
  ['HTTP', 'DISABLE', ['raw_buffer [] http']],
  ['TCP', 'STRICT', ['tls [] tcp mTLS']],
  ['TCP', 'PERMISSIVE', [`tls [${ALL}] tcp mTLS`, 'tls [] tcp', 'raw_buffer [] tcp']],
  ['TCP', 'DISABLE', ['raw_buffer [] tcp']],
  ['Auto', 'STRICT', [`tls [${MESH_HTTP}] http mTLS`, 'tls [] tcp mTLS']],
  [
    'Auto',
    'PERMISSIVE',
    [
      `tls [${MESH_HTTP}] http mTLS`,
      `raw_buffer [${PLAIN}] http`,
      `tls [${MESH_TCP}] tcp mTLS`,
      'raw_buffer [] tcp',
      'tls [] tcp',
    ],
  ],
  ['Auto', 'DISABLE', [`raw_buffer [${PLAIN}] http`, 'raw_buffer [] tcp']],
] as const)('%s, %s', (protocol, mode, expected) => {
  const options = inboundMatchOptions(protocol, mode).map(
    ({ transportProtocol, applicationProtocols, handler, terminatesTls }) =>
      `${transportProtocol} [${applicationProtocols}] ${handler}${terminatesTls ? ' mTLS' : ''}`,
  );
  expect(options).toEqual(expected);
});

describe('inspectors run where some chain asks for what they find', () => {
  const chain = (
    port: number | undefined,
    transport?: 'tls' | 'raw_buffer',
    protocols: readonly string[] = [],
  ): FilterChain => ({
    match: {
      ...(port === undefined ? {} : { destinationPort: port }),
      ...(transport === undefined ? {} : { transportProtocol: transport }),
      prefixRanges: [],
      serverNames: [],
      applicationProtocols: protocols,
    },
    filters: [],
    origins: [],
  });
  const NOWHERE = { byDefault: false, except: [] };

  test.each<[string, FilterChain[], object, object]>([
    ['nobody asks', [chain(undefined, 'raw_buffer'), chain(80)], NOWHERE, NOWHERE],
    ['TLS everywhere', [chain(undefined, 'tls'), chain(80, 'tls')], { byDefault: true, except: [] }, NOWHERE],
    [
      'TLS but for one port',
      [chain(undefined, 'tls'), chain(80, 'raw_buffer')],
      { byDefault: true, except: [80] },
      NOWHERE,
    ],
    [
      'TLS on one port only',
      [chain(undefined), chain(80, 'tls'), chain(81)],
      { byDefault: false, except: [80] },
      NOWHERE,
    ],
    [
      'HTTP on one port: then also where nothing is named',
      [chain(undefined), chain(80, 'raw_buffer', ['http/1.1', 'h2c']), chain(81)],
      NOWHERE,
      { byDefault: true, except: [81] },
    ],
    [
      'the protocols of the mesh are no HTTP to sniff',
      [chain(80, 'tls', ['istio-http/1.1'])],
      { byDefault: false, except: [80] },
      NOWHERE,
    ],
  ])('%s', (_, chains, tls, http) => {
    const found = inboundInspectors(chains);
    expect(found.tlsInspector).toEqual(tls);
    // Without any chain for unnamed ports the opt-outs are what is listed.
    expect(found.httpInspector).toEqual(http);
  });
});
