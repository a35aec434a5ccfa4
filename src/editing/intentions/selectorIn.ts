/** The labels by which a resource picks out pods of its own namespace (in the root namespace: of any). */
import type { Labels } from '../../mesh/labels.ts';
import type { Resource } from '../../resources/types.ts';

export function selectorIn({ kind, group, body }: Resource): Labels | undefined {
  const { spec } = body as {
    readonly spec?: {
      readonly selector?: { readonly matchLabels?: Labels };
      readonly workloadSelector?: { readonly labels?: Labels; readonly matchLabels?: Labels };
    };
  };
  // A Gateway's selector picks proxies of any namespace; it belongs to whoever wrote it.
  if (!group.endsWith('istio.io') || kind === 'Gateway') return undefined;
  return spec?.selector?.matchLabels ?? spec?.workloadSelector?.labels ?? spec?.workloadSelector?.matchLabels;
}
