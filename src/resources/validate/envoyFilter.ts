/**
 * ValidateEnvoyFilter, without the check of patch values against Envoy's own messages: only the
 * missing typed_config of extensions is looked for.
 */

import type { FieldPath } from '../../base/origin.ts';
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import { goQuote } from '../go/quote.ts';
import type { EnvoyConfigObjectPatch, EnvoyFilterSpec } from '../kinds/envoyFilter.ts';
import { isObject } from '../schema/decode.ts';
import { DEPRECATED_FILTER_NAMES } from './deprecatedFilterNames.ts';
import { all, each, error, type Findings, hasErrors, NOTHING, warning } from './faults.ts';
import { validateLabelsSelector } from './selectors.ts';

const INTERNAL_DETAILS =
  'EnvoyFilter exposes internal implementation details that may change at any time. Prefer other APIs if possible, and exercise extreme caution, especially around upgrades.';

export function validateEnvoyFilter(spec: EnvoyFilterSpec): Findings {
  const selector = validateLabelsSelector(
    ['spec', 'workloadSelector'],
    spec.workloadSelector,
    (text) => `Envoy filter: ${text}, will be applied to all services in namespace`,
  );
  if (hasErrors(selector)) return { ...NOTHING, errors: selector.errors };
  return all(
    warning([], INTERNAL_DETAILS),
    selector,
    each(spec.configPatches, (patch, index) => validatePatch(['spec', 'configPatches', index], patch)),
  );
}

const filterError = (at: FieldPath, message: string) => error(at, `Envoy filter: ${message}`);

function validatePatch(at: FieldPath, patch: EnvoyConfigObjectPatch): Findings {
  const applyTo = patch.applyTo ?? 'INVALID';
  const operation = patch.patch?.operation ?? 'INVALID';
  const value = patch.patch?.value;
  if (patch.match?.context === 'WAYPOINT') return NOTHING;
  if (applyTo === 'INVALID') return filterError(at, 'missing applyTo');
  if (patch.patch === undefined) return filterError(at, 'missing patch');
  if (operation === 'INVALID') return filterError([...at, 'patch'], 'missing patch operation');
  if (operation !== 'REMOVE' && value === undefined) {
    return filterError([...at, 'patch'], 'missing patch value for non-remove operation');
  }
  const version = validateProxyVersion(
    [...at, 'match', 'proxy', 'proxyVersion'],
    patch.match?.proxy?.proxyVersion ?? '',
  );
  if (hasErrors(version)) return version;
  const match = validateMatch([...at, 'match'], patch);
  if (match.stop) return all(version, match.findings);
  const missing = isObject(value) ? missingTypedConfigs(value, EXTENSION_TARGETS.has(applyTo)) : [];
  return all(
    version,
    match.findings,
    missing.length > 0
      ? warning([...at, 'patch', 'value'], `using deprecated types by name without typed_config; ${missing.join(', ')}`)
      : NOTHING,
  );
}

function validateProxyVersion(at: FieldPath, version: string): Findings {
  if (version.length > 1024) {
    return warning(at, 'Envoy filter: proxyVersion match exceeds 1024 characters and will be ignored');
  }
  const compiled = compileRe2(version);
  return compiled.ok ? NOTHING : filterError(at, `invalid regex for proxy version, [${compiled.error}]`);
}

const LISTENER_CLASS = new Set(['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER']);
const ROUTE_CLASS = new Set(['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE']);

interface MatchOutcome {
  readonly findings: Findings;
  /** istiod skips the rest of this patch. */
  readonly stop: boolean;
}

const goOn = (findings: Findings): MatchOutcome => ({ findings, stop: false });
const stop = (findings: Findings): MatchOutcome => ({ findings, stop: true });

function validateMatch(at: FieldPath, { applyTo = 'INVALID', match }: EnvoyConfigObjectPatch): MatchOutcome {
  const { listener, routeConfiguration, cluster, waypoint } = match ?? {};
  const has = [listener, routeConfiguration, cluster, waypoint].some((object) => object !== undefined);
  if (!has) return goOn(NOTHING);
  const mismatch = (what: string) =>
    filterError(at, `applyTo for ${what} class objects cannot have non ${NON_MATCH[what]} match`);
  if (LISTENER_CLASS.has(applyTo)) {
    if (listener === undefined) return stop(mismatch('listener'));
    return validateFilterMatch([...at, 'listener', 'filterChain', 'filter'], applyTo, listener.filterChain?.filter);
  }
  if (ROUTE_CLASS.has(applyTo) && routeConfiguration === undefined) return goOn(mismatch('http route'));
  if (applyTo === 'CLUSTER' && cluster === undefined) return goOn(mismatch('cluster'));
  return goOn(NOTHING);
}

const NON_MATCH: Readonly<Record<string, string>> = {
  listener: 'listener',
  'http route': 'route configuration',
  cluster: 'cluster',
};

interface FilterMatch {
  readonly name?: string;
  readonly subFilter?: { readonly name?: string };
}

const HTTP_CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';

function validateFilterMatch(at: FieldPath, applyTo: string, filter: FilterMatch | undefined): MatchOutcome {
  if (filter === undefined) return goOn(NOTHING);
  const useless =
    applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN'
      ? warning(at, `Envoy filter: filter match has no effect when used with ${applyTo}`)
      : NOTHING;
  const problem = filterMatchProblem(applyTo, filter);
  if (problem !== undefined) return stop(all(useless, filterError(at, problem)));
  return goOn(
    all(useless, warnOfOldName(at, filter.name), warnOfOldName([...at, 'subFilter'], filter.subFilter?.name)),
  );
}

function filterMatchProblem(applyTo: string, { name, subFilter }: FilterMatch): string | undefined {
  if (!name) return 'filter match has no name to match on';
  if (subFilter === undefined) return undefined;
  if (applyTo !== 'HTTP_FILTER') return 'subfilter match can be used with applyTo HTTP_FILTER only';
  if (name !== HTTP_CONNECTION_MANAGER && name !== 'envoy.http_connection_manager') {
    return `subfilter match requires filter match with ${HTTP_CONNECTION_MANAGER}`;
  }
  return subFilter.name ? undefined : 'subfilter match has no name to match on';
}

function warnOfOldName(at: FieldPath, name = ''): Findings {
  const replacement = DEPRECATED_FILTER_NAMES.get(name);
  if (replacement === undefined) return NOTHING;
  return warning(at, `using deprecated filter name ${goQuote(name)}; use ${goQuote(replacement)} instead`);
}

/** Objects that are extensions themselves. */
const EXTENSION_TARGETS = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'LISTENER_FILTER', 'EXTENSION_CONFIG']);
/** Fields of clusters, filter chains and routes that hold an extension. */
const EXTENSION_FIELDS = new Set(['transportsocket', 'clustertype', 'upstreamconfig', 'retrypriority']);

/** Names of the extensions without typed_config, the inner ones first; lists are not searched. */
function missingTypedConfigs(value: Record<string, unknown>, isExtension: boolean): readonly string[] {
  const inner = Object.entries(value).flatMap(([field, child]) =>
    isObject(child) && !isTypedConfig(field)
      ? missingTypedConfigs(child, EXTENSION_FIELDS.has(field.replaceAll('_', '').toLowerCase()))
      : [],
  );
  const typed = Object.keys(value).some((field) => isTypedConfig(field) || /^config_?discovery$/i.test(field));
  return isExtension && !typed ? [...inner, String(value['name'] ?? '')] : inner;
}

const isTypedConfig = (field: string) => /^typed_?config$/i.test(field);
