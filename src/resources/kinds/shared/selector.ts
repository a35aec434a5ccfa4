/** Selectors and references that several Istio kinds share (istio.type.v1beta1 and networking). */
import { type Infer, list, map, object, string, uint32 } from '../../schema/schema.ts';

/** `istio.type.v1beta1.WorkloadSelector`. */
export const workloadSelector = object({ matchLabels: map(string) });
export type WorkloadSelector = Infer<typeof workloadSelector>;

/** The older form of Sidecar, ServiceEntry and EnvoyFilter. */
export const labelsSelector = object({ labels: map(string) });
export type LabelsSelector = Infer<typeof labelsSelector>;

export const policyTargetReference = object({ group: string, kind: string, name: string, namespace: string });
export type PolicyTargetReference = Infer<typeof policyTargetReference>;

export const portSelector = object({ number: uint32 });
export type PortSelector = Infer<typeof portSelector>;

/** Kubernetes' own label selector. */
export const labelSelector = object({
  matchLabels: map(string),
  matchExpressions: list(object({ key: string, operator: string, values: list(string) })),
});
export type LabelSelector = Infer<typeof labelSelector>;
