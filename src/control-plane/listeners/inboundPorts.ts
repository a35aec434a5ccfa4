/**
 * The ports for which a sidecar's inbound listener has chains of their own: the target ports of
 * Services that select the pod, or, with Sidecar.ingress, the ports listed there and no others
 * (listener_inbound.go buildInboundChainConfigs). Of two Services on one target port the older
 * decides the protocol.
 */
import type { Hostname } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { parseProtocol } from '../../mesh/portProtocol.ts';
import type { PortProtocol } from '../../mesh/types.ts';
import { hasIngress } from '../scope/sidecarSelection.ts';
import type { ProxyScope } from '../scope/types.ts';

export interface InboundPort {
  /** The pod's port. */
  readonly port: number;
  /** The Service's port; for Sidecar.ingress the same as `port`. */
  readonly servicePort: number;
  readonly protocol: PortProtocol;
  /** The Service whose target port it is, if any. */
  readonly service?: Hostname;
  /** Host of the Service, or `name.namespace` of the Sidecar. */
  readonly instanceHostname: string;
  /** Address in the listener's name. */
  readonly bind: string;
  readonly origins: readonly Origin[];
}

export const WILDCARD = '0.0.0.0';

/** Ports on which the proxy itself listens: 15001, 15006, health 15021, metrics 15090. */
export const RESERVED_PORTS: ReadonlySet<number> = new Set([15001, 15006, 15021, 15090]);

export function inboundPorts(scope: ProxyScope): readonly InboundPort[] {
  const all = hasIngress(scope.sidecar) ? ingressPorts(scope) : servicePorts(scope);
  const byPort = new Map<number, InboundPort>();
  for (const port of all) if (!byPort.has(port.port)) byPort.set(port.port, port);
  return [...byPort.values()].sort((a, b) => a.port - b.port);
}

function servicePorts({ workload }: ProxyScope): readonly InboundPort[] {
  return workload.serviceTargets
    .filter(({ targetPort }) => !RESERVED_PORTS.has(targetPort))
    .map(({ service, servicePort, targetPort, origin }) => ({
      port: targetPort,
      servicePort: servicePort.number,
      protocol: servicePort.protocol,
      service,
      instanceHostname: service,
      bind: WILDCARD,
      origins: [origin],
    }));
}

function ingressPorts({ sidecar, workload }: ProxyScope): readonly InboundPort[] {
  if (sidecar === undefined) return [];
  return (sidecar.body.spec?.ingress ?? []).map((ingress, index) => {
    const port = ingress.port?.number ?? 0;
    const target = workload.serviceTargets.find(({ targetPort }) => targetPort === port);
    return {
      port,
      servicePort: port,
      protocol: parseProtocol(ingress.port?.protocol),
      ...(target === undefined ? {} : { service: target.service }),
      instanceHostname: `${sidecar.name}.${workload.namespace}`,
      bind: ingress.bind || workload.ip,
      origins: [{ resource: sidecar.id, path: ['spec', 'ingress', index] }],
    };
  });
}

/** Whether chains of this port exist, so that traffic to it never reaches the passthrough chains. */
export function isDeclaredPort(scope: ProxyScope, port: number): boolean {
  if (hasIngress(scope.sidecar)) {
    return (scope.sidecar?.body.spec?.ingress ?? []).some((ingress) => ingress.port?.number === port);
  }
  return scope.workload.serviceTargets.some(({ targetPort }) => targetPort === port);
}
