/** Delegated rules: which come into force, with which conditions and from where. */
import { describe, expect, it } from 'vitest';
import { meshOf } from '../../testing/meshOf.ts';
import { mergeMatches } from './delegateMatch.ts';
import { specOf } from './virtualServiceInForce.ts';
import { mergeDelegates } from './virtualServices.ts';

const virtualService = (name: string, spec: string, namespace = 'shop') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
---
`;
const ROOT = virtualService(
  'root',
  '{hosts: [shop.example.com], gateways: [gw], http: [{name: api, match: [{uri: {prefix: /api}}], delegate: {name: leaf, namespace: team}, timeout: 3s}, {route: [{destination: {host: web}}]}]}',
);
const leaf = (rule: string, exportTo = '') => virtualService('leaf', `{${exportTo}http: [${rule}]}`, 'team');

const rulesOf = (yaml: string) => {
  const merged = mergeDelegates(meshOf(yaml).mesh).find(({ name }) => name === 'root');
  return merged ? { rules: specOf(merged).http ?? [], origins: merged.httpOrigins } : undefined;
};

describe('a rule with a delegate', () => {
  it('is replaced by the delegate`s rules, which take what they lack from the root', () => {
    const merged = rulesOf(
      ROOT + leaf('{name: v1, match: [{uri: {prefix: /api/v1}}], route: [{destination: {host: api}}]}'),
    );
    expect(merged?.rules).toMatchObject([
      {
        name: 'api-v1',
        timeout: '3s',
        match: [{ uri: { prefix: '/api/v1' } }],
        route: [{ destination: { host: 'api.team.svc.cluster.local' } }],
      },
      { route: [{ destination: { host: 'web.shop.svc.cluster.local' } }] },
    ]);
    expect(merged?.origins[0]?.rule).toEqual([
      { resource: 'networking.istio.io/VirtualService/team/leaf', path: ['spec', 'http', 0] },
      { resource: 'networking.istio.io/VirtualService/shop/root', path: ['spec', 'http', 0] },
    ]);
  });
  it.each([
    ['is missing', ''],
    ['is not exported', leaf('{route: [{destination: {host: api}}]}', 'exportTo: ["."], ')],
    ['lies outside the root`s path', leaf('{match: [{uri: {prefix: /v1}}], route: [{destination: {host: api}}]}')],
  ])('is dropped when the delegate %s', (_, yaml) => {
    expect(rulesOf(ROOT + yaml)?.rules.map(({ route }) => route?.[0]?.destination?.host)).toEqual([
      'web.shop.svc.cluster.local',
    ]);
  });
  it('the delegate itself is no VirtualService of its own', () => {
    const { mesh } = meshOf(ROOT + leaf('{route: [{destination: {host: api}}]}'));
    expect(mergeDelegates(mesh).map(({ name }) => name)).toEqual(['root']);
  });
});

describe('conditions of root and delegate', () => {
  it.each([
    ['prefix in prefix', { uri: { prefix: '/a' } }, { uri: { prefix: '/a/b' } }, { prefix: '/a/b' }],
    ['exact in prefix', { uri: { prefix: '/a' } }, { uri: { exact: '/a' } }, { exact: '/a' }],
    ['prefix in exact', { uri: { exact: '/a' } }, { uri: { prefix: '/a' } }, undefined],
    ['two exact', { uri: { exact: '/a' } }, { uri: { exact: '/b' } }, undefined],
    ['expression under a path', { uri: { prefix: '/a' } }, { uri: { regex: '/a.*' } }, undefined],
    ['path under an expression', { uri: { regex: '.*' } }, { uri: { prefix: '/a' } }, undefined],
    ['nothing in prefix', { uri: { prefix: '/a' } }, {}, { prefix: '/a' }],
    ['case ignored on one side', { uri: { prefix: '/a' }, ignoreUriCase: true }, { uri: { prefix: '/a' } }, undefined],
    ['other port', { port: 80 }, { port: 81 }, undefined],
    ['namespace left out by the delegate', { sourceNamespace: 'a' }, {}, undefined],
    ['gateway not among the root`s', { gateways: ['a/gw'] }, { gateways: ['b/gw'] }, undefined],
  ])('%s', (_, root, delegate, uri) => {
    const merged = mergeMatches([root], [delegate]);
    expect(merged?.map(({ match }) => match.uri)).toEqual(uri === undefined ? undefined : [uri]);
  });
  it('headers of both count', () => {
    const merged = mergeMatches([{ headers: { a: { exact: '1' } } }], [{ headers: { b: { exact: '2' } } }]);
    expect(merged?.[0]?.match.headers).toEqual({ a: { exact: '1' }, b: { exact: '2' } });
  });
  it('an entry within two of the root`s is joined with both', () => {
    const merged = mergeMatches([{ uri: { prefix: '/' } }, { uri: { prefix: '/a' } }], [{ uri: { prefix: '/a/b' } }]);
    expect(merged?.map(({ root }) => root)).toEqual([0, 1]);
  });
});
