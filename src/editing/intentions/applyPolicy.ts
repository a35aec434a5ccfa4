/**
 * A policy dropped onto what it applies to: mesh, namespace or workload. What already decides the
 * same thing there is changed (mTLS mode, a host's DestinationRule); else the least document of its
 * kind is written. Nothing is written twice.
 */
import { assertNever } from '../../base/assertNever.ts';
import { resourceId } from '../../base/ids.ts';
import type { Labels } from '../../mesh/labels.ts';
import { append, freeName, isWritten, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { refused } from './outcome.ts';
import { type PolicyPlace, placeOf } from './policyPlace.ts';
import { setClientTls } from './setClientTls.ts';
import { setMtlsMode } from './setPeerAuthentication.ts';

export function applyPolicy(drawing: Drawing, { policy, scope }: IntentionOf<'apply-policy'>): Drawn {
  if (policy.kind === 'PeerAuthentication') return setMtlsMode(drawing, scope, policy.mode);
  const place = placeOf(drawing, scope);
  if (!place.ok) return place;
  const labels = place.value.selected?.labels;
  const selector = labels === undefined ? {} : { selector: { matchLabels: labels } };
  switch (policy.kind) {
    case 'AuthorizationPolicy': {
      // One that has no rules allows nothing; a rule without conditions is every request.
      const spec = policy.preset === 'deny-all' ? { ...selector, action: 'DENY', rules: [{}] } : selector;
      return write(drawing, place.value, 'security.istio.io', 'AuthorizationPolicy', policy.preset, spec);
    }
    case 'RequestAuthentication': {
      const jwks = drawing.material.keySet(policy.issuer);
      const spec = { ...selector, jwtRules: [{ issuer: policy.issuer, jwks }] };
      return write(drawing, place.value, 'security.istio.io', 'RequestAuthentication', 'jwt', spec);
    }
    case 'DestinationRule':
      return setClientTls(drawing, place.value, policy.tls);
    case 'Sidecar': {
      // The proxies of a gateway are not limited by a Sidecar.
      if (place.value.selected?.workload.proxy === 'gateway') return refused('not-for-this-scope', { kind: 'Sidecar' });
      const hosts = ['./*', `${drawing.mesh.config.rootNamespace}/*`];
      const spec = { ...workloadSelector(labels), egress: [{ hosts }] };
      return write(drawing, place.value, 'networking.istio.io', 'Sidecar', 'default', spec);
    }
    default:
      return assertNever(policy);
  }
}

const workloadSelector = (labels: Labels | undefined) => (labels === undefined ? {} : { workloadSelector: { labels } });

function write(
  drawing: Drawing,
  { namespace, selected }: PolicyPlace,
  group: string,
  kind: string,
  usual: string,
  spec: Readonly<Record<string, unknown>>,
): Drawn {
  if (isWritten(drawing, kind, namespace, spec)) return refused('nothing-to-do');
  const wanted =
    selected === undefined
      ? usual
      : usual === 'default'
        ? selected.workload.name
        : `${selected.workload.name}-${usual}`;
  const name = freeName(wanted, takenIn(drawing, namespace, [kind]));
  return append(
    drawing,
    namespace,
    [{ apiVersion: `${group}/v1`, kind, metadata: { name, namespace }, spec }],
    resourceId(group, kind, namespace, name),
  );
}
