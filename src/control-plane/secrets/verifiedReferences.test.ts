import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { verifiedReferences } from './verifiedReferences.ts';

const mesh = (tls: object) =>
  meshOf(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  template:
    metadata: {labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
${JSON.stringify({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'istio-system' },
  spec: {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 8443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls }],
  },
})}`).mesh;

const CREDENTIAL = 'kubernetes-gateway://istio-system/cert';
const CA = `${CREDENTIAL}-cacert`;

describe('Secrets of Gateway API form that a gateway may read', () => {
  it.each([
    ['SIMPLE: the certificate', { mode: 'SIMPLE', credentialName: CREDENTIAL }, [CREDENTIAL]],
    ['MUTUAL: its CA too', { mode: 'MUTUAL', credentialName: CREDENTIAL }, [CREDENTIAL, CA]],
    ['OPTIONAL_MUTUAL: not its CA', { mode: 'OPTIONAL_MUTUAL', credentialName: CREDENTIAL }, [CREDENTIAL]],
    [
      'a CA named by itself',
      { mode: 'OPTIONAL_MUTUAL', credentialName: CREDENTIAL, caCertCredentialName: CA },
      [CREDENTIAL, CA],
    ],
    ['of another namespace without a grant', { mode: 'SIMPLE', credentialName: 'kubernetes-gateway://shop/cert' }, []],
  ])('%s', (_what, tls, expected) => {
    const world = mesh(tls);
    const workload = world.workloads.get('istio-system/ingress' as WorkloadId);
    expect(workload && [...verifiedReferences(world, workload)]).toEqual(expected);
  });
});
