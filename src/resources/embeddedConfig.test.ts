import { describe, expect, test } from 'vitest';
import { parseEmbeddedConfig } from './embeddedConfig.ts';

describe('MeshConfig and ProxyConfig as text', () => {
  test.each<[string, string, unknown]>([
    ['JSON names', 'trustDomain: a.example', { trustDomain: 'a.example' }],
    ['names of the .proto file', 'trust_domain: a.example', { trustDomain: 'a.example' }],
    ['nested', 'outbound_traffic_policy: {mode: REGISTRY_ONLY}', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }],
    ['ProxyConfig', 'gateway_topology: {num_trusted_proxies: 1}', { gatewayTopology: { numTrustedProxies: 1 } }],
    ['empty', '', {}],
    ['only a comment', '# nothing', {}],
    ['unknown fields are dropped', 'trustDomain: a\nother: 1', { trustDomain: 'a' }],
  ])('%s', (_, text, expected) => {
    expect(parseEmbeddedConfig(text)).toEqual({ ok: true, value: expected });
  });

  test.each<[string, string, string]>([
    ['broken YAML', 'a: [', 'Flow sequence in block collection'],
    ['not an object', 'hello', 'not an object'],
    ['an unknown enum value', 'outboundTrafficPolicy: {mode: ALL}', 'unknown value "\\"ALL\\"" for enum'],
    ['a number for a string', 'proxyMetadata: {A: 1}', 'json: cannot unmarshal number into Go value of type string'],
    ['a bad trust domain', 'trustDomain: a_b', 'trustDomain: trust domain name "a_b" invalid'],
    [
      'a bad alias',
      'trustDomainAliases: [ok, a_b]',
      'trustDomainAliases[1], domain `a_b` : trust domain name "a_b" invalid',
    ],
    ['a bad time-out', 'connectTimeout: 0s', 'invalid connect timeout: duration must be greater than 1ms'],
    [
      'a port out of range',
      'proxyListenPort: 0',
      'invalid proxy listen port: port number 0 must be in the range 1..65535',
    ],
    ['curves for the mesh', 'meshMTLS: {ecdhCurves: [P-256]}', 'mesh TLS does not support ECDH curves configuration'],
  ])('%s is refused', (_, text, error) => {
    const parsed = parseEmbeddedConfig(text);
    expect(parsed.ok ? 'accepted' : parsed.error).toContain(error);
  });
});
