/** istioctl x describe pod: the pod, its Services, the DestinationRule of each, and its mTLS mode. */
import { effectivePeerAuthentication } from '../../control-plane/policies.ts';
import type { CompiledMesh, MeshService, Workload } from '../../engine.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import type { IstioctlArgs } from './istioctl.ts';
import { podNamed } from './pods.ts';

const RULE = '--------------------\n';

export function describePod({ compiled }: ConsoleEnv, args: IstioctlArgs): ConsoleOutput {
  const [what, target] = args.words;
  if (what !== 'pod' && what !== 'po') {
    return failure(
      `Error: unknown resource type "${what ?? ''}"`,
      remark('unknown-command', { command: `istioctl x describe ${what ?? ''}`.trim(), known: 'pod' }),
    );
  }
  if (target === undefined) return failure('Error: expecting pod name');
  const workload = podNamed(compiled, target, args.namespace);
  if (workload === undefined) return failure(`Error: pods "${target}" not found`);
  return output({ stdout: described(compiled, workload, args.namespace) });
}

function described(compiled: CompiledMesh, workload: Workload, shown: string): string {
  const { mesh } = compiled;
  const { podName, namespace, proxy } = workload;
  const named = (name: string, home: string): string => (home === shown ? name : `${name}.${home}`);
  const services = mesh.services.filter(
    (service) =>
      service.registry === 'kubernetes' &&
      service.namespace === namespace &&
      service.endpoints.some((endpoint) => endpoint.workload === workload.id),
  );
  const ports = [
    ...workload.containerPorts.map(({ port }) => `${port}`),
    ...(proxy === 'none' ? [] : ['15090 (istio-proxy)']),
  ].join(', ');
  const lines = [
    `Pod: ${named(podName, namespace)}\n`,
    ...(proxy === 'none'
      ? [`WARNING: ${named(podName, namespace)} is not part of mesh; no Istio sidecar\n`]
      : ['   Pod Revision: default\n']),
    ports === '' ? '   Pod does not expose ports\n' : `   Pod Ports: ${ports}\n`,
    ...(services.length === 0
      ? [
          `Warning: No Kubernetes Services select pod ${named(podName, namespace)} (see https://istio.io/docs/setup/kubernetes/additional-setup/requirements/ )\n`,
        ]
      : []),
    RULE,
    ...services.map((service) => serviceText(service, named)),
    RULE,
    peerAuthentication(compiled, workload),
  ];
  return lines.join('');
}

function serviceText(service: MeshService, named: (name: string, namespace: string) => string): string {
  const ports = service.ports.map(({ name, number, targetPort, protocol }) => {
    const label = name === '' ? '' : `${name} `;
    return `   Port: ${label}${number}/${protocol === 'TCP' ? 'TCP' : protocol} targets pod port ${targetPort}\n`;
  });
  return `Service: ${named(service.name, service.namespace)}\n${ports.join('')}`;
}

function peerAuthentication({ mesh }: CompiledMesh, { namespace, labels }: Workload): string {
  const { base, considered } = effectivePeerAuthentication(mesh, namespace, labels);
  const applied = considered.filter(({ outcome }) => outcome !== 'younger' && outcome !== 'root-selector');
  const names = applied.toReversed().map(({ policy }) => `${policy.name}.${policy.namespace}`);
  return [
    'Effective PeerAuthentication:\n',
    `   Workload mTLS mode: ${base.mode}\n`,
    ...(names.length === 0 ? [] : ['Applied PeerAuthentication:\n', `   ${names.join(', ')}\n`]),
  ].join('');
}
