/**
 * The calls that the mesh itself suggests: every workload to the first port of every Service that has
 * endpoints, as HTTP or TCP. Bounded; the same mesh gives the same list.
 */
import type { Mesh } from '../../mesh/types.ts';
import type { Call } from '../../trace/call.ts';

export function edgesOf(mesh: Mesh, limit: number): readonly Call[] {
  const callers = [...mesh.workloads.values()].filter(
    ({ externalHost, proxy }) => externalHost === undefined && proxy === 'sidecar',
  );
  const calls: Call[] = [];
  for (const { hostname, ports, endpoints, registry } of mesh.services) {
    const [port] = ports;
    const serves = endpoints.some(
      ({ workload }) => workload !== undefined && mesh.workloads.get(workload)?.proxy === 'sidecar',
    );
    if (port === undefined || registry !== 'kubernetes' || !serves) continue;
    for (const { id } of callers) {
      if (endpoints.some(({ workload }) => workload === id)) continue;
      if (calls.length >= limit) return calls;
      const request =
        port.protocol.startsWith('HTTP') || port.protocol === 'GRPC' || port.protocol === 'Unsupported'
          ? httpGet(`http://${hostname}:${port.number}/`)
          : ({ kind: 'tcp', host: hostname, port: port.number } as const);
      calls.push({ from: id, container: 'app', request });
    }
  }
  return calls;
}

const httpGet = (url: string): Call['request'] => ({
  kind: 'http',
  url,
  method: 'GET',
  headers: [],
  httpVersion: '1.1',
  pathAsIs: false,
  tls: { insecure: false },
});
