/**
 * All VirtualServices of a mesh as istiod works with them: short names resolved, and each rule
 * with `delegate` replaced by the delegate's rules. A delegate is a VirtualService without hosts.
 * A missing or hidden delegate drops that rule; a delegate's rule whose conditions are not within
 * the root's is dropped alone.
 *
 * Upstream authority: istio pilot/pkg/model/virtualservice_controller.go mergeVirtualServices,
 * pilot/pkg/model/virtualservice.go ResolveVirtualServiceShortnames, mergeHTTPRoute.
 */
import { rememberLast } from '../../base/remembered.ts';
import type { Mesh } from '../../mesh/types.ts';
import type {
  Destination,
  HttpMatchRequest,
  HttpRoute,
  VirtualServiceBody,
  VirtualServiceSpec,
} from '../../resources/kinds/virtualService.ts';
import type { Resource } from '../../resources/types.ts';
import { mergeMatches } from './delegateMatch.ts';
import { resolveGatewayName, resolveShortName } from './hostnames.ts';
import { originsAsWritten, type RuleOrigins, type VirtualServiceInForce } from './virtualServiceInForce.ts';

type VirtualService = Resource<'VirtualService', VirtualServiceBody>;

/** @param virtualServices As written, in istiod's order; the result keeps it. */
export function resolveVirtualServices(
  virtualServices: readonly VirtualService[],
  mesh: Pick<Mesh, 'config' | 'createdAt'>,
): VirtualServiceInForce[] {
  const delegates = new Map<string, VirtualServiceInForce>();
  const roots: VirtualServiceInForce[] = [];
  for (const virtualService of virtualServices) {
    const resolved = resolve(virtualService, mesh.config, mesh.createdAt(virtualService));
    if (virtualService.body.spec?.hosts?.length) roots.push(resolved);
    else delegates.set(`${virtualService.namespace}/${virtualService.name}`, resolved);
  }
  return roots.map((root) => withDelegates(root, delegates));
}

const resolve = rememberLast(
  (virtualService: VirtualService, config: Mesh['config'], createdAt: number): VirtualServiceInForce => {
    const { namespace } = virtualService;
    const spec = virtualService.body.spec ?? {};
    const exportTo = spec.exportTo?.length ? spec.exportTo : config.defaultVirtualServiceExportTo;
    return {
      ...virtualService,
      body: { ...virtualService.body, spec: resolveNames(spec, namespace) },
      semantics: 'istio',
      createdAt,
      exportedTo: exportTo.map((to) => (to === '.' ? namespace : to)),
      httpOrigins: originsAsWritten(virtualService, 'http', spec.http),
      tlsOrigins: originsAsWritten(virtualService, 'tls', spec.tls),
      tcpOrigins: originsAsWritten(virtualService, 'tcp', spec.tcp),
    };
  },
);

function resolveNames(spec: VirtualServiceSpec, namespace: string): VirtualServiceSpec {
  const destination = (to: Destination): Destination =>
    to.host === undefined ? to : { ...to, host: resolveShortName(to.host, namespace) };
  const target = <T extends { readonly destination?: Destination }>(to: T): T =>
    to.destination ? { ...to, destination: destination(to.destination) } : to;
  const match = <T extends { readonly gateways?: readonly string[] }>(entry: T): T =>
    entry.gateways ? { ...entry, gateways: entry.gateways.map((name) => resolveGatewayName(name, namespace)) } : entry;
  const rule = <
    R extends {
      readonly match?: readonly { readonly gateways?: readonly string[] }[];
      readonly route?: readonly { readonly destination?: Destination }[];
    },
  >(
    from: R,
  ): R => ({
    ...from,
    ...(from.match ? { match: from.match.map(match) } : {}),
    ...(from.route ? { route: from.route.map(target) } : {}),
  });
  return {
    ...spec,
    hosts: (spec.hosts ?? []).map((host) => resolveShortName(host, namespace)),
    gateways: (spec.gateways ?? []).map((name) => resolveGatewayName(name, namespace)),
    http: (spec.http ?? []).map((from) => ({
      ...rule(from),
      ...(from.mirror ? { mirror: destination(from.mirror) } : {}),
      ...(from.mirrors ? { mirrors: from.mirrors.map(target) } : {}),
    })),
    tls: (spec.tls ?? []).map(rule),
    tcp: (spec.tcp ?? []).map(rule),
  };
}

function withDelegates(
  root: VirtualServiceInForce,
  delegates: ReadonlyMap<string, VirtualServiceInForce>,
): VirtualServiceInForce {
  const rules = root.body.spec?.http ?? [];
  if (!rules.some((rule) => rule.delegate)) return root;
  const http: HttpRoute[] = [];
  const httpOrigins: RuleOrigins[] = [];
  for (const [index, rule] of rules.entries()) {
    const rootOrigins = root.httpOrigins[index] ?? { rule: [], matches: [] };
    if (rule.delegate === undefined) {
      http.push(rule);
      httpOrigins.push(rootOrigins);
      continue;
    }
    const delegate = delegates.get(`${rule.delegate.namespace || root.namespace}/${rule.delegate.name ?? ''}`);
    if (!delegate || !(delegate.exportedTo.includes('*') || delegate.exportedTo.includes(root.namespace))) continue;
    for (const [leafIndex, leaf] of (delegate.body.spec?.http ?? []).entries()) {
      const merged = mergeRule(rule, leaf);
      if (!merged) continue;
      const leafOrigins = delegate.httpOrigins[leafIndex] ?? { rule: [], matches: [] };
      http.push(merged.rule);
      httpOrigins.push({
        rule: [...leafOrigins.rule, ...rootOrigins.rule],
        matches: merged.pairs.map(({ leaf: leafMatch, root: rootMatch }) => [
          ...(leafOrigins.matches[leafMatch] ?? []),
          ...(rootOrigins.matches[rootMatch] ?? []),
        ]),
      });
    }
  }
  return { ...root, body: { ...root.body, spec: { ...root.body.spec, http } }, httpOrigins };
}

/** Fields that the leaf takes from the root when it has none of its own. */
const INHERITED: readonly (keyof HttpRoute)[] = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'corsPolicy',
  'mirrors',
  'headers',
];

function mergeRule(root: HttpRoute, leaf: HttpRoute) {
  const pairs = mergeMatches(root.match ?? [], leaf.match ?? []);
  if (pairs === undefined) return undefined;
  const inherited = Object.fromEntries(
    INHERITED.filter((field) => leaf[field] === undefined && root[field] !== undefined).map((field) => [
      field,
      root[field],
    ]),
  ) as Partial<HttpRoute>;
  const name = leaf.name ? (root.name ? `${root.name}-${leaf.name}` : leaf.name) : root.name;
  const match: HttpMatchRequest[] = pairs.map((pair) => pair.match);
  const rule: HttpRoute = { ...leaf, ...inherited, match, ...(name ? { name } : {}) };
  return { rule, pairs };
}
