/**
 * The calls by which a suggestion's width is measured: who could call the workloads that a policy
 * reaches, with the methods and paths that policies name, plus one fresh value of each. Bounded;
 * the same workspace and call give the same list.
 */
import type { WorkloadId } from '../../base/ids.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { Call } from '../../trace/call.ts';

const FRESH_PATH = '/meshverdict-fresh';
const FRESH_METHOD = 'PATCH';

/** `refused`: the call in question, of which variants are tried; absent: only what others could send. */
export function universeOf(mesh: Mesh, refused: Call | undefined, target: WorkloadId, limit: number): Call[] {
  const named = namedValues(mesh);
  const own = refused && ownOperation(refused);
  const methods = [...new Set([own?.method ?? 'GET', ...named.methods, FRESH_METHOD])].slice(0, 5);
  const paths = [...new Set([own?.path ?? '/', ...named.paths, FRESH_PATH])].slice(0, 8);
  const callers = [...mesh.workloads.values()].filter(
    ({ externalHost, proxy }) => externalHost === undefined && proxy !== 'gateway',
  );
  const calls: Call[] = [];
  const add = (call: Call): void => {
    if (calls.length < limit && (refused === undefined || !sameCall(call, refused))) calls.push(call);
  };
  for (const path of paths) {
    for (const method of methods) {
      if (refused?.request.kind === 'http') add({ ...refused, request: withOperation(refused.request, method, path) });
      for (const service of mesh.services) {
        if (!service.endpoints.some((endpoint) => endpoint.workload === target)) continue;
        for (const port of service.ports) {
          const http =
            port.protocol !== 'TCP' &&
            port.protocol !== 'Redis' &&
            port.protocol !== 'MySQL' &&
            port.protocol !== 'Mongo' &&
            port.protocol !== 'TLS' &&
            port.protocol !== 'HTTPS';
          if (!http && (path !== paths[0] || method !== methods[0])) continue;
          for (const caller of callers) {
            add({
              from: caller.id,
              container: 'app',
              request: http
                ? httpRequest(`http://${service.hostname}:${port.number}${path}`, method)
                : { kind: 'tcp', host: service.hostname, port: port.number },
            });
          }
        }
      }
    }
  }
  return calls;
}

const httpRequest = (url: string, method: string): Call['request'] => ({
  kind: 'http',
  url,
  method,
  headers: [],
  httpVersion: '1.1',
  pathAsIs: false,
  tls: { insecure: false },
});

type HttpRequestOfCall = Extract<Call['request'], { kind: 'http' }>;

function withOperation(request: HttpRequestOfCall, method: string, path: string): HttpRequestOfCall {
  const [, origin = ''] = /^([a-z]+:\/\/[^/?#]*)/i.exec(request.url) ?? [];
  return { ...request, method, url: origin + path };
}

function ownOperation({ request }: Call): { readonly method: string; readonly path: string } | undefined {
  if (request.kind !== 'http') return undefined;
  const path = /^[a-z]+:\/\/[^/?#]*(\/[^?#]*)?/i.exec(request.url)?.[1] ?? '/';
  return { method: request.method, path };
}

/** Values without stars that policies name. */
function namedValues(mesh: Mesh): { readonly methods: readonly string[]; readonly paths: readonly string[] } {
  const methods = new Set<string>();
  const paths = new Set<string>();
  for (const policy of resourcesOf(mesh, 'security.istio.io/AuthorizationPolicy')) {
    for (const rule of policy.body.spec?.rules ?? []) {
      for (const { operation } of rule.to ?? []) {
        for (const method of [...(operation?.methods ?? []), ...(operation?.notMethods ?? [])]) methods.add(method);
        for (const path of [...(operation?.paths ?? []), ...(operation?.notPaths ?? [])]) {
          if (path.startsWith('/')) paths.add(path.replace(/[*{}]/g, 'x'));
        }
      }
    }
  }
  return { methods: [...methods].filter((method) => /^[A-Z]+$/.test(method)), paths: [...paths] };
}

function sameCall(a: Call, b: Call): boolean {
  if (a.from !== b.from || a.container !== b.container) return false;
  return JSON.stringify(ownOperation(a)) === JSON.stringify(ownOperation(b)) && a.request.kind === b.request.kind;
}
