/** A name of what is not there: that of something that is, spelled almost so. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourceIdParts } from '../../base/ids.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Drawing } from '../intentions/intention.ts';
import type { Fix } from './fix.ts';
import { nearest } from './nearest.ts';
import { type Pointed, replacedBy } from './pointed.ts';

export function missingReferenceFix(drawing: Drawing, pointed: Pointed, { origin, params }: Diagnostic): Fix[] {
  if (origin === undefined) return [];
  const { namespace } = resourceIdParts(origin.resource);
  const value = String(params['value'] ?? '');
  const known = namesFor(drawing, String(params['kind'] ?? ''), namespace);
  // Two forms of one name are not two candidates: the form that is written counts.
  return replacedBy(
    pointed,
    nearest(
      value,
      known.filter((name) => /[./]/.test(name) === /[./]/.test(value)),
    ),
  );
}

function namesFor({ mesh }: Drawing, kind: string, own: string): string[] {
  const scoped = (found: readonly { readonly namespace: string; readonly name: string }[]): string[] =>
    found.flatMap(({ namespace, name }) => [...(namespace === own ? [name] : []), `${namespace}/${name}`]);
  switch (kind) {
    case 'host':
      return mesh.services.flatMap(({ registry, namespace, name, hostname }) =>
        registry === 'kubernetes' && namespace === own ? [name, hostname] : [hostname],
      );
    case 'Gateway':
      return scoped(resourcesOf(mesh, 'networking.istio.io/Gateway'));
    case 'Secret':
      return [...new Set(resourcesOf(mesh, 'core/Secret').map(({ name }) => name))];
    case 'subset':
      return [
        ...new Set(
          resourcesOf(mesh, 'networking.istio.io/DestinationRule').flatMap(({ body }) =>
            (body.spec?.subsets ?? []).flatMap(({ name }) => name ?? []),
          ),
        ),
      ];
    case 'extensionProvider':
      return mesh.config.extensionProviders.map(({ name }) => name);
    default:
      return [];
  }
}
