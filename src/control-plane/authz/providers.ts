/**
 * extensionProviders of MeshConfig that are external authorizers -> ext_authz configuration, or why
 * they cannot be used. Other types of provider are as good as not defined. Authority: istio
 * pilot/pkg/security/authz/builder/extauthz.go, pilot/pkg/model/telemetry_logging.go LookupCluster.
 */

import { parseGoDuration } from '../../base/goDuration.ts';
import type { Hostname, WorkloadId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { ExtensionProvider, Mesh, MeshService } from '../../mesh/types.ts';
import type {
  EnvoyExtAuthzGrpcProvider,
  EnvoyExtAuthzHttpProvider,
} from '../../resources/kinds/meshConfigProviders.ts';
import type { Reason } from '../../trace/step.ts';
import type { ExtAuthzAnswer, HttpExtAuthz } from '../envoy/authz.ts';
import type { StringMatch } from '../envoy/http.ts';

export type ResolvedProvider = Result<HttpExtAuthz, Reason>;

const PROTOCOLS: Readonly<Record<string, 'http' | 'grpc'>> = { envoyExtAuthzHttp: 'http', envoyExtAuthzGrpc: 'grpc' };

/** Ten minutes, unless the provider says otherwise. */
const DEFAULT_TIMEOUT_MS = 600_000;
const DEFAULT_STATUS = 403;

/** Envoy's enumeration of HTTP statuses; 101 to 103, 306 and the teapot are not in it. */
const STATUSES: ReadonlySet<number> = new Set([
  100, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403,
  404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 426, 428, 429, 431, 500,
  501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
]);

/** The authorizer of that name; of several definitions the last counts, whatever its type. */
export function resolveProvider(
  mesh: Mesh,
  name: string,
  answers: ReadonlyMap<WorkloadId, ExtAuthzAnswer>,
): ResolvedProvider {
  const provider = mesh.config.extensionProviders.findLast((entry) => entry.name === name);
  if (provider === undefined || PROTOCOLS[provider.type] === undefined)
    return bad('provider-undefined', { provider: name });
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return bad('provider-name-invalid', { provider: name });
  return build(mesh, provider, answers);
}

const bad = (code: string, params: Reason['params']): Result<never, Reason> => err({ code, params });

type ProviderConfig = EnvoyExtAuthzHttpProvider & EnvoyExtAuthzGrpcProvider;

function build(
  mesh: Mesh,
  provider: ExtensionProvider,
  answers: ReadonlyMap<WorkloadId, ExtAuthzAnswer>,
): ResolvedProvider {
  const config = provider.config as ProviderConfig;
  const { port = 0, service: wanted = '', statusOnError = '', pathPrefix = '' } = config;
  if (port < 1 || port > 65_535) return bad('provider-port-invalid', { port });
  const service = lookupService(mesh, wanted);
  if (!service.ok) return service;
  const status = statusOnError === '' ? DEFAULT_STATUS : Number(statusOnError);
  if (!/^[0-9]*$/.test(statusOnError) || !STATUSES.has(status))
    return bad('provider-status-invalid', { statusOnError });
  if (pathPrefix !== '' && !pathPrefix.startsWith('/')) return bad('provider-path-invalid', { pathPrefix });
  const star = headerLists(config).find((list) => list.includes('*'));
  if (star !== undefined) return bad('provider-header-star', {});
  const requestHeaders = config.includeRequestHeadersInCheck ?? [];
  const timeout = parseGoDuration(config.timeout ?? '');
  const { hostname } = service.value;
  return ok({
    provider: provider.name,
    protocol: PROTOCOLS[provider.type] ?? 'http',
    cluster: `outbound|${port}||${hostname}`,
    hostname,
    pathPrefix,
    failOpen: config.failOpen ?? false,
    statusOnError: status,
    timeoutMs: timeout.ok ? timeout.value : DEFAULT_TIMEOUT_MS,
    // The deprecated list counts only where the new one is empty.
    requestHeaders: (requestHeaders.length > 0 ? requestHeaders : (config.includeHeadersInCheck ?? [])).map(headerName),
    headersToAdd: Object.entries(config.includeAdditionalHeadersInCheck ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    upstreamHeaders: (config.headersToUpstreamOnAllow ?? []).map(headerName),
    clientHeaders: (config.headersToDownstreamOnDeny ?? []).map(headerName),
    clientHeadersOnSuccess: (config.headersToDownstreamOnAllow ?? []).map(headerName),
    answers,
    origin: provider.origin,
  });
}

const headerLists = (config: ProviderConfig): readonly (readonly string[])[] => [
  config.includeRequestHeadersInCheck ?? [],
  config.includeHeadersInCheck ?? [],
  config.headersToDownstreamOnDeny ?? [],
  config.headersToDownstreamOnAllow ?? [],
  config.headersToUpstreamOnAllow ?? [],
];

/** Header names with a star at one end, compared without case. */
function headerName(name: string): StringMatch {
  if (name.startsWith('*')) return { kind: 'suffix', value: name.slice(1), ignoreCase: true };
  if (name.endsWith('*')) return { kind: 'prefix', value: name.slice(0, -1), ignoreCase: true };
  return { kind: 'exact', value: name, ignoreCase: true };
}

/** `host`, which must be in one namespace only, or `namespace/host`. */
function lookupService(mesh: Mesh, wanted: string): Result<MeshService, Reason> {
  const parts = wanted.split('/');
  const [namespace, host] = parts.length === 2 ? parts : [undefined, wanted];
  const found = (mesh.serviceByHostname.get((host ?? '') as Hostname) ?? []).filter(
    (service) => namespace === undefined || service.namespace === namespace,
  );
  const [first] = found;
  if (first === undefined) return bad('provider-service-unknown', { service: wanted });
  const namespaces = new Set(found.map((service) => service.namespace));
  return namespaces.size > 1
    ? bad('provider-service-ambiguous', { service: wanted, namespaces: [...namespaces].join(', ') })
    : ok(first);
}
