/**
 * Why a field of a resource is not simulated: `ignored` because it changes no verdict, `unmodelled`
 * although it would. Codes, like the diagnostics' own: their sentences live in i18n.
 */
export const IGNORED_REASONS = [
  /** Written by controllers, never read as configuration. */
  'status',
  /** Written by the API server. */
  'server-written',
  /** Changes metrics, traces or logs that the simulator does not show. */
  'telemetry-only',
  /** Where and how the pod runs. */
  'scheduling',
  /** Volumes and images: the application is an echo here. */
  'container-runtime',
  /** Rollouts, restarts and replacements: the mesh is at rest while a call runs. */
  'rollout',
  /** Only matters under concurrent load; calls are judged one at a time. */
  'load-only',
  /** Which of several endpoints is taken: every possible outcome is given. */
  'endpoint-choice',
  /** Changes when something happens, not what. */
  'timing-only',
  /** Text for people. */
  'documentation',
  /** Neither istiod nor the proxy reads it. */
  'not-read-by-mesh',
  /** The API has it, this version of Istio does nothing with it. */
  'no-effect',
] as const;

export const UNMODELLED_REASONS = [
  /** A patch of the generated Envoy configuration. */
  'envoy-patch',
  /** Code that runs inside the proxy. */
  'extension-code',
  /** Ambient mode: ztunnel and waypoints. */
  'ambient',
  /** Other clusters and networks. */
  'multi-cluster',
  /** Workloads outside Kubernetes that register themselves. */
  'virtual-machine',
  /** Locality and zone preference between endpoints. */
  'locality',
  /** A rule of the Kubernetes network below the mesh. */
  'network-policy',
  /** An API whose configuration the simulator does not build yet. */
  'not-built',
  /** Depends on files inside the proxy's container. */
  'proxy-files',
  /** Asks a server that the simulator does not play. */
  'external-server',
  /** Traffic that is not captured by iptables REDIRECT. */
  'capture-mode',
] as const;

export type IgnoredReason = (typeof IGNORED_REASONS)[number];
export type UnmodelledReason = (typeof UNMODELLED_REASONS)[number];
