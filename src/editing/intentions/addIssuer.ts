/** A cert-manager ClusterIssuer whose certificates sign themselves: the usual first one. */
import { resourceId } from '../../base/ids.ts';
import { append, freeName } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addIssuer(drawing: Drawing, { name: wanted }: IntentionOf<'add-issuer'>): Drawn {
  const { resources } = drawing.parsed;
  const name = freeName(wanted, (taken) =>
    resources.some((found) => found.kind === 'ClusterIssuer' && found.name === taken),
  );
  return append(
    drawing,
    undefined,
    [{ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name }, spec: { selfSigned: {} } }],
    resourceId('cert-manager.io', 'ClusterIssuer', '', name),
  );
}
