/**
 * The validation webhook of istiod for one object: what it refuses and what it warns of, in its
 * own words. It sees one object at a time; nothing here looks at others.
 */
import type { PlacelessResource } from '../interpretObject.ts';
import type { BodyOfKind, KindKey } from '../kinds/registry.ts';
import { validateAuthorizationPolicy } from './authorizationPolicy.ts';
import { validateDestinationRule } from './destinationRule.ts';
import { validateEnvoyFilter } from './envoyFilter.ts';
import { all, type Findings, hasErrors, NOTHING } from './faults.ts';
import { validateGateway } from './gateway.ts';
import { validateMetadata } from './metadata.ts';
import { validatePeerAuthentication } from './peerAuthentication.ts';
import { validateProxyConfig } from './proxyConfig.ts';
import { validateRequestAuthentication } from './requestAuthentication.ts';
import { validateServiceEntry } from './serviceEntry.ts';
import { validateSidecar } from './sidecar.ts';
import { validateTelemetry } from './telemetry.ts';
import { validateVirtualService } from './virtualService.ts';
import { validateTrafficExtension, validateWasmPlugin } from './wasmPlugin.ts';
import { validateWorkloadEntry } from './workloadEntry.ts';
import { validateWorkloadGroup } from './workloadGroup.ts';

/** Kinds whose body is `{ spec?: ... }`. */
type SpecOf<K extends KindKey> = BodyOfKind<K> extends { readonly spec?: infer S } ? NonNullable<S> : never;

type Validators = { readonly [K in KindKey]?: (spec: SpecOf<K>, resource: PlacelessResource) => Findings };

const VALIDATORS: Validators = {
  'security.istio.io/PeerAuthentication': validatePeerAuthentication,
  'security.istio.io/RequestAuthentication': validateRequestAuthentication,
  'security.istio.io/AuthorizationPolicy': validateAuthorizationPolicy,
  'networking.istio.io/DestinationRule': validateDestinationRule,
  'networking.istio.io/VirtualService': validateVirtualService,
  'networking.istio.io/Gateway': validateGateway,
  'networking.istio.io/ServiceEntry': validateServiceEntry,
  'networking.istio.io/WorkloadEntry': (spec) => validateWorkloadEntry(['spec'], spec, { allowsNames: true }),
  'networking.istio.io/WorkloadGroup': validateWorkloadGroup,
  'networking.istio.io/Sidecar': validateSidecar,
  'networking.istio.io/ProxyConfig': validateProxyConfig,
  'networking.istio.io/EnvoyFilter': validateEnvoyFilter,
  'extensions.istio.io/WasmPlugin': validateWasmPlugin,
  'extensions.istio.io/TrafficExtension': validateTrafficExtension,
  'telemetry.istio.io/Telemetry': validateTelemetry,
};

export function validateObject(resource: PlacelessResource): Findings {
  const key = `${resource.group}/${resource.kind}`;
  if (!Object.hasOwn(VALIDATORS, key)) return NOTHING;
  const metadata = validateMetadata(resource);
  if (hasErrors(metadata)) return metadata;
  // The table's keys tie each validator to its kind; the body has been decoded by that kind's schema.
  const validate = VALIDATORS[key as KindKey] as (spec: unknown, resource: PlacelessResource) => Findings;
  const { spec = {} } = resource.body as { readonly spec?: unknown };
  return all(validate(spec, resource));
}
