/**
 * The pod as Deployments and their like describe it. The mesh reads labels, annotations, the
 * service account, container names and ports, and the
 * environment and projected volumes of an injected proxy; the rest is the container runtime's.
 */
import {
  any,
  boolean,
  type Infer,
  ignored,
  int32,
  int64,
  list,
  map,
  object,
  string,
  unmodelledIf,
} from '../../schema/schema.ts';

/** metadata of a pod template (a stand-alone resource's metadata is in ResourceMeta). */
export const templateMetadata = object({
  name: ignored('not-read-by-mesh', string),
  generateName: ignored('not-read-by-mesh', string),
  namespace: ignored('not-read-by-mesh', string),
  labels: map(string),
  annotations: map(string),
  creationTimestamp: ignored('server-written', any),
  finalizers: ignored('rollout', list(string)),
  ownerReferences: ignored('server-written', any),
});
export type TemplateMetadata = Infer<typeof templateMetadata>;

const containerPort = object({
  name: string,
  containerPort: int32,
  protocol: string,
  hostIP: ignored('not-read-by-mesh', string),
  hostPort: ignored('not-read-by-mesh', int32),
});
export type ContainerPort = Infer<typeof containerPort>;

const envVar = object({ name: string, value: string, valueFrom: ignored('container-runtime', any) });

const probe = ignored('rollout', any);

/** Traffic of the proxy's own user and group is not captured: an application that runs as one escapes. */
const isProxyId = (value: unknown) => value === 1337;
const runAs = {
  runAsUser: unmodelledIf('capture-mode', '1337', isProxyId, int64),
  runAsGroup: unmodelledIf('capture-mode', '1337', isProxyId, int64),
};

const container = object({
  name: string,
  image: string,
  imagePullPolicy: ignored('container-runtime', string),
  command: ignored('container-runtime', list(string)),
  args: list(string),
  workingDir: ignored('container-runtime', string),
  ports: list(containerPort),
  env: list(envVar),
  envFrom: ignored('container-runtime', any),
  resources: ignored('load-only', any),
  resizePolicy: ignored('load-only', any),
  restartPolicy: ignored('rollout', string),
  restartPolicyRules: ignored('rollout', any),
  volumeMounts: list(
    object({
      name: string,
      mountPath: string,
      subPath: string,
      subPathExpr: ignored('container-runtime', string),
      readOnly: ignored('container-runtime', boolean),
      recursiveReadOnly: ignored('container-runtime', string),
      mountPropagation: ignored('container-runtime', string),
    }),
  ),
  volumeDevices: ignored('container-runtime', any),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: ignored('rollout', any),
  terminationMessagePath: ignored('container-runtime', string),
  terminationMessagePolicy: ignored('container-runtime', string),
  securityContext: object({
    ...runAs,
    runAsNonRoot: ignored('container-runtime', boolean),
    privileged: ignored('container-runtime', boolean),
    allowPrivilegeEscalation: ignored('container-runtime', boolean),
    readOnlyRootFilesystem: ignored('container-runtime', boolean),
    capabilities: ignored('container-runtime', any),
    seLinuxOptions: ignored('container-runtime', any),
    windowsOptions: ignored('container-runtime', any),
    procMount: ignored('container-runtime', string),
    seccompProfile: ignored('container-runtime', any),
    appArmorProfile: ignored('container-runtime', any),
  }),
  stdin: ignored('container-runtime', boolean),
  stdinOnce: ignored('container-runtime', boolean),
  tty: ignored('container-runtime', boolean),
});
export type Container = Infer<typeof container>;

const keyToPath = list(object({ key: string, path: string, mode: ignored('container-runtime', int32) }));

