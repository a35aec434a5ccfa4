/** A cert-manager issuer whose certificates sign themselves: the usual first one. */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceIfMissing, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

const GROUP = 'cert-manager.io';

export function addIssuer(drawing: Drawing, { name: wanted, namespace }: IntentionOf<'add-issuer'>): Drawn {
  const kind = namespace === undefined ? 'ClusterIssuer' : 'Issuer';
  const name = freeName(wanted, takenIn(drawing, namespace ?? '', [kind]));
  const inNamespace = namespace === undefined ? {} : { namespace };
  return append(
    drawing,
    namespace,
    [
      ...(namespace === undefined ? [] : namespaceIfMissing(drawing, namespace, true)),
      { apiVersion: `${GROUP}/v1`, kind, metadata: { name, ...inNamespace }, spec: { selfSigned: {} } },
    ],
    resourceId(GROUP, kind, namespace ?? '', name),
  );
}
