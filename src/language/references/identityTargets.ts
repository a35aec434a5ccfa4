/** Namespaces, service accounts, principals and token issuers: whom policies speak of. */
import type { Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { byName, type ReferencePlace, type Target } from './reference.ts';
import { selectedWorkloads } from './selected.ts';

export const namespaces = ({ mesh }: ReferencePlace): Target[] =>
  [...mesh.namespaces.values()].map(({ name, origin }) => ({
    value: name,
    what: 'Namespace',
    ...(origin === undefined ? {} : { origin: byName(origin.resource) }),
  }));

export const exportTargets = (place: ReferencePlace): Target[] => [
  { value: '.', what: 'exportTo' },
  { value: '*', what: 'exportTo' },
  ...namespaces(place),
];

interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly trustDomain: string;
  /** The ServiceAccount, or a workload that runs as it where none is written. */
  readonly origin: Origin;
  readonly written: boolean;
}

function accounts(mesh: Mesh): Account[] {
  const found = new Map<string, Account>();
  for (const workload of mesh.workloads.values()) {
    const { namespace, serviceAccount: name, trustDomain, origin } = workload;
    found.set(`${namespace}/${name}`, {
      namespace,
      name,
      trustDomain,
      origin: byName(origin.resource),
      written: false,
    });
  }
  for (const resource of resourcesOf(mesh, 'core/ServiceAccount')) {
    const { namespace, name } = resource;
    const trustDomain = found.get(`${namespace}/${name}`)?.trustDomain ?? mesh.config.trustDomain;
    found.set(`${namespace}/${name}`, { namespace, name, trustDomain, origin: byName(resource.id), written: true });
  }
  return [...found.values()];
}

const whatOf = ({ namespace, name }: Account): string => `ServiceAccount ${namespace}/${name}`;

/** Without `spiffe://`, as policies write them. */
export function principals({ mesh }: ReferencePlace): Target[] {
  const { trustDomain: own, trustDomainAliases } = mesh.config;
  return accounts(mesh).map((account) => {
    const { namespace, name, trustDomain, origin } = account;
    const path = `ns/${namespace}/sa/${name}`;
    const others = [own, ...trustDomainAliases].filter((domain) => domain !== trustDomain);
    return {
      value: `${trustDomain}/${path}`,
      also: [...others.map((domain) => `${domain}/${path}`), `cluster.local/${path}`, `*/${path}`],
      origin,
      what: whatOf(account),
    };
  });
}

/** `serviceAccounts` of a policy: a name alone is of the policy's namespace. */
export const sourceAccounts = ({ mesh, namespace }: ReferencePlace): Target[] =>
  accounts(mesh).map((account) => {
    const qualified = `${account.namespace}/${account.name}`;
    return account.namespace === namespace
      ? { value: account.name, also: [qualified], origin: account.origin, what: whatOf(account) }
      : { value: qualified, origin: account.origin, what: whatOf(account) };
  });

export const serviceAccounts = ({ mesh, namespace }: ReferencePlace): Target[] =>
  accounts(mesh)
    .filter((account) => account.namespace === namespace && account.written)
    .map((account) => ({ value: account.name, origin: account.origin, what: whatOf(account) }));

export const jwtIssuers = ({ mesh }: ReferencePlace): Target[] =>
  resourcesOf(mesh, 'security.istio.io/RequestAuthentication').flatMap((resource) =>
    (resource.body.spec?.jwtRules ?? []).flatMap(({ issuer }, index) =>
      issuer === undefined || issuer === ''
        ? []
        : {
            value: issuer,
            origin: { resource: resource.id, path: ['spec', 'jwtRules', index, 'issuer'] },
            what: `RequestAuthentication ${resource.namespace}/${resource.name}`,
          },
    ),
  );

/** `issuer/subject`; the subject is not the mesh's to know. */
export const requestPrincipals = (place: ReferencePlace): Target[] => [
  { value: '*', what: 'AuthorizationPolicy' },
  ...jwtIssuers(place).map((target) => ({ ...target, value: `${target.value}/*` })),
];

/** Ports of the workloads that the resource selects. */
export function workloadPorts(place: ReferencePlace): Target[] {
  const ports = new Map<number, Target>();
  for (const workload of selectedWorkloads(place) ?? []) {
    for (const { port, protocol } of workload.applications) {
      if (!ports.has(port)) {
        ports.set(port, {
          value: String(port),
          origin: byName(workload.origin.resource),
          what: `${workload.id} ${protocol}`,
        });
      }
    }
  }
  return [...ports.values()].sort((a, b) => Number(a.value) - Number(b.value));
}