const volume = object({
  name: string,
  secret: object({
    secretName: string,
    items: keyToPath,
    defaultMode: ignored('container-runtime', int32),
    optional: boolean,
  }),
  configMap: object({
    name: string,
    items: keyToPath,
    defaultMode: ignored('container-runtime', int32),
    optional: boolean,
  }),
  projected: object({
    sources: list(
      object({
        secret: object({ name: string, items: keyToPath, optional: boolean }),
        configMap: object({ name: string, items: keyToPath, optional: boolean }),
        downwardAPI: ignored('container-runtime', any),
        serviceAccountToken: ignored('container-runtime', any),
        clusterTrustBundle: ignored('container-runtime', any),
        podCertificate: ignored('container-runtime', any),
      }),
    ),
    defaultMode: ignored('container-runtime', int32),
  }),
  csi: object({
    driver: unmodelledIf('external-server', 'csi.spiffe.io', (value) => value === 'csi.spiffe.io', string),
    readOnly: ignored('container-runtime', boolean),
    fsType: ignored('container-runtime', string),
    volumeAttributes: ignored('container-runtime', map(string)),
    nodePublishSecretRef: ignored('container-runtime', any),
  }),
  emptyDir: ignored('container-runtime', any),
  hostPath: ignored('container-runtime', any),
  downwardAPI: ignored('container-runtime', any),
  persistentVolumeClaim: ignored('container-runtime', any),
  ephemeral: ignored('container-runtime', any),
  image: ignored('container-runtime', any),
  nfs: ignored('container-runtime', any),
  iscsi: ignored('container-runtime', any),
  fc: ignored('container-runtime', any),
  gitRepo: ignored('container-runtime', any),
  glusterfs: ignored('container-runtime', any),
  rbd: ignored('container-runtime', any),
  cephfs: ignored('container-runtime', any),
  cinder: ignored('container-runtime', any),
  flexVolume: ignored('container-runtime', any),
  flocker: ignored('container-runtime', any),
  azureFile: ignored('container-runtime', any),
  azureDisk: ignored('container-runtime', any),
  vsphereVolume: ignored('container-runtime', any),
  quobyte: ignored('container-runtime', any),
  photonPersistentDisk: ignored('container-runtime', any),
  portworxVolume: ignored('container-runtime', any),
  scaleIO: ignored('container-runtime', any),
  storageos: ignored('container-runtime', any),
  gcePersistentDisk: ignored('container-runtime', any),
  awsElasticBlockStore: ignored('container-runtime', any),
});
export type Volume = Infer<typeof volume>;

export const podSpec = object({
  containers: list(container),
  initContainers: list(container),
  ephemeralContainers: ignored('container-runtime', any),
  volumes: list(volume),
  serviceAccountName: string,
  /** The old name of serviceAccountName; the API server keeps both equal. */
  serviceAccount: string,
  hostNetwork: boolean,
  hostname: string,
  subdomain: string,
  hostAliases: ignored('not-read-by-mesh', any),
  securityContext: object({
    ...runAs,
    runAsNonRoot: ignored('container-runtime', boolean),
    fsGroup: ignored('container-runtime', int64),
    fsGroupChangePolicy: ignored('container-runtime', string),
    supplementalGroups: ignored('container-runtime', any),
    supplementalGroupsPolicy: ignored('container-runtime', string),
    seLinuxOptions: ignored('container-runtime', any),
    seLinuxChangePolicy: ignored('container-runtime', string),
    windowsOptions: ignored('container-runtime', any),
    seccompProfile: ignored('container-runtime', any),
    appArmorProfile: ignored('container-runtime', any),
    sysctls: ignored('container-runtime', any),
  }),
  automountServiceAccountToken: ignored('container-runtime', boolean),
  dnsPolicy: ignored('container-runtime', string),
  dnsConfig: ignored('container-runtime', any),
  imagePullSecrets: ignored('container-runtime', any),
  enableServiceLinks: ignored('container-runtime', boolean),
  hostPID: ignored('container-runtime', boolean),
  hostIPC: ignored('container-runtime', boolean),
  hostUsers: ignored('container-runtime', boolean),
  hostnameOverride: ignored('container-runtime', string),
  setHostnameAsFQDN: ignored('container-runtime', boolean),
  shareProcessNamespace: ignored('container-runtime', boolean),
  os: ignored('container-runtime', any),
  runtimeClassName: ignored('container-runtime', string),
  overhead: ignored('load-only', any),
  resources: ignored('load-only', any),
  resourceClaims: ignored('load-only', any),
  restartPolicy: ignored('rollout', string),
  terminationGracePeriodSeconds: ignored('rollout', int64),
  activeDeadlineSeconds: ignored('rollout', int64),
  readinessGates: ignored('rollout', any),
  nodeName: ignored('scheduling', string),
  nodeSelector: ignored('scheduling', map(string)),
  affinity: ignored('scheduling', any),
  tolerations: ignored('scheduling', any),
  topologySpreadConstraints: ignored('scheduling', any),
  priority: ignored('scheduling', int32),
  priorityClassName: ignored('scheduling', string),
  preemptionPolicy: ignored('scheduling', string),
  schedulerName: ignored('scheduling', string),
  schedulingGates: ignored('scheduling', any),
  workloadRef: ignored('scheduling', any),
});
export type PodSpec = Infer<typeof podSpec>;

export const podTemplate = object({ metadata: templateMetadata, spec: podSpec });
export type PodTemplate = Infer<typeof podTemplate>;
