/** Which pods get a proxy, and what it adds to their labels. */
import { describe, expect, test } from 'vitest';
import { inAmbient, injectedProxy, labelsAfterInjection, namespaceInjection } from './injection.ts';
import type { Labels } from './labels.ts';

const INJECT = 'sidecar.istio.io/inject';

const proxyOf = (namespaceLabels: Labels, labels: Labels = {}, annotations: Labels = {}, hostNetwork = false) =>
  injectedProxy({ namespace: 'shop', namespaceLabels, labels, annotations, hostNetwork });

describe('injection', () => {
  const enabled = { 'istio-injection': 'enabled' };
  const disabled = { 'istio-injection': 'disabled' };
  const revision = { 'istio.io/rev': 'stable' };
  test.each<[string, Labels, Labels, Labels, string]>([
    ['nothing asks for it', {}, {}, {}, 'none'],
    ['namespace enabled', enabled, {}, {}, 'sidecar'],
    ['namespace disabled', disabled, {}, {}, 'none'],
    ['namespace with another word', { 'istio-injection': 'yes' }, {}, {}, 'none'],
    ['namespace with a revision', revision, {}, {}, 'sidecar'],
    ['disabled goes before a revision', { ...disabled, ...revision }, {}, {}, 'none'],
    ['enabled, pod refuses by label', enabled, { [INJECT]: 'false' }, {}, 'none'],
    ['enabled, pod refuses by annotation', enabled, {}, { [INJECT]: 'false' }, 'none'],
    ['enabled, the label wins over the annotation', enabled, { [INJECT]: 'true' }, { [INJECT]: 'false' }, 'sidecar'],
    ['pod asks by label', {}, { [INJECT]: 'true' }, {}, 'sidecar'],
    ['pod asks by annotation, which no webhook sees', {}, {}, { [INJECT]: 'true' }, 'none'],
    ['pod asks by revision', {}, revision, {}, 'sidecar'],
    ['namespace disabled, pod asks', disabled, { [INJECT]: 'true' }, {}, 'none'],
    ['revision, pod refuses', revision, { [INJECT]: 'false' }, {}, 'none'],
    ['gateway template', {}, {}, { 'inject.istio.io/templates': 'gateway' }, 'gateway'],
    ['several templates', enabled, {}, { 'inject.istio.io/templates': 'grpc, gateway' }, 'gateway'],
  ])('%s', (_, namespaceLabels, labels, annotations, expected) => {
    expect(proxyOf(namespaceLabels, labels, annotations)).toBe(expected);
  });

  test('the host network and the namespaces of Kubernetes are left alone', () => {
    expect(proxyOf(enabled, {}, {}, true)).toBe('none');
    expect(namespaceInjection('kube-system', enabled)).toBe(false);
    expect(namespaceInjection('shop', enabled)).toBe(true);
  });
});

describe('labels after injection', () => {
  test.each<[Labels, 'none' | 'sidecar' | 'gateway', Labels]>([
    [{ app: 'web' }, 'none', { app: 'web' }],
    [
      { app: 'web' },
      'sidecar',
      { app: 'web', 'service.istio.io/canonical-name': 'web', 'security.istio.io/tlsMode': 'istio' },
    ],
    [
      { 'security.istio.io/tlsMode': 'disabled' },
      'sidecar',
      { 'security.istio.io/tlsMode': 'disabled', 'service.istio.io/canonical-name': 'deploy' },
    ],
    [{ app: 'edge' }, 'gateway', { app: 'edge', 'service.istio.io/canonical-name': 'edge' }],
    [
      { app: 'web', 'app.kubernetes.io/name': 'shop' },
      'gateway',
      { app: 'web', 'app.kubernetes.io/name': 'shop', 'service.istio.io/canonical-name': 'shop' },
    ],
  ])('%j with proxy %s', (labels, proxy, expected) => {
    expect(labelsAfterInjection(labels, proxy, 'deploy')).toEqual(expected);
  });
});

test('ambient is for pods without a proxy of their own, and a pod may opt out', () => {
  const ambient = { 'istio.io/dataplane-mode': 'ambient' };
  expect(inAmbient(ambient, {}, 'none')).toBe(true);
  expect(inAmbient(ambient, {}, 'sidecar')).toBe(false);
  expect(inAmbient(ambient, { 'istio.io/dataplane-mode': 'none' }, 'none')).toBe(false);
});
