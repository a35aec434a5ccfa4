/**
 * Which DestinationRule a proxy uses for a service. Rules of one host and namespace are merged
 * first (pilot/pkg/model/destination_rule.go mergeDestinationRule); then the proxy's own namespace
 * is asked, the service's, the root's, and the first that has any rule for the host decides, even
 * with a wildcard over an exact host elsewhere (push_context.go setDestinationRules,
 * destinationRule; sidecar.go SidecarScope.DestinationRule).
 */

import { rememberLast, stableList } from '../../base/remembered.ts';
import { type Labels, sameLabels, selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, MeshService, Workload } from '../../mesh/types.ts';
import type { DestinationRuleSpec, Subset } from '../../resources/kinds/destinationRule.ts';
import { isBackendPolicyRule, synthesizedDestinationRules } from '../gateway/kubernetes/backendTlsPolicies.ts';
import { isWildcard, mostSpecificMatch, resolveShortName } from '../routes/hostnames.ts';
import type { DestinationRuleResource, EffectiveDestinationRule } from './types.ts';

/** Rules of one host that were folded into one. */
interface MergedRule {
  readonly host: string;
  readonly namespace: string;
  readonly exportTo: readonly string[];
  readonly selector: Labels | undefined;
  readonly from: readonly DestinationRuleResource[];
  readonly trafficPolicy: DestinationRuleSpec['trafficPolicy'];
  readonly trafficPolicyFrom: DestinationRuleResource | undefined;
  readonly subsets: readonly Subset[];
  readonly subsetFrom: EffectiveDestinationRule['subsetFrom'];
}

/** Merged rules by host, names and wildcards apart. */
interface RulesByHost {
  readonly exact: Map<string, MergedRule[]>;
  readonly wildcards: Map<string, MergedRule[]>;
}

export interface DestinationRuleIndex {
  readonly lookup: (service: MeshService, proxy: Workload) => EffectiveDestinationRule | undefined;
  /** For the proxy's own side: rules that select workloads do not count. */
  readonly lookupInbound: (service: MeshService, proxy: Workload) => EffectiveDestinationRule | undefined;
}

export const destinationRuleIndex = (mesh: Mesh): DestinationRuleIndex =>
  buildIndex(
    resourcesOf(mesh, 'networking.istio.io/DestinationRule'),
    stableList(synthesizedDestinationRules(mesh)),
    mesh.config,
  );

const buildIndex = rememberLast(indexOfRules);

function indexOfRules(
  written: readonly DestinationRuleResource[],
  synthesized: readonly DestinationRuleResource[],
  config: Mesh['config'],
): DestinationRuleIndex {
  const local = new Map<string, RulesByHost>();
  const exported = new Map<string, RulesByHost>();
  const rootPrivate: RulesByHost = emptyRules();
  const { rootNamespace, defaultDestinationRuleExportTo } = config;
  const privateByDefault = defaultDestinationRuleExportTo.includes('.');

  // Rules made of BackendTLSPolicies have no age: they come before all others.
  const rules = [...synthesized, ...written];
  for (const rule of selectorsFirst(rules)) {
    const { namespace } = rule;
    const exportTo = exportToOf(rule);
    const ownToo = exportTo.length === 0 || exportTo.some((to) => to === '*' || to === '.' || to === namespace);
    if (ownToo) fold(rulesOf(local, namespace), rule, exportTo);
    const only = exportTo.length === 1 ? exportTo[0] : undefined;
    const isPrivate = exportTo.length === 0 ? privateByDefault : only === '.' || only === namespace;
    if (!isPrivate) fold(rulesOf(exported, namespace), rule, exportTo);
    else if (namespace === rootNamespace) fold(rootPrivate, rule, exportTo);
  }

  // By client namespace and service: selectors are looked at afterwards.
  const memo = new Map<string, WeakMap<MeshService, readonly MergedRule[]>>();
  const candidates = (service: MeshService, client: string): readonly MergedRule[] => {
    const ofClient = memo.get(client) ?? new WeakMap<MeshService, readonly MergedRule[]>();
    memo.set(client, ofClient);
    const found = ofClient.get(service) ?? find(service, client);
    ofClient.set(service, found);
    return found;
  };
  const find = (service: MeshService, client: string): readonly MergedRule[] => {
    const own = client === rootNamespace ? rootPrivate : local.get(client);
    const nearest = match(own, service.hostname);
    if (nearest !== undefined) return nearest;
    for (const namespace of [service.namespace, rootNamespace]) {
      const rules = (match(exported.get(namespace), service.hostname) ?? []).filter(
        ({ exportTo }) => exportTo.length === 0 || exportTo.includes('*') || exportTo.includes(client),
      );
      if (rules.length > 0) return rules;
    }
    return [];
  };
  return {
    lookup: (service, proxy) => effective(choose(candidates(service, proxy.namespace), proxy)),
    lookupInbound: (service, proxy) =>
      effective(candidates(service, proxy.namespace).findLast((rule) => rule.selector === undefined)),
  };
}

const emptyRules = (): RulesByHost => ({ exact: new Map(), wildcards: new Map() });

function rulesOf(byNamespace: Map<string, RulesByHost>, namespace: string): RulesByHost {
  const known = byNamespace.get(namespace) ?? emptyRules();
  byNamespace.set(namespace, known);
  return known;
}

const match = (rules: RulesByHost | undefined, host: string): readonly MergedRule[] | undefined =>
  rules && mostSpecificMatch(host, rules.exact, rules.wildcards);

/** Rules with a workloadSelector come before those without; the order by age stays within each. */
const selectorsFirst = (rules: readonly DestinationRuleResource[]): readonly DestinationRuleResource[] => [
  ...rules.filter((rule) => selectorOf(rule) !== undefined),
  ...rules.filter((rule) => selectorOf(rule) === undefined),
];

