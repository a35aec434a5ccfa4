/** Tab: how the last word of a command line can go on, from the commands known and the mesh at hand. */
import type { MeshGraph } from '../../worker/meshGraph.ts';
import type { OutlineEntry } from '../../worker/protocol.ts';

interface Known {
  readonly graph?: MeshGraph;
  readonly outline: readonly OutlineEntry[];
}

const PROGRAMS = ['kubectl', 'istioctl', 'curl', 'openssl', 'help', 'clear'];
const KUBECTL = ['get', 'apply', 'delete', 'describe', 'create', 'label', 'exec', 'logs', 'api-resources'];
const KINDS = [
  'peerauthentication',
  'authorizationpolicy',
  'requestauthentication',
  'virtualservice',
  'destinationrule',
  'gateway',
  'serviceentry',
  'sidecar',
  'pods',
  'services',
  'deployments',
  'namespaces',
  'secrets',
  'serviceaccounts',
  'configmaps',
];
const ISTIOCTL = ['proxy-config', 'x', 'analyze', 'version'];
const TABLES = ['listeners', 'routes', 'clusters', 'endpoints', 'secret'];

/** Whole words that may stand in the place of the last one. */
export function completions(line: string, known: Known): readonly string[] {
  const words = line.split(/\s+/);
  const last = words.at(-1) ?? '';
  return [...new Set(candidates(words, known))].filter((word) => word.startsWith(last) && word !== last);
}

function candidates(words: readonly string[], { graph, outline }: Known): readonly string[] {
  const before = words.slice(0, -1).filter((word) => word !== '');
  const [program, command, third] = before;
  const previous = before.at(-1);
  const flag = before.findIndex((word) => word === '-n' || word === '--namespace');
  const namespace = flag < 0 ? undefined : before[flag + 1];
  const workloads = (graph?.workloads ?? [])
    .filter((workload) => namespace === undefined || workload.namespace === namespace)
    .map(({ name }) => `deploy/${name}`);
  if (before.length === 0) return PROGRAMS;
  if (previous === '-n' || previous === '--namespace') return (graph?.namespaces ?? []).map(({ name }) => name);
  if (previous === '-c') return ['istio-proxy', 'app'];
  if (program === 'kubectl') {
    if (before.length === 1) return KUBECTL;
    if (command === 'exec') return [...workloads, '-n', '-c', '--'];
    if (command === 'logs') return [...workloads, '-n', '-c'];
    if (command === 'apply') return ['-f', '-n'];
    if (command === 'create') return ['secret', 'namespace', 'generic', 'tls', '-n'];
    if (before.length === 2) return KINDS;
    const names = outline
      .filter((entry) => entry.kind.toLowerCase() === (third ?? '').replace(/s$/, '').toLowerCase())
      .filter((entry) => namespace === undefined || entry.namespace === namespace)
      .map(({ name }) => name);
    return [...names, '-n', '--all-namespaces', '-o', '-l'];
  }
  if (program === 'istioctl') {
    if (before.length === 1) return ISTIOCTL;
    if (command === 'x')
      return before.length === 2 ? ['describe'] : before.length === 3 ? ['pod'] : [...workloads, '-n'];
    if (command === 'proxy-config') return before.length === 2 ? TABLES : [...workloads, '-n'];
    return ['-n', '--all-namespaces'];
  }
  if (program === 'curl') return (graph?.services ?? []).map(({ name, namespace: home }) => `http://${name}.${home}/`);
  if (program === 'openssl') return ['s_client', '-connect', '-showcerts', '-servername'];
  return [];
}
