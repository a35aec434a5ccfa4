/**
 * A VirtualService as istiod works with it: short names and gateway names resolved, delegates
 * merged in. It is still a VirtualService in the API's shape, plus where each rule came from,
 * since after a merge (or a conversion from the Gateway API) rules no longer stand at their index.
 */
import type { Origin } from '../../base/origin.ts';
import type { VirtualServiceBody, VirtualServiceSpec } from '../../resources/kinds/virtualService.ts';
import type { Resource } from '../../resources/types.ts';

export type VirtualServiceInForce = Resource<'VirtualService', VirtualServiceBody> & {
  /**
   * `istio`: written as such. `gateway-api`: made from a Gateway API route; path prefixes match by
   * segment, a missing cluster answers 500, mesh routes bind to Services only. `ingress`: made from
   * an Ingress; path prefixes match by segment.
   */
  readonly semantics: 'istio' | 'gateway-api' | 'ingress';
  /** Age by which istiod orders it: the document's, or that of what it was made of. */
  readonly createdAt: number;
  /** `.` replaced by the namespace, defaults applied. */
  readonly exportedTo: readonly string[];
  /** One entry for each of spec.http, spec.tls, spec.tcp. */
  readonly httpOrigins: readonly RuleOrigins[];
  readonly tlsOrigins: readonly RuleOrigins[];
  readonly tcpOrigins: readonly RuleOrigins[];
};

export interface RuleOrigins {
  /** Most decisive first: the delegate's rule, then the root's. */
  readonly rule: readonly Origin[];
  /** One entry for each of the rule's `match`. */
  readonly matches: readonly (readonly Origin[])[];
  /** Something in the rule is not modelled: the field. */
  readonly unmodelled?: { readonly field: string; readonly reason: string };
}

export const specOf = (virtualService: VirtualServiceInForce): VirtualServiceSpec => virtualService.body.spec ?? {};

/** The origins of rules that stand where they were written. */
export function originsAsWritten(
  resource: Resource,
  field: 'http' | 'tls' | 'tcp',
  rules: readonly { readonly match?: readonly unknown[] }[] | undefined,
): RuleOrigins[] {
  return (rules ?? []).map((rule, index) => ({
    rule: [{ resource: resource.id, path: ['spec', field, index] }],
    matches: (rule.match ?? []).map((_, match) => [
      { resource: resource.id, path: ['spec', field, index, 'match', match] },
    ]),
  }));
}
