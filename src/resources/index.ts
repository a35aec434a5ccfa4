/** Public surface of resources/: text to typed resources. */
export { parseEmbeddedConfig } from './embeddedConfig.ts';
export type {
  AuthorizationAction,
  AuthorizationCondition,
  AuthorizationOperation,
  AuthorizationPolicyBody,
  AuthorizationPolicySpec,
  AuthorizationRule,
  AuthorizationSource,
} from './kinds/authorizationPolicy.ts';
export type { BackendTlsPolicyBody } from './kinds/backendTlsPolicy.ts';
export type { CertificateSigningRequestBody } from './kinds/certificateSigningRequest.ts';
export type {
  CertificateBody,
  CertificateRequestBody,
  CertificateSpec,
  ClusterIssuerBody,
  IssuerBody,
  IssuerRef,
  IssuerSpec,
} from './kinds/certManager.ts';
export type { ConfigMapBody } from './kinds/configMap.ts';
export type { CronJobBody } from './kinds/cronJob.ts';
export type { DaemonSetBody } from './kinds/daemonSet.ts';
export type { DeploymentBody } from './kinds/deployment.ts';
export type { DestinationRuleBody, DestinationRuleSpec, Subset } from './kinds/destinationRule.ts';
export type { EndpointSliceBody, EndpointsBody } from './kinds/endpoints.ts';
export type { EnvoyConfigObjectPatch, EnvoyFilterBody, EnvoyFilterSpec } from './kinds/envoyFilter.ts';
export type { GatewayBody, GatewayPort, GatewayServer, GatewaySpec } from './kinds/gateway.ts';
export type {
  GatewayClassBody,
  GatewayListener,
  KubernetesGatewayBody,
  ReferenceGrantBody,
  SecretObjectReference,
} from './kinds/gatewayApi.ts';
export type {
  GrpcRouteBody,
  HttpBackendRef,
  HttpRouteBody,
  HttpRouteFilter,
  HttpRouteMatch,
  HttpRouteRule,
  ParentReference,
  TcpRouteBody,
  TlsRouteBody,
} from './kinds/gatewayApiRoutes.ts';
export type { IngressBody, IngressClassBody } from './kinds/ingress.ts';
export type { JobBody } from './kinds/job.ts';
export type { MeshConfig, MeshTlsConfig } from './kinds/meshConfig.ts';
export type {
  EnvoyExtAuthzGrpcProvider,
  EnvoyExtAuthzHttpProvider,
  ExtensionProvider,
} from './kinds/meshConfigProviders.ts';
export type { ForwardClientCertDetails, MeshProxyConfig, ProxyHeaders } from './kinds/meshConfigProxy.ts';
export type { NamespaceBody } from './kinds/namespace.ts';
export type { NetworkPolicyBody } from './kinds/networkPolicy.ts';
export type {
  MutualTls,
  MutualTlsMode,
  PeerAuthenticationBody,
  PeerAuthenticationSpec,
} from './kinds/peerAuthentication.ts';
export type { PodBody } from './kinds/pod.ts';
export type { ProxyConfigBody, ProxyConfigSpec } from './kinds/proxyConfig.ts';
export type { AnyKindDefinition, BodyOfKind, KindKey, KindNameOf } from './kinds/registry.ts';
export { findKind, KINDS } from './kinds/registry.ts';
export type { ReplicaSetBody } from './kinds/replicaSet.ts';
export type { JwtRule, RequestAuthenticationBody, RequestAuthenticationSpec } from './kinds/requestAuthentication.ts';
export type { SecretBody } from './kinds/secret.ts';
export type { ServiceBody, ServicePort, ServiceSpec } from './kinds/service.ts';
export type { ServiceAccountBody } from './kinds/serviceAccount.ts';
export type {
  ServiceEntryBody,
  ServiceEntryPort,
  ServiceEntryResolution,
  ServiceEntrySpec,
} from './kinds/serviceEntry.ts';
export type { HttpRetry } from './kinds/shared/httpRetry.ts';
export type {
  Container,
  ContainerPort,
  PodSpec,
  PodTemplate,
  TemplateMetadata,
  Volume,
} from './kinds/shared/podSpec.ts';
export type {
  LabelSelector,
  LabelsSelector,
  PolicyTargetReference,
  PortSelector,
  WorkloadSelector,
} from './kinds/shared/selector.ts';
export type { ServerTlsMode, ServerTlsSettings } from './kinds/shared/serverTls.ts';
export type {
  ClientTlsMode,
  ClientTlsSettings,
  ConnectionPoolSettings,
  LoadBalancerSettings,
  LocalityLbSetting,
  OutlierDetection,
  PortTrafficPolicy,
  TrafficPolicy,
} from './kinds/shared/trafficPolicy.ts';
export type { IstioEgressListener, IstioIngressListener, SidecarBody, SidecarSpec } from './kinds/sidecar.ts';
export type { StatefulSetBody } from './kinds/statefulSet.ts';
export type { TelemetryBody, TelemetrySpec } from './kinds/telemetry.ts';
export type {
  CorsPolicy,
  Destination,
  HeaderOperations,
  Headers,
  HttpDirectResponse,
  HttpFaultInjection,
  HttpMatchRequest,
  HttpMirrorPolicy,
  HttpRedirect,
  HttpRewrite,
  HttpRoute,
  HttpRouteDestination,
  L4MatchAttributes,
  RouteDestination,
  StringMatch,
  TcpRoute,
  TlsMatchAttributes,
  TlsRoute,
  VirtualServiceBody,
  VirtualServiceSpec,
} from './kinds/virtualService.ts';
export type {
  TrafficExtensionBody,
  TrafficExtensionSpec,
  WasmPluginBody,
  WasmPluginSpec,
} from './kinds/wasmPlugin.ts';
export type { WorkloadEntryBody, WorkloadEntrySpec } from './kinds/workloadEntry.ts';
export type { WorkloadGroupBody } from './kinds/workloadGroup.ts';
export type { FieldEntry } from './listFields.ts';
export { listFields } from './listFields.ts';
export type { ResourceOf } from './ofKind.ts';
export { isKind, kindKey, ofKind } from './ofKind.ts';
export type { ParseCache } from './parseWorkspace.ts';
export { createParseCache, parseWorkspace } from './parseWorkspace.ts';
export type { ParsedWorkspace, Resource, ResourceMeta, WebhookCause, WebhookFinding, WorkspaceFile } from './types.ts';
