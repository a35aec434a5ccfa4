/**
 * A case file with other names and ports: every namespace, workload, Service, service account and
 * container port is renamed consistently, in the manifests, the calls and the observed answers.
 * What decides a verdict must not depend on a name, so agreement must not change.
 *
 * Names keep their order (ties and policy ids go by name), and names that a certificate or token of
 * the case carries inside keep their spelling: nobody can sign those again.
 */
import type { CaseFile } from './caseFile.ts';

export interface Renaming {
  readonly names: ReadonlyMap<string, string>;
  readonly ports: ReadonlyMap<string, string>;
}

/** Words that mean something to Istio, Kubernetes or HTTP wherever they stand. */
const RESERVED = new Set(
  (
    'default istio-system kube-system istio app http http2 https grpc tcp tls udp mongo redis mysql auto name host hosts server ' +
    'client default-route outside root true false null none all path headers method port ports source local cluster svc ns sa ' +
    'before after headers latest retried remote connection plain text json application permissive strict disable upstream connect error reset reason ' +
    'spiffe outbound inbound security enabled disabled mesh localhost com org example net deny allow audit custom main apps v1 v1beta1 v1alpha1 v1alpha2 v1alpha3'
  ).split(' '),
);

/** Ports with a meaning of their own: URL defaults, Istio's, protocol detection's. */
const RESERVED_PORTS = new Set(['25', '53', '80', '443', '3306', '27017', '8443']);

/** What can be renamed in this case, or undefined when no renaming keeps the order of names. */
export function renamingOf(file: CaseFile, fixedText: string): Renaming | undefined {
  const text = [file.manifests, ...file.variants.map((variant) => variant.manifests ?? '')].join('\n---\n');
  const found = namesIn(text);
  const fixed = new Set(tokens(fixedText));
  const renamable = [...found.names].filter(
    (name) => !RESERVED.has(name) && !fixed.has(name) && !isPartOfAnother(name, found.names),
  );
  const rest = [...found.all].filter((name) => !renamable.includes(name));
  for (const change of CHANGES) {
    const names = new Map(renamable.map((name) => [name, change(name)]));
    if (new Set([...names.values(), ...rest]).size < names.size + rest.length) continue;
    if (keepsOrder([...found.all], names)) return { names, ports: portsOf(found.ports, fixed) };
  }
  return undefined;
}

const CHANGES: readonly ((name: string) => string)[] = [
  (name) => `${name}q`,
  (name) => `${name}-zz`,
  (name) => name.replace(/^(.)/, '$1$1'),
  (name) => `${name.slice(0, 1)}0${name.slice(1)}`,
];

interface NamesFound {
  /** Of namespaces, workloads, Services, service accounts. */
  readonly names: ReadonlySet<string>;
  /** Those and every other metadata.name. */
  readonly all: ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
}

const RENAMED_KINDS = new Set([
  'Namespace',
  'Deployment',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'DaemonSet',
  'Pod',
]);

