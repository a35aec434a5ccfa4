/**
 * The Sidecar resource that governs a workload: of its namespace, those with a matching selector
 * first (oldest first), then those without one; else the root namespace's without selector. They
 * are never merged, and gateways ignore them (push_context.go doGetSidecarScope).
 */
import { selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { SidecarResource } from './types.ts';

export function sidecarOf(mesh: Mesh, workload: Workload): SidecarResource | undefined {
  if (workload.proxy !== 'sidecar') return undefined;
  const sidecars = resourcesOf(mesh, 'networking.istio.io/Sidecar');
  const own = sidecars.filter((sidecar) => sidecar.namespace === workload.namespace);
  return (
    own.find((sidecar) => hasSelector(sidecar) && selects(selectorOf(sidecar), workload.labels)) ??
    own.find((sidecar) => !hasSelector(sidecar)) ??
    sidecars.find((sidecar) => sidecar.namespace === mesh.config.rootNamespace && !hasSelector(sidecar))
  );
}

const selectorOf = (sidecar: SidecarResource) => sidecar.body.spec?.workloadSelector?.labels;

/** A selector without labels still counts as one: it goes before those without. */
const hasSelector = (sidecar: SidecarResource): boolean =>
  sidecar.body.spec?.workloadSelector !== undefined && sidecar.body.spec.workloadSelector !== null;

export const hasIngress = (sidecar: SidecarResource | undefined): boolean =>
  (sidecar?.body.spec?.ingress ?? []).length > 0;