const selectorOf = (rule: DestinationRuleResource): Labels | undefined => {
  const selector = rule.body.spec?.workloadSelector;
  return selector === undefined || selector === null ? undefined : (selector.matchLabels ?? {});
};

/** As written; a rule with a workloadSelector never leaves its namespace. */
const exportToOf = (rule: DestinationRuleResource): readonly string[] =>
  selectorOf(rule) === undefined ? [...new Set(rule.body.spec?.exportTo ?? [])] : ['.'];

function fold(rules: RulesByHost, rule: DestinationRuleResource, exportTo: readonly string[]): void {
  const host = resolveShortName(rule.body.spec?.host ?? '', rule.namespace);
  const byHost = isWildcard(host) ? rules.wildcards : rules.exact;
  const existing = byHost.get(host) ?? [];
  let standsAlone = true;
  const merged = existing.map((entry) => {
    if (sameSet(exportTo, entry.exportTo)) standsAlone = false;
    else {
      standsAlone = true;
      const widens = entry.exportTo.length > 0 && entry.exportTo.every((to) => exportTo.includes(to));
      if (!widens) return entry;
    }
    const selector = selectorOf(rule);
    const bothSelect = selector !== undefined && entry.selector !== undefined;
    if (bothSelect && !sameLabels(selector, entry.selector)) {
      standsAlone = true;
      return entry;
    }
    if (bothSelect || (selector === undefined && entry.selector === undefined)) standsAlone = false;
    return mergeInto(entry, rule);
  });
  if (standsAlone) merged.push(alone(host, rule, exportTo));
  byHost.set(host, merged);
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((entry) => b.includes(entry));

function alone(host: string, rule: DestinationRuleResource, exportTo: readonly string[]): MergedRule {
  const spec = rule.body.spec ?? {};
  return {
    host,
    namespace: rule.namespace,
    exportTo,
    selector: selectorOf(rule),
    from: [rule],
    trafficPolicy: spec.trafficPolicy,
    trafficPolicyFrom: spec.trafficPolicy === undefined ? undefined : rule,
    subsets: spec.subsets ?? [],
    subsetFrom: subsetOrigins(rule, new Map()),
  };
}

/**
 * Unseen subsets are added; the top-level policy is taken whole, and only where there was none. Over
 * what a backend policy says a written rule goes block by block, each one over those before it.
 */
function mergeInto(entry: MergedRule, rule: DestinationRuleResource): MergedRule {
  const spec = rule.body.spec ?? {};
  const known = new Set(entry.subsets.map((subset) => subset.name));
  const adopts = entry.trafficPolicy === undefined && spec.trafficPolicy !== undefined;
  const overBackendPolicy = entry.from[0] !== undefined && isBackendPolicyRule(entry.from[0]);
  return {
    ...entry,
    from: [...entry.from, rule],
    ...(adopts ? { trafficPolicy: spec.trafficPolicy, trafficPolicyFrom: rule } : {}),
    ...(overBackendPolicy && spec.trafficPolicy && entry.trafficPolicy
      ? { trafficPolicy: over(spec.trafficPolicy, entry.trafficPolicy), trafficPolicyFrom: rule }
      : {}),
    subsets: [...entry.subsets, ...(spec.subsets ?? []).filter((subset) => !known.has(subset.name))],
    subsetFrom: subsetOrigins(rule, entry.subsetFrom),
  };
}

type TrafficPolicy = NonNullable<DestinationRuleSpec['trafficPolicy']>;

function over(written: TrafficPolicy, below: TrafficPolicy): TrafficPolicy {
  const ports = written.portLevelSettings ?? [];
  const portsBelow = below.portLevelSettings ?? [];
  const belowOf = (port: number | undefined) => portsBelow.find((entry) => entry.port?.number === port);
  return {
    ...below,
    ...written,
    portLevelSettings: [
      ...ports.map((entry) => ({ ...belowOf(entry.port?.number), ...entry })),
      ...portsBelow.filter(({ port }) => !ports.some((entry) => entry.port?.number === port?.number)),
    ],
  };
}

function subsetOrigins(
  resource: DestinationRuleResource,
  known: EffectiveDestinationRule['subsetFrom'],
): EffectiveDestinationRule['subsetFrom'] {
  const all = new Map(known);
  for (const [index, subset] of (resource.body.spec?.subsets ?? []).entries()) {
    const name = subset.name ?? '';
    if (!all.has(name)) all.set(name, { resource, index });
  }
  return all;
}

/** A rule that selects the proxy's labels, else the last without selector; never one of another level. */
function choose(candidates: readonly MergedRule[], proxy: Workload): MergedRule | undefined {
  let general: MergedRule | undefined;
  for (const rule of candidates) {
    if (rule.selector === undefined) general = rule;
    else if (rule.namespace === proxy.namespace && selects(rule.selector, proxy.labels)) return rule;
  }
  return general;
}

function effective(rule: MergedRule | undefined): EffectiveDestinationRule | undefined {
  if (rule === undefined) return undefined;
  const { trafficPolicy, trafficPolicyFrom, subsets, selector } = rule;
  const deciding = trafficPolicyFrom ?? rule.from[0];
  return {
    host: rule.host,
    spec: {
      host: rule.host,
      ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
      subsets,
      ...(selector === undefined ? {} : { workloadSelector: { matchLabels: selector } }),
    },
    from: deciding === undefined ? rule.from : [deciding, ...rule.from.filter((from) => from !== deciding)],
    ...(trafficPolicyFrom === undefined ? {} : { trafficPolicyFrom }),
    subsetFrom: rule.subsetFrom,
  };
}
