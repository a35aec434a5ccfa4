/**
 * Gateway API routes -> VirtualServices: one for each listener (or Service, for routes in the mesh)
 * and host; those of several HTTPRoutes and GRPCRoutes for one listener and host are joined.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/route_collections.go.
 */
import { compareText, resourcesOf } from '../../../mesh/resourceIndex.ts';
import type { Mesh } from '../../../mesh/types.ts';
import type { VirtualServiceSpec } from '../../../resources/kinds/virtualService.ts';
import type { Resource } from '../../../resources/types.ts';
import { hostsOverlap } from '../../routes/hostnames.ts';
import type { RuleOrigins, VirtualServiceInForce } from '../../routes/virtualServiceInForce.ts';
import { type Attachment, attachments } from './attachment.ts';
import type { BackendContext } from './backendRefs.ts';
import { convertL4Rules, hostsWithin, type L4Route } from './l4Rules.ts';
import { type ConvertedListener, convertListeners } from './listeners.ts';
import { type ConvertedRule, convertRules, type HttpLikeRoute, inPrecedence } from './routeRules.ts';

export function gatewayApiVirtualServices(mesh: Mesh): VirtualServiceInForce[] {
  const l4: readonly L4Route[] = [
    ...resourcesOf(mesh, 'gateway.networking.k8s.io/TCPRoute'),
    ...resourcesOf(mesh, 'gateway.networking.k8s.io/TLSRoute'),
  ];
  const http: readonly HttpLikeRoute[] = [
    ...resourcesOf(mesh, 'gateway.networking.k8s.io/HTTPRoute'),
    ...resourcesOf(mesh, 'gateway.networking.k8s.io/GRPCRoute'),
  ];
  if (l4.length === 0 && http.length === 0) return [];
  const listeners = convertListeners(mesh);
  return [
    ...l4.flatMap((route) => l4VirtualServices(route, listeners, mesh)),
    ...httpVirtualServices(http, listeners, mesh),
  ];
}

const contextOf = (mesh: Mesh, route: HttpLikeRoute | L4Route, attachment: Attachment): BackendContext => ({
  mesh,
  routeKind: route.kind,
  namespace: route.namespace,
  needsGrant: attachment.kind === 'gateway',
});

const headOf = (route: HttpLikeRoute | L4Route) => {
  const spec = route.body.spec;
  return {
    kind: route.kind,
    namespace: route.namespace,
    parentRefs: spec?.parentRefs ?? [],
    hostnames: spec && 'hostnames' in spec ? (spec.hostnames ?? []) : [],
  };
};

/** Rules for one listener and host, of one route. */
interface HostPart {
  readonly key: string;
  readonly route: HttpLikeRoute;
  readonly gateway: string;
  readonly host: string;
  readonly rules: readonly ConvertedRule[];
}

function httpVirtualServices(
  routes: readonly HttpLikeRoute[],
  listeners: readonly ConvertedListener[],
  mesh: Mesh,
): VirtualServiceInForce[] {
  const parts = new Map<string, HostPart[]>();
  for (const route of routes) {
    const head = headOf(route);
    for (const attachment of attachments(head, listeners, mesh)) {
      const rules = convertRules(route, contextOf(mesh, route, attachment));
      if (!rules?.length) continue;
      const hosts = attachment.kind === 'mesh' ? attachment.hosts : head.hostnames.length > 0 ? head.hostnames : ['*'];
      for (const host of hosts) {
        if (attachment.kind === 'gateway' && !attachment.mayServe(host)) continue;
        const port = attachment.kind === 'mesh' ? attachment.port : undefined;
        const scope =
          attachment.kind === 'mesh'
            ? `${route.namespace}${port === undefined ? '' : `/${port}`}`
            : attachment.internalName;
        const key = `${scope}/${host}`;
        const part: HostPart = {
          key,
          route,
          gateway: attachment.internalName,
          host,
          rules: port === undefined ? rules : rules.map((rule) => onPort(rule, port)),
        };
        parts.set(key, [...(parts.get(key) ?? []), part]);
      }
    }
  }
  return [...parts.values()].flatMap((list) => joined(list, mesh));
}

