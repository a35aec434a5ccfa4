/**
 * Pods as the mesh sees them, in two steps. `buildPod`: everything that follows from the pod
 * itself (injection, labels, identity, address). `completeWorkload`: what follows from the Services that
 * select it (service targets, applications) and from ProxyConfig.
 */

import { workloadId } from '../base/ids.ts';
import { rememberLast } from '../base/remembered.ts';
import { sameData } from '../base/sameData.ts';
import type { MeshProxyConfig } from '../resources/kinds/meshConfigProxy.ts';
import type { PodSpec } from '../resources/kinds/shared/podSpec.ts';
import { applicationsOf } from './applications.ts';
import { captureSettings } from './capture.ts';
import { resolveTargetPort } from './endpoints.ts';
import { revisionOf } from './inForce.ts';
import { inAmbient, injectedProxy, labelsAfterInjection } from './injection.ts';
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import type { Labels } from './labels.ts';
import type { PodTemplateOf } from './podTemplates.ts';
import type { MeshNamespace, MeshOptions, ServiceTarget, Workload } from './types.ts';

const EXTERNAL_HOST = 'meshverdict.dev/external-host';

/** A workload without what its Services and ProxyConfig add. */
export type PodFacts = Omit<Workload, 'applications' | 'proxyConfig' | 'proxyMetadata' | 'serviceTargets'> & {
  readonly registrySpiffeId: string;
  readonly revision: string;
  /** An application has the proxy's user or group, whose traffic is not captured. */
  readonly runsAsProxy: boolean;
};

export function buildPod(
  template: PodTemplateOf,
  ip: string,
  namespaces: ReadonlyMap<string, MeshNamespace>,
  trustDomain: string,
  trustDomains: NonNullable<MeshOptions['trustDomains']>,
): PodFacts {
  const { namespace } = template;
  const own = trustDomains[namespace] ?? trustDomain;
  return podFacts(template, ip, namespaces.get(namespace)?.labels ?? NO_LABELS, trustDomain, own);
}

const NO_LABELS: Labels = {};

const podFacts = rememberLast(factsOf, sameData);

function factsOf(
  template: PodTemplateOf,
  ip: string,
  namespaceLabels: Labels,
  trustDomain: string,
  ownTrustDomain: string,
): PodFacts {
  const { namespace, name, spec, annotations } = template;
  const proxy = injectedProxy({
    namespace,
    namespaceLabels,
    labels: template.labels,
    annotations,
    hostNetwork: spec.hostNetwork === true,
  });
  const serviceAccount = spec.serviceAccountName || spec.serviceAccount || 'default';
  const externalHost = annotations[EXTERNAL_HOST];
  return {
    id: workloadId(namespace, name),
    namespace,
    name,
    podName: template.podName,
    ...(template.dnsName === undefined ? {} : { dnsName: template.dnsName }),
    controller: template.controller,
    labels: labelsAfterInjection(template.labels, proxy, name),
    annotations,
    serviceAccount,
    ip,
    proxy,
    ambient: inAmbient(namespaceLabels, template.labels, proxy),
    containerPorts: containerPorts(template),
    ...(externalHost === undefined ? {} : { externalHost }),
    spiffeId: spiffeId(ownTrustDomain, namespace, serviceAccount),
    registrySpiffeId: spiffeId(trustDomain, namespace, serviceAccount),
    trustDomain: ownTrustDomain,
    revision: revisionOf(namespaceLabels, template.labels),
    runsAsProxy: runsAsProxy(spec),
    capture: captureSettings(annotations),
    origin: { resource: template.resource.id, path: template.specPath },
  };
}

const PROXY_ID = 1337;

const runsAsProxy = ({ securityContext: ofPod, containers = [] }: PodSpec): boolean =>
  containers
    .filter(({ name }) => name !== 'istio-proxy')
    .some(
      ({ securityContext: own }) =>
        (own?.runAsUser ?? ofPod?.runAsUser) === PROXY_ID || (own?.runAsGroup ?? ofPod?.runAsGroup) === PROXY_ID,
    );

export const spiffeId = (trustDomain: string, namespace: string, serviceAccount: string): string =>
  `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;

function containerPorts(template: PodTemplateOf): Workload['containerPorts'] {
  return (template.spec.containers ?? []).flatMap((container) =>
    (container.ports ?? []).flatMap((port) =>
      port.containerPort === undefined
        ? []
        : [
            {
              ...(port.name === undefined ? {} : { name: port.name }),
              port: port.containerPort,
              protocol: port.protocol === 'UDP' ? ('UDP' as const) : ('TCP' as const),
            },
          ],
    ),
  );
}

export function completeWorkload(
  pod: PodFacts,
  /** Kubernetes Services that select the pod, in document order. */
  services: readonly ServiceWithoutEndpoints[],
  targets: readonly ServiceTarget[],
  proxyConfig: MeshProxyConfig,
): Workload {
  const listening = services.flatMap((service) =>
    service.ports.flatMap((port) => {
      const target = port.transport === 'UDP' ? undefined : resolveTargetPort(port, pod);
      return target === undefined ? [] : [{ port: target, name: port.name, appProtocol: port.appProtocol }];
    }),
  );
  const { registrySpiffeId: _registry, revision: _revision, runsAsProxy: _runsAsProxy, ...rest } = pod;
  const applications = applicationsOf(
    listening,
    pod.containerPorts.filter((c) => c.protocol === 'TCP').map((c) => c.port),
    pod.annotations,
  );
  return {
    ...rest,
    applications: pod.proxy === 'gateway' ? [] : applications,
    proxyConfig,
    proxyMetadata: proxyConfig.proxyMetadata ?? {},
    serviceTargets: targets,
  };
}
