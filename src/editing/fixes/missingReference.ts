/**
 * A name of what is not there: that of something that is, spelled almost so or in another namespace;
 * or what is missing is written, where one text is clearly it (a subset, a credential to fill in).
 */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourceIdParts } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Drawing } from '../intentions/intention.ts';
import type { Fix } from './fix.ts';
import { containerPorts, portsOfRoute } from './missingPort.ts';
import { addSecret } from './missingSecret.ts';
import { addSubset } from './missingSubset.ts';
import { nearest, nearestFew } from './nearest.ts';
import { type Pointed, replacedBy } from './pointed.ts';

/** More are no help. */
const FEW = 3;

export function missingReferenceFixes(drawing: Drawing, pointed: Pointed, diagnostic: Diagnostic): Fix[] {
  const { origin, params } = diagnostic;
  if (origin === undefined) return [];
  const { namespace } = resourceIdParts(origin.resource);
  const value = String(params['value'] ?? '');
  const kind = String(params['kind'] ?? '');
  // Two forms of one name are not two candidates: the form that is written counts.
  const known = namesFor(drawing, kind, namespace, origin).filter((name) => /[./]/.test(name) === /[./]/.test(value));
  const renamed = (names: readonly (string | undefined)[]): Fix[] => names.flatMap((to) => replacedBy(pointed, to));
  switch (kind) {
    case 'host':
      return renamed([...new Set([...nearestFew(value, known, FEW), ...elsewhere(drawing, value)])].slice(0, FEW));
    case 'port':
      return known.slice(0, FEW).map((to) => numbered(pointed, to));
    case 'containerPort':
      return renamed([...new Set([...nearestFew(value, known, FEW), ...known])].slice(0, FEW));
    case 'subset':
      return [...renamed([nearest(value, known)]), ...addSubset(drawing, origin, value)];
    case 'Secret':
      return [...renamed([nearest(value, known)]), ...addSecret(drawing, origin, value)];
    default:
      return renamed([nearest(value, known)]);
  }
}

/** A number stays one: no quotes. */
function numbered({ range, word }: Pointed, to: string): Fix {
  const { file, start, end } = range;
  return { code: 'replace', params: { from: word, to }, edits: [{ file, start, end, text: to }] };
}

/** Services of that very name in other namespaces, by their whole names. */
function elsewhere({ mesh }: Drawing, value: string): readonly string[] {
  const [name] = value.split('.');
  return mesh.services
    .filter((service) => service.registry === 'kubernetes' && service.name === name)
    .map(({ hostname }) => hostname);
}

function namesFor({ mesh }: Drawing, kind: string, own: string, origin: Origin): string[] {
  const scoped = (found: readonly { readonly namespace: string; readonly name: string }[]): string[] =>
    found.flatMap(({ namespace, name }) => [...(namespace === own ? [name] : []), `${namespace}/${name}`]);
  switch (kind) {
    case 'host':
      return mesh.services.flatMap(({ registry, namespace, name, hostname }) =>
        registry === 'kubernetes' && namespace === own ? [name, hostname] : [hostname],
      );
    case 'port':
      return portsOfRoute(mesh, origin);
    case 'containerPort':
      return containerPorts(mesh, origin);
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
