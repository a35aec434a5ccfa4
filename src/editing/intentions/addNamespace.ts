/** A namespace, with or without the label that has sidecars injected. */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceManifest } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addNamespace(drawing: Drawing, { name: wanted, injection }: IntentionOf<'add-namespace'>): Drawn {
  const { resources } = drawing.parsed;
  const name = freeName(wanted, (taken) =>
    resources.some((found) => found.namespace === taken || (found.kind === 'Namespace' && found.name === taken)),
  );
  return append(drawing, undefined, [namespaceManifest(name, injection)], resourceId('', 'Namespace', '', name));
}
