/** A short name where the webhook wants a whole one: that of the Service it would mean here. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourceIdParts } from '../../base/ids.ts';
import type { Drawing } from '../intentions/intention.ts';
import type { Fix } from './fix.ts';
import { type Pointed, replacedBy } from './pointed.ts';

export function shortHostFix({ parsed, mesh }: Drawing, pointed: Pointed, { origin, params }: Diagnostic): Fix[] {
  if (origin === undefined || !String(params['message'] ?? '').includes('short names (non FQDN) are not allowed'))
    return [];
  const { namespace: own } = resourceIdParts(origin.resource);
  const slash = pointed.word.indexOf('/');
  const scope = pointed.word.slice(0, slash + 1);
  const name = pointed.word.slice(slash + 1);
  const namespace = scope === '' || scope === './' || scope === '*/' ? own : scope.slice(0, -1);
  const isService = parsed.resources.some(
    (found) => found.kind === 'Service' && found.namespace === namespace && found.name === name,
  );
  return isService ? replacedBy(pointed, `${scope}${name}.${namespace}.svc.${mesh.config.domainSuffix}`) : [];
}
