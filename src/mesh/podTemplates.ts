/**
 * The pods that the cluster's controllers would run: one for each Deployment, StatefulSet,
 * DaemonSet, ReplicaSet, Job and CronJob, and each Pod that stands alone. All replicas are alike,
 * so one pod, `NAME-0`, stands for them; a controller scaled to zero has none.
 */
import type { FieldPath } from '../base/origin.ts';
import { rememberLast } from '../base/remembered.ts';
import type { KindKey } from '../resources/kinds/registry.ts';
import type { PodSpec, PodTemplate } from '../resources/kinds/shared/podSpec.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import type { Resource } from '../resources/types.ts';
import type { Labels } from './labels.ts';

export interface PodTemplateOf {
  readonly resource: Resource;
  readonly namespace: string;
  /** Of the controller, or of the Pod itself. */
  readonly name: string;
  readonly podName: string;
  /** `Deployment`, ... */
  readonly controller: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: PodSpec;
  /** Its name inside a headless Service. */
  readonly dnsName?: { readonly hostname: string; readonly subdomain: string };
  /** Where the pod's spec stands in the document. */
  readonly specPath: FieldPath;
}

/** In document order: without a proxy the first matching pod answers a ClusterIP. */
export function podTemplates(resources: readonly Resource[]): readonly PodTemplateOf[] {
  const found = resources.flatMap((resource) => podTemplateOf(resource) ?? NONE);
  // Pods of controllers come before Pods that stand alone, as the corpus' network lists them.
  return [...found.filter((t) => t.controller !== 'Pod'), ...found.filter((t) => t.controller === 'Pod')];
}

const NONE: readonly PodTemplateOf[] = [];

const podTemplateOf = rememberLast((resource: Resource): PodTemplateOf | undefined => {
  if (is(resource, 'core/Pod')) {
    return {
      ...identity(resource),
      podName: resource.name,
      labels: resource.labels,
      annotations: resource.annotations,
      spec: resource.body.spec ?? {},
      specPath: ['spec'],
      ...podDnsName(resource.body.spec),
    };
  }
  if (is(resource, 'apps/Deployment') || is(resource, 'apps/StatefulSet') || is(resource, 'apps/ReplicaSet')) {
    if (resource.body.spec?.replicas === 0) return undefined;
    return fromTemplate(resource, resource.body.spec?.template, ['spec', 'template']);
  }
  if (is(resource, 'apps/DaemonSet')) return fromTemplate(resource, resource.body.spec?.template, ['spec', 'template']);
  if (is(resource, 'batch/Job')) {
    if (resource.body.spec?.suspend === true) return undefined;
    return fromTemplate(resource, resource.body.spec?.template, ['spec', 'template']);
  }
  if (is(resource, 'batch/CronJob')) {
    const { suspend, jobTemplate } = resource.body.spec ?? {};
    if (suspend === true) return undefined;
    return fromTemplate(resource, jobTemplate?.spec?.template, ['spec', 'jobTemplate', 'spec', 'template']);
  }
  return undefined;
});

function fromTemplate(resource: Resource, template: PodTemplate | undefined, path: FieldPath): PodTemplateOf {
  return {
    ...identity(resource),
    podName: `${resource.name}-0`,
    labels: template?.metadata?.labels ?? {},
    annotations: template?.metadata?.annotations ?? {},
    spec: template?.spec ?? {},
    specPath: [...path, 'spec'],
    ...(is(resource, 'apps/StatefulSet') ? inStatefulSet(resource) : podDnsName(template?.spec)),
  };
}

/** Every pod of a StatefulSet has one, the others only where their spec names both parts. */
const inStatefulSet = ({ name, body }: ResourceOf<'apps/StatefulSet'>) =>
  body.spec?.serviceName ? { dnsName: { hostname: `${name}-0`, subdomain: body.spec.serviceName } } : {};

const podDnsName = (spec: PodSpec | undefined) =>
  spec?.hostname && spec.subdomain ? { dnsName: { hostname: spec.hostname, subdomain: spec.subdomain } } : {};

const identity = (resource: Resource) => ({
  resource,
  namespace: resource.namespace,
  name: resource.name,
  controller: resource.kind,
});

function is<K extends KindKey>(resource: Resource, key: K): resource is ResourceOf<K> {
  return `${resource.group === '' ? 'core' : resource.group}/${resource.kind}` === key;
}