function onPort({ rule, origins }: ConvertedRule, port: number): ConvertedRule {
  const match = rule.match?.length ? rule.match.map((entry) => ({ ...entry, port })) : [{ port }];
  return { rule: { ...rule, match }, origins: rule.match?.length ? origins : { ...origins, matches: [origins.rule] } };
}

/** Oldest route first; then the API's order over all rules. */
function joined(parts: readonly HostPart[], mesh: Mesh): VirtualServiceInForce[] {
  const sorted = [...parts].sort(
    (a, b) =>
      mesh.createdAt(a.route) - mesh.createdAt(b.route) ||
      compareText(a.route.namespace, b.route.namespace) ||
      compareText(a.route.name, b.route.name),
  );
  const [first] = sorted;
  if (!first) return [];
  const rules = inPrecedence(sorted.flatMap((part) => inPrecedence(part.rules)));
  return [
    virtualService(
      mesh,
      first.route,
      first.key.replaceAll('/', '~'),
      { hosts: [first.host], gateways: [first.gateway], http: rules.map(({ rule }) => rule) },
      { http: rules.map(({ origins }) => origins) },
    ),
  ];
}

function l4VirtualServices(
  route: L4Route,
  listeners: readonly ConvertedListener[],
  mesh: Mesh,
): VirtualServiceInForce[] {
  const head = headOf(route);
  const tls = route.kind === 'TLSRoute';
  const routeHosts = head.hostnames.length > 0 ? head.hostnames : ['*'];
  const result: VirtualServiceInForce[] = [];
  for (const attachment of attachments(head, listeners, mesh)) {
    const rules = convertL4Rules(route, contextOf(mesh, route, attachment)) ?? [];
    const onMesh = attachment.kind === 'mesh';
    const listenerHost = attachment.kind === 'gateway' ? attachment.hostname : '';
    const hosts = onMesh ? attachment.hosts : tls ? hostsWithin(routeHosts, listenerHost) : ['*'];
    const port = onMesh && attachment.port !== undefined ? { port: attachment.port } : {};
    const allSni = onMesh && head.hostnames.length === 0 ? hosts : hostsWithin(routeHosts, listenerHost);
    for (const host of hosts) {
      const sniHosts = onMesh && allSni.length > 1 ? allSni.filter((sni) => hostsOverlap(host, sni)) : allSni;
      const kept = tls && sniHosts.length === 0 && listenerHost !== '' ? [] : rules;
      const spec: VirtualServiceSpec = {
        hosts: [host],
        gateways: [attachment.internalName],
        ...(tls
          ? { tls: kept.map(({ destinations }) => ({ match: [{ sniHosts, ...port }], route: destinations })) }
          : {
              tcp: kept.map(({ destinations }) => ({
                ...(Object.keys(port).length > 0 ? { match: [port] } : {}),
                route: destinations,
              })),
            }),
      };
      const name = `${route.name}~${tls ? 'tls' : 'tcp'}~${result.length}~istio-autogenerated-k8s-gateway`;
      const origins = kept.map((rule) => rule.origins);
      result.push(virtualService(mesh, route, name, spec, tls ? { tls: origins } : { tcp: origins }));
    }
  }
  return result;
}

/** Findings about the VirtualService lead to the route that it was made of. */
function virtualService(
  mesh: Mesh,
  route: Resource,
  name: string,
  spec: VirtualServiceSpec,
  origins: { readonly [K in 'http' | 'tls' | 'tcp']?: readonly RuleOrigins[] },
): VirtualServiceInForce {
  return {
    id: route.id,
    group: 'networking.istio.io',
    version: 'v1',
    kind: 'VirtualService',
    name,
    namespace: route.namespace,
    labels: {},
    annotations: {},
    ...(route.creationTimestamp === undefined ? {} : { creationTimestamp: route.creationTimestamp }),
    order: route.order,
    body: { spec },
    semantics: 'gateway-api',
    createdAt: mesh.createdAt(route),
    exportedTo: ['*'],
    httpOrigins: origins.http ?? [],
    tlsOrigins: origins.tls ?? [],
    tcpOrigins: origins.tcp ?? [],
  };
}
