/**
 * What makes a whole proxy unknowable: resources that patch or extend it, ambient mode, and
 * settings of its own start-up that are not simulated. Narrower gaps are marked on the listener,
 * chain, route or cluster that they would change.
 */
import type { Mesh } from '../mesh/types.ts';
import type { CannotTell } from '../trace/trace.ts';
import { authzTaints } from './authz/index.ts';
import type { ProxyScope } from './scope/types.ts';

/** Start-up settings that change what Envoy does and are not built. */
const UNBUILT = [
  'customConfigFile',
  'proxyBootstrapTemplatePath',
  'runtimeValues',
  'connectionSettings',
  'privateKeyProvider',
  'caCertificatesPem',
] as const;

const UNBUILT_HEADERS = ['preserveHttp1HeaderCase', 'xForwardedHost', 'xForwardedPort'] as const;

/** Ports on which sidecars take captured traffic. */
const CAPTURE_PORTS = { proxyListenPort: 15001, proxyInboundListenPort: 15006 } as const;

export function proxyTaints({ mesh, workload }: ProxyScope): readonly CannotTell[] {
  const { proxyConfig } = workload;
  const field = (name: string): CannotTell => ({
    code: 'unmodelled-field',
    params: { field: `proxyConfig.${name}`, workload: workload.id },
  });
  return [
    ...mesh.taints
      .filter((taint) => taint.selects(workload))
      .map((taint): CannotTell => ({ code: taint.code, params: taint.params })),
    ...authzTaints(mesh, workload),
    ...UNBUILT.filter((name) => proxyConfig[name] !== undefined).map(field),
    ...UNBUILT_HEADERS.filter((name) => proxyConfig.proxyHeaders?.[name] !== undefined).map((name) =>
      field(`proxyHeaders.${name}`),
    ),
    ...otherCapturePorts(mesh.config),
    ...(workload.proxy === 'sidecar' && capturesOtherwise(proxyConfig.interceptionMode)
      ? [field('interceptionMode')]
      : []),
    ...(proxyConfig.gatewayTopology?.proxyProtocol !== undefined ? [field('gatewayTopology.proxyProtocol')] : []),
    ...(mesh.config.raw.serviceEntryVisibility === undefined
      ? []
      : [{ code: 'unmodelled-field' as const, params: { field: 'serviceEntryVisibility' } }]),
  ];
}

const otherCapturePorts = ({ raw }: Mesh['config']): readonly CannotTell[] =>
  (Object.keys(CAPTURE_PORTS) as (keyof typeof CAPTURE_PORTS)[])
    .filter((name) => raw[name] !== undefined && raw[name] !== CAPTURE_PORTS[name])
    .map((name) => ({ code: 'unmodelled-field', params: { field: name } }));

const capturesOtherwise = (mode: string | undefined): boolean => mode !== undefined && mode !== 'REDIRECT';
