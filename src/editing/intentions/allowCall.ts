/**
 * An AuthorizationPolicy that lets one workload call another and no more: the caller's own
 * principal, the ports that the target's application listens on. It also closes the target to
 * everybody whom no other ALLOW policy names; whoever asks for it should be told.
 */
import { resourceId } from '../../base/ids.ts';
import { isEmptySelector } from '../../mesh/labels.ts';
import { append, freeName, isWritten, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { refused } from './outcome.ts';
import { selectorOf } from './selectorOf.ts';

const KIND = 'AuthorizationPolicy';
const GROUP = 'security.istio.io';

export function allowCall(drawing: Drawing, intention: IntentionOf<'allow-call'>): Drawn {
  const { workloads } = drawing.mesh;
  const caller = workloads.get(intention.caller);
  const target = workloads.get(intention.target);
  if (caller === undefined || target === undefined) return refused('not-there');
  // Principals come from mutual TLS: without a proxy at both ends there is none to allow.
  if (caller.proxy === 'none' || target.proxy === 'none') return refused('no-identity');
  const labels = selectorOf(drawing, target);
  if (isEmptySelector(labels)) return refused('no-labels', { workload: target.id });

  const { namespace } = target;
  const name = freeName(`${target.name}-allow-${caller.name}`, takenIn(drawing, namespace, [KIND]));
  const ports = target.applications.map(({ port }) => String(port));
  const spec = {
    selector: { matchLabels: labels },
    action: 'ALLOW',
    rules: [
      {
        from: [{ source: { principals: [principalOf(caller.spiffeId)] } }],
        ...(ports.length === 0 ? {} : { to: [{ operation: { ports } }] }),
      },
    ],
  };
  if (isWritten(drawing, KIND, namespace, spec)) return refused('nothing-to-do');
  return append(
    drawing,
    namespace,
    [{ apiVersion: `${GROUP}/v1`, kind: KIND, metadata: { name, namespace }, spec }],
    resourceId(GROUP, KIND, namespace, name),
  );
}

/** Policies spell a SPIFFE ID without its scheme. */
const principalOf = (spiffeId: string): string => spiffeId.replace(/^spiffe:\/\//, '');
