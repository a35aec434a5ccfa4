/**
 * Kinds of which only the oldest of a namespace counts. Where a document does not say how old it
 * is, its place in the text decides, which a real cluster may see otherwise: worth a word.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { KindKey } from '../resources/kinds/registry.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import type { Resource } from '../resources/types.ts';
import { groupBy } from './groupBy.ts';
import { isEmptySelector } from './labels.ts';
import { resourcesOf } from './resourceIndex.ts';
import type { Mesh } from './types.ts';

export function ageDiagnostics(mesh: Pick<Mesh, 'resources'>): readonly Diagnostic[] {
  return [
    ...decidedByAge(mesh, 'security.istio.io/PeerAuthentication', ({ body }) =>
      isEmptySelector(body.spec?.selector?.matchLabels),
    ),
    ...decidedByAge(mesh, 'networking.istio.io/Sidecar', ({ body }) => body.spec?.workloadSelector === undefined),
    ...decidedByAge(mesh, 'networking.istio.io/ProxyConfig', ({ body }) =>
      isEmptySelector(body.spec?.selector?.matchLabels),
    ),
  ];
}

function decidedByAge<K extends KindKey>(
  mesh: Pick<Mesh, 'resources'>,
  key: K,
  isGeneral: (resource: ResourceOf<K>) => boolean,
): readonly Diagnostic[] {
  const general = resourcesOf(mesh, key).filter(isGeneral);
  return [...groupBy<Resource, string>(general, ({ namespace }) => namespace).values()].flatMap(([winner, ...losers]) =>
    losers.flatMap((loser): Diagnostic[] => {
      if (winner === undefined || (isDated(winner) && isDated(loser))) return [];
      return [
        {
          code: 'age-decides',
          severity: 'warning',
          params: { kind: loser.kind, winner: nameOf(winner), loser: nameOf(loser) },
          origin: { resource: loser.id, path: [] },
        },
      ];
    }),
  );
}

const isDated = ({ creationTimestamp }: Resource): boolean => creationTimestamp !== undefined;
const nameOf = ({ namespace, name }: Resource): string => `${namespace}/${name}`;
