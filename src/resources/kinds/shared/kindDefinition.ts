/**
 * What a kind is: its group, served versions, scope and body schema. `body` describes what stands
 * beside apiVersion, kind and metadata.
 */

import type { UnmodelledReason } from '../../../base/diagnostics/fieldReasons.ts';
import { any, type Infer, ignored, object, type Schema } from '../../schema/schema.ts';

export interface KindDefinition<Group extends string, Kind extends string, Body> {
  readonly group: Group;
  readonly kind: Kind;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly clusterScoped: boolean;
  readonly body: Schema<Body>;
  /** How the control plane decodes it: istio.io kinds go through protobuf JSON. */
  readonly decoder: 'protobuf' | 'kubernetes';
  /** The whole kind is recognised by name only: it taints what it applies to. */
  readonly unmodelled?: UnmodelledReason;
  /** It may do without a name, and is known by these. */
  readonly unnamed?: { readonly name: string; readonly namespace: string };
}

interface IstioKindOptions<G extends string, K extends string, S> {
  readonly group: G;
  readonly kind: K;
  readonly versions: readonly string[];
  readonly spec: Schema<S>;
  readonly unmodelled?: UnmodelledReason;
}

/** A kind of istio.io: namespaced, `spec` and a `status` that controllers write. */
export function istioKind<const G extends string, const K extends string, S>(
  options: IstioKindOptions<G, K, S>,
): KindDefinition<G, K, { readonly spec?: S }> {
  const { spec, ...rest } = options;
  return {
    ...rest,
    clusterScoped: false,
    decoder: 'protobuf',
    body: object({ spec, status: ignored('status', any) }) as Schema<{ readonly spec?: S }>,
  };
}

interface KubernetesKindOptions<G extends string, K extends string, B> {
  readonly group: G;
  readonly kind: K;
  readonly versions: readonly string[];
  readonly clusterScoped?: boolean;
  readonly body: Schema<B>;
  readonly unmodelled?: UnmodelledReason;
  readonly unnamed?: { readonly name: string; readonly namespace: string };
}

export function kubernetesKind<const G extends string, const K extends string, B>(
  options: KubernetesKindOptions<G, K, B>,
): KindDefinition<G, K, B> {
  return { clusterScoped: false, decoder: 'kubernetes', ...options };
}

export type BodyOf<D> = D extends { readonly body: infer S } ? Infer<S> : never;
