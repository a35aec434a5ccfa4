/** BackendTLSPolicies as the DestinationRules that istiod makes of them. */
import { describe, expect, it } from 'vitest';
import { certificatePem } from '../../../pki/certificate.ts';
import { meshOf } from '../../../testing/meshOf.ts';
import { TEST_CA } from '../../../testing/tlsParties.ts';
import { synthesizedDestinationRules } from './backendTlsPolicies.ts';

const CA = certificatePem(TEST_CA.certificate);

const WEB = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
`;

describe('BackendTLSPolicy', () => {
  const policy = (spec: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: p, namespace: shop}
spec: {${spec}}
---
`;
  const TARGET = 'targetRefs: [{group: "", kind: Service, name: web}]';
  const ca = `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca', namespace: 'shop' }, data: { 'ca.crt': CA } })}\n---\n`;
  const policyOf = (yaml: string) => synthesizedDestinationRules(meshOf(WEB + yaml).mesh)[0]?.body.spec?.trafficPolicy;
  it.each([
    [
      'with the system`s CAs',
      `${TARGET}, validation: {hostname: web.example.com, wellKnownCACertificates: System}`,
      { tls: { mode: 'SIMPLE', sni: 'web.example.com' } },
    ],
    [
      'with a ConfigMap',
      `${TARGET}, validation: {hostname: h, caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}`,
      { tls: { credentialName: 'configmap://shop/ca' } },
    ],
    [
      'with a CA that is missing blocks',
      `${TARGET}, validation: {hostname: h, caCertificateRefs: [{group: "", kind: ConfigMap, name: gone}]}`,
      { tls: { credentialName: 'invalid://' } },
    ],
    [
      'with names',
      `${TARGET}, validation: {hostname: h, wellKnownCACertificates: System, subjectAltNames: [{type: Hostname, hostname: a}]}`,
      { tls: { subjectAltNames: ['a'] } },
    ],
    [
      'for one port',
      'targetRefs: [{group: "", kind: Service, name: web, sectionName: http}], validation: {hostname: h, wellKnownCACertificates: System}',
      { portLevelSettings: [{ port: { number: 80 } }] },
    ],
  ])('%s', (_, spec, expected) => expect(policyOf(ca + policy(spec))).toMatchObject(expected));
  it('for a port that does not exist is nothing', () => {
    expect(
      policyOf(
        policy(
          'targetRefs: [{group: "", kind: Service, name: web, sectionName: other}], validation: {hostname: h, wellKnownCACertificates: System}',
        ),
      ),
    ).toBeUndefined();
  });
});