function namesIn(text: string): NamesFound {
  const names = new Set<string>();
  const all = new Set<string>();
  const ports = new Set<string>();
  for (const document of text.split(/^---.*$/m)) {
    const kind = /^\s*"?kind"?:\s*"?(\w+)/m.exec(document)?.[1];
    const metadata = /"?metadata"?:([\s\S]*?)(?:\n"?spec|\n "spec|\n"?data|$)/.exec(document)?.[1] ?? '';
    const name = /"?\bname"?:\s*"?([a-z0-9.-]+)/.exec(metadata)?.[1];
    const namespace = /"?\bnamespace"?:\s*"?([a-z0-9-]+)/.exec(metadata)?.[1];
    if (name !== undefined) all.add(name);
    if (name !== undefined && kind !== undefined && RENAMED_KINDS.has(kind)) names.add(name);
    if (namespace !== undefined) {
      names.add(namespace);
      all.add(namespace);
    }
    for (const [, account] of document.matchAll(/serviceAccountName"?:\s*"?([a-z0-9-]+)/g)) {
      if (account !== undefined) names.add(account);
    }
    for (const [, port] of document.matchAll(/(?:containerPort|targetPort)"?:\s*"?(\d+)/g)) {
      if (port !== undefined) ports.add(port);
    }
  }
  return { names, all: new Set([...all, ...names]), ports };
}

/** `shop` inside `shop-gw` is a token of its own; renaming it would split the other name. */
const isPartOfAnother = (name: string, names: ReadonlySet<string>): boolean =>
  [...names].some((other) => other !== name && other.split(/[.]/).includes(name));

function keepsOrder(all: readonly string[], names: ReadonlyMap<string, string>): boolean {
  const before = [...all].sort();
  const after = before.map((name) => names.get(name) ?? name);
  return after.every((name, i) => i === 0 || (after[i - 1] ?? '') < name);
}

function portsOf(found: ReadonlySet<string>, fixed: ReadonlySet<string>): Map<string, string> {
  const ports = new Map<string, string>();
  for (const port of found) {
    if (RESERVED_PORTS.has(port) || fixed.has(port) || Number(port) < 1024 || Number(port) > 50_000) continue;
    ports.set(port, String(Number(port) + 10_007));
  }
  return ports;
}

const tokens = (text: string): string[] => text.split(/[^A-Za-z0-9-]+/);

/** Renames in every text of the case but its PEM blocks and tokens. */
export function renameCase(file: CaseFile, { names, ports }: Renaming): CaseFile {
  const words = [...names.keys(), ...[...names.keys()].map((name) => name.toUpperCase())];
  if (words.length === 0) return file;
  const anyOf = (list: readonly string[]): string =>
    `(?:${[...list]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[.]/g, '\\.'))
      .join('|')})`;
  const pattern = new RegExp(
    [
      `(?<![A-Za-z0-9_-])${anyOf(words)}(?![A-Za-z0-9_-])`,
      // A provider's name stands between hyphens in the ids of its policies.
      `(?<=istio-ext-authz-)${anyOf(words)}(?=-ns\\[)`,
      // A subset stands between underscores in the server name of mesh mTLS.
      `(?<=_\\.)${anyOf(words)}(?=_\\.)`,
      // Ports follow an underscore in the names of listeners.
      ...(ports.size === 0 ? [] : [`(?<![A-Za-z0-9-])${anyOf([...ports.keys()])}(?![A-Za-z0-9-])`]),
    ].join('|'),
    'g',
  );
  const map = (match: string): string =>
    names.get(match) ?? ports.get(match) ?? names.get(match.toLowerCase())?.toUpperCase() ?? match;
  const plain = (value: string): string =>
    value.replace(pattern, (match, offset: number) => (isKey(value, offset, match) ? match : map(match)));
  const text = (value: string): string =>
    value
      .split(PEM_BLOCK)
      .map((part) => (part.startsWith('-----BEGIN ') ? part : plain(part)))
      .join('');
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  const keys = <T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined =>
    record && Object.fromEntries(Object.entries(record).map(([key, item]) => [text(key), item]));
  const renamed = visit({ ...file, pems: undefined, tokens: undefined, addresses: undefined }) as CaseFile;
  const addresses = keys(file.addresses);
  const workloadCAs = keys(file.workloadCAs);
  const trustDomains = keys(file.trustDomains);
  return {
    ...renamed,
    ...(file.pems && { pems: keys(file.pems) ?? {} }),
    ...(file.tokens && { tokens: keys(file.tokens) ?? {} }),
    ...(addresses && { addresses }),
    ...(workloadCAs && { workloadCAs: visit(workloadCAs) as Record<string, string> }),
    ...(trustDomains && { trustDomains }),
    variants: renamed.variants.map((variant, i) => {
      const own = keys(file.variants[i]?.addresses);
      return own ? { ...variant, addresses: own } : variant;
    }),
  };
}

const PEM_BLOCK = /(-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----)/;

/** A mapping key is vocabulary, not a name: `app: app` keeps its key. */
function isKey(text: string, offset: number, match: string): boolean {
  const after = text.slice(offset + match.length, offset + match.length + 3);
  return /^"?:(\s|$)/.test(after) && !/^\d+$/.test(match);
}
