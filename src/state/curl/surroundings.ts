/**
 * What a curl command line may speak of, read from the workspace: addresses of load balancers, the
 * variables of Istio's own documentation, and the files that certificates come from.
 */
import type { MeshGraph } from '../../worker/meshGraph.ts';
import type { World } from '../workspace/workspace.ts';
import type { FormatSurroundings } from './formatCurl.ts';
import { type CurlSurroundings, nameOfFile } from './parseCurl.ts';

export const readingIn = (world: World, graph: MeshGraph | undefined): CurlSurroundings => ({
  variables: gatewayVariables(graph),
  namesOf: (path) => {
    const known = Object.entries(world.pems).filter(([, { paths = [] }]) =>
      paths.some((own) => path === own || path.endsWith(`/${own}`)),
    );
    return known.length > 0 ? known.map(([name]) => name) : [nameOfFile(path)];
  },
});

/** `export INGRESS_HOST=...` and the like, for the first load balancer that leads to a gateway. */
function gatewayVariables(graph: MeshGraph | undefined): Readonly<Record<string, string>> {
  const gateways = new Set(graph?.workloads.filter(({ proxy }) => proxy === 'gateway').map(({ id }) => id));
  const service = graph?.services.find(
    ({ loadBalancerIp, workloads }) => loadBalancerIp !== undefined && workloads.some((id) => gateways.has(id)),
  );
  if (service?.loadBalancerIp === undefined) return {};
  const host = service.loadBalancerIp;
  return { INGRESS_HOST: host, INGRESS_PORT: '80', SECURE_INGRESS_PORT: '443', GATEWAY_URL: `${host}:80` };
}

export const writingIn = (world: World, graph: MeshGraph | undefined): FormatSurroundings => ({
  addressOf: (place) => {
    const service = graph?.services.find(({ id }) => id === place);
    return (
      service?.loadBalancerIp ?? service?.clusterIp ?? graph?.workloads.find(({ id }) => id === place)?.ip ?? undefined
    );
  },
  fileOf: (name, part) => {
    const paths = world.pems[name]?.paths ?? [];
    return part === 'key' ? paths[1] : paths[0];
  },
});
