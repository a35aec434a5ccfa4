/**
 * Every kind that the simulator knows, keyed by `group/Kind` (`core/Pod`): Gateway exists in two
 * groups. A kind that is not here is reported and left out.
 */
import { authorizationPolicy } from './authorizationPolicy.ts';
import { backendTlsPolicy } from './backendTlsPolicy.ts';
import { certificateSigningRequest } from './certificateSigningRequest.ts';
import { certificate, certificateRequest, clusterIssuer, issuer } from './certManager.ts';
import { clusterRole } from './clusterRole.ts';
import { configMap } from './configMap.ts';
import { cronJob } from './cronJob.ts';
import { daemonSet } from './daemonSet.ts';
import { deployment } from './deployment.ts';
import { destinationRule } from './destinationRule.ts';
import { endpointSlice, endpoints } from './endpoints.ts';
import { envoyFilter } from './envoyFilter.ts';
import { gateway } from './gateway.ts';
import { gatewayClass, kubernetesGateway, referenceGrant } from './gatewayApi.ts';
import { grpcRoute, httpRoute, tcpRoute, tlsRoute } from './gatewayApiRoutes.ts';
import { ingress, ingressClass } from './ingress.ts';
import { istioOperator } from './istioOperator.ts';
import { job } from './job.ts';
import { namespace } from './namespace.ts';
import { networkPolicy } from './networkPolicy.ts';
import { peerAuthentication } from './peerAuthentication.ts';
import { pod } from './pod.ts';
import { proxyConfig } from './proxyConfig.ts';
import { replicaSet } from './replicaSet.ts';
import { requestAuthentication } from './requestAuthentication.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { serviceAccount } from './serviceAccount.ts';
import { serviceEntry } from './serviceEntry.ts';
import type { BodyOf, KindDefinition } from './shared/kindDefinition.ts';
import { sidecar } from './sidecar.ts';
import { statefulSet } from './statefulSet.ts';
import { telemetry } from './telemetry.ts';
import { virtualService } from './virtualService.ts';
import { trafficExtension, wasmPlugin } from './wasmPlugin.ts';
import { workloadEntry } from './workloadEntry.ts';
import { workloadGroup } from './workloadGroup.ts';

export const KINDS = {
  'core/Namespace': namespace,
  'core/Pod': pod,
  'core/Service': service,
  'core/ServiceAccount': serviceAccount,
  'core/Secret': secret,
  'core/ConfigMap': configMap,
  'core/Endpoints': endpoints,
  'discovery.k8s.io/EndpointSlice': endpointSlice,
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'networking.k8s.io/Ingress': ingress,
  'networking.k8s.io/IngressClass': ingressClass,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
  'security.istio.io/PeerAuthentication': peerAuthentication,
  'security.istio.io/RequestAuthentication': requestAuthentication,
  'security.istio.io/AuthorizationPolicy': authorizationPolicy,
  'networking.istio.io/DestinationRule': destinationRule,
  'networking.istio.io/VirtualService': virtualService,
  'networking.istio.io/Gateway': gateway,
  'networking.istio.io/ServiceEntry': serviceEntry,
  'networking.istio.io/WorkloadEntry': workloadEntry,
  'networking.istio.io/WorkloadGroup': workloadGroup,
  'networking.istio.io/Sidecar': sidecar,
  'networking.istio.io/ProxyConfig': proxyConfig,
  'networking.istio.io/EnvoyFilter': envoyFilter,
  'extensions.istio.io/WasmPlugin': wasmPlugin,
  'extensions.istio.io/TrafficExtension': trafficExtension,
  'telemetry.istio.io/Telemetry': telemetry,
  'gateway.networking.k8s.io/Gateway': kubernetesGateway,
  'gateway.networking.k8s.io/GatewayClass': gatewayClass,
  'gateway.networking.k8s.io/HTTPRoute': httpRoute,
  'gateway.networking.k8s.io/GRPCRoute': grpcRoute,
  'gateway.networking.k8s.io/TLSRoute': tlsRoute,
  'gateway.networking.k8s.io/TCPRoute': tcpRoute,
  'gateway.networking.k8s.io/ReferenceGrant': referenceGrant,
  'gateway.networking.k8s.io/BackendTLSPolicy': backendTlsPolicy,
  'install.istio.io/IstioOperator': istioOperator,
  'rbac.authorization.k8s.io/ClusterRole': clusterRole,
  'cert-manager.io/Issuer': issuer,
  'cert-manager.io/ClusterIssuer': clusterIssuer,
  'cert-manager.io/Certificate': certificate,
  'cert-manager.io/CertificateRequest': certificateRequest,
  'certificates.k8s.io/CertificateSigningRequest': certificateSigningRequest,
} as const;

export type KindKey = keyof typeof KINDS;
export type KindNameOf<K extends KindKey> = (typeof KINDS)[K]['kind'];
export type BodyOfKind<K extends KindKey> = BodyOf<(typeof KINDS)[K]>;

export type AnyKindDefinition = KindDefinition<string, string, unknown>;

/** `group` is '' for the core API. */
export function findKind(group: string, kind: string): AnyKindDefinition | undefined {
  const key = `${group === '' ? 'core' : group}/${kind}`;
  return Object.hasOwn(KINDS, key) ? KINDS[key as KindKey] : undefined;
}
