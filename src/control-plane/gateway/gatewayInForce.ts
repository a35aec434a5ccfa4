/**
 * Gateways as istiod works with them: classic Gateway resources, and one synthetic Gateway for
 * each listener of a Gateway API Gateway. Which of them a gateway proxy takes is decided here:
 * classic ones by the labels of the pod, Gateway API ones by the Service that they name.
 *
 * Upstream authority: istio pilot/pkg/model/push_context.go mergeGateways,
 * filterStrictGatewayMerging; pilot/pkg/model/gateway.go resolvePorts, sanitizeServerHostNamespace.
 */
import type { Origin } from '../../base/origin.ts';
import { selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, PortProtocol, ServiceTarget, Workload } from '../../mesh/types.ts';
import type { GatewayServer } from '../../resources/kinds/gateway.ts';
import type { ServerTlsSettings } from '../../resources/kinds/shared/serverTls.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { parseProtocol } from '../routes/protocols.ts';

export interface GatewayInForce {
  readonly namespace: string;
  readonly name: string;
  readonly servers: readonly ServerInForce[];
  readonly binding: GatewayBinding;
  readonly createdAt: number;
  readonly origin: Origin;
}

export type GatewayBinding =
  /** Absent selector: every gateway pod. */
  | { readonly kind: 'labels'; readonly selector: Readonly<Record<string, string>> | undefined }
  /** Host names of Services in one namespace; `managed`: istiod deploys the gateway itself. */
  | {
      readonly kind: 'service';
      readonly hostnames: readonly string[];
      readonly namespace: string;
      readonly managed: boolean;
    };

/** One entry of `servers`, its hosts with namespaces resolved. */
export interface ServerInForce {
  /** `namespace/name`, as VirtualServices bind to it. */
  readonly gateway: string;
  readonly gatewayName: string;
  readonly gatewayNamespace: string;
  readonly port: {
    readonly number: number;
    readonly name: string;
    readonly protocol: PortProtocol;
    /** As written: servers on one port whose spelling differs are kept apart. */
    readonly protocolText: string;
  };
  readonly bind: string;
  /** `host` (any namespace) or `namespace/host`. */
  readonly hosts: readonly string[];
  readonly tls?: ServerTlsSettings;
  readonly cannotTell?: CannotTell;
  readonly origin: Origin;
}

/** A gateway that applies to one proxy, with the Service ports through which its ports are read. */
export interface AppliedGateway {
  readonly gateway: GatewayInForce;
  readonly targets: readonly ServiceTarget[];
}

export function classicGateways(mesh: Mesh): GatewayInForce[] {
  return resourcesOf(mesh, 'networking.istio.io/Gateway').map((resource) => {
    const { namespace, name } = resource;
    return {
      namespace,
      name,
      servers: (resource.body.spec?.servers ?? []).map((server, index) =>
        serverInForce(server, namespace, name, { resource: resource.id, path: ['spec', 'servers', index] }),
      ),
      binding: { kind: 'labels', selector: resource.body.spec?.selector },
      createdAt: mesh.createdAt(resource),
      origin: { resource: resource.id, path: [] },
    };
  });
}

export function serverInForce(server: GatewayServer, namespace: string, name: string, origin: Origin): ServerInForce {
  return {
    gateway: `${namespace}/${name}`,
    gatewayName: name,
    gatewayNamespace: namespace,
    port: {
      number: server.port?.number ?? 0,
      name: server.port?.name ?? '',
      protocol: parseProtocol(server.port?.protocol),
      protocolText: server.port?.protocol ?? '',
    },
    bind: server.bind ?? '',
    hosts: resolveNamespaces(server.hosts ?? [], namespace),
    ...(server.tls ? { tls: server.tls } : {}),
    origin,
  };
}

/** `./h` is the gateway's namespace, a star in place of the namespace any; star for both replaces the whole list. */
export function resolveNamespaces(hosts: readonly string[], namespace: string): readonly string[] {
  let resolved = hosts;
  for (const [index, host] of hosts.entries()) {
    const [prefix, name] = host.split('/');
    if (name === undefined) continue;
    if (prefix === '*' && name === '*') {
      resolved = ['*'];
      continue;
    }
    const replacement = prefix === '.' ? `${namespace}/${name}` : prefix === '*' ? name : host;
    resolved = resolved.map((old, at) => (at === index ? replacement : old));
  }
  return resolved;
}

/** The gateways that a gateway pod takes, oldest first. */
export function gatewaysFor(workload: Workload, gateways: readonly GatewayInForce[], mesh: Mesh): AppliedGateway[] {
  const applied = gateways.flatMap((gateway): AppliedGateway[] => {
    const { binding } = gateway;
    if (binding.kind === 'labels') {
      return selects(binding.selector, workload.labels) ? [{ gateway, targets: translatable(workload, mesh) }] : [];
    }
    const targets = workload.serviceTargets.filter(
      ({ service }) =>
        binding.hostnames.includes(service) &&
        mesh.serviceByHostname.get(service)?.some(({ namespace }) => namespace === binding.namespace),
    );
    return targets.length > 0 ? [{ gateway, targets }] : [];
  });
  const managed = new Set(
    applied.flatMap(({ gateway }) =>
      gateway.binding.kind === 'service' && gateway.binding.managed ? [gateway.namespace] : [],
    ),
  );
  if (managed.size === 0) return applied;
  // A gateway that istiod deployed for a Gateway API Gateway takes no classic one of another namespace.
  return applied.filter(({ gateway }) => gateway.binding.kind === 'service' || managed.has(gateway.namespace));
}

const NO_TRANSLATION = 'experimental.istio.io/disable-gateway-port-translation';

const translatable = (workload: Workload, mesh: Mesh): readonly ServiceTarget[] =>
  workload.serviceTargets.filter(
    ({ service }) => !mesh.serviceByHostname.get(service)?.some(({ labels }) => labels[NO_TRANSLATION] !== undefined),
  );

/**
 * The ports that a server port really is: a classic Gateway takes the target port of the first
 * Service that has it, or the number itself; a Gateway API listener every target port of its
 * Services, or none.
 */
export function resolvePorts(port: number, { gateway, targets }: AppliedGateway): readonly number[] {
  const found = targets.filter(({ servicePort }) => servicePort.number === port).map(({ targetPort }) => targetPort);
  if (gateway.binding.kind === 'service') return [...new Set(found)];
  return [found[0] ?? port];
}
