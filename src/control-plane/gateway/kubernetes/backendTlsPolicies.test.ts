/** BackendTLSPolicies as the DestinationRules that istiod makes of them. */
import { describe, expect, it } from 'vitest';
import { certificatePem } from '../../../pki/certificate.ts';
import { meshOf } from '../../../testing/meshOf.ts';
import { workloadOf } from '../../../testing/scopeOf.ts';
import { TEST_CA } from '../../../testing/tlsParties.ts';
import { destinationRuleIndex } from '../../scope/destinationRules.ts';
import { effectiveTrafficPolicy } from '../../scope/trafficPolicy.ts';
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

  describe('beside a written DestinationRule', () => {
    const written = (trafficPolicy: string, name = 'd') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: shop}
spec: {host: web, trafficPolicy: {${trafficPolicy}}}
---
`;
    const CLIENT = `
apiVersion: v1
kind: Pod
metadata: {name: curl, namespace: shop, labels: {app: curl}}
spec: {containers: [{name: app, image: app}]}
---
`;
    const whole = policy(`${TARGET}, validation: {hostname: h, wellKnownCACertificates: System}`);
    const section = policy(
      'targetRefs: [{group: "", kind: Service, name: web, sectionName: http}], validation: {hostname: h, wellKnownCACertificates: System}',
    );
    it.each([
      ['its tls wins', whole + written('tls: {mode: DISABLE}'), { mode: 'DISABLE' }],
      ['what it leaves out stays', whole + written('loadBalancer: {simple: RANDOM}'), { sni: 'h' }],
      [
        'of one port, it leaves nothing to the rest',
        whole + written('portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]'),
        undefined,
      ],
      [
        'a port of both has the blocks of both',
        section + written('portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]'),
        { sni: 'h' },
      ],
      ['a port`s policy goes before the written top level', section + written('tls: {mode: DISABLE}'), { sni: 'h' }],
      [
        'the youngest written rule wins',
        whole + written('tls: {mode: DISABLE}') + written('tls: {mode: ISTIO_MUTUAL}', 'e'),
        { mode: 'ISTIO_MUTUAL' },
      ],
    ])('%s', (_, yaml, expected) => {
      const { mesh } = meshOf(WEB + CLIENT + yaml);
      const service = mesh.services.find(({ hostname }) => hostname.startsWith('web.'));
      const rule = service && destinationRuleIndex(mesh).lookup(service, workloadOf(mesh, 'shop/curl'));
      const tls = effectiveTrafficPolicy(rule, 80, undefined, undefined).tls?.value;
      if (expected === undefined) expect(tls).toBeUndefined();
      else expect(tls).toMatchObject(expected);
    });
    it('settings say where they were written', () => {
      const { mesh } = meshOf(WEB + CLIENT + whole + written('loadBalancer: {simple: RANDOM}'));
      const service = mesh.services.find(({ hostname }) => hostname.startsWith('web.'));
      const rule = service && destinationRuleIndex(mesh).lookup(service, workloadOf(mesh, 'shop/curl'));
      expect(effectiveTrafficPolicy(rule, 80, undefined, undefined).tls?.origin.path).toEqual(['spec', 'validation']);
    });
  });
});
