/** cert-manager.io: issuers and the certificates that they sign into Secrets. */
import {
  any,
  boolean,
  enumOf,
  type Infer,
  ignored,
  int32,
  list,
  map,
  object,
  string,
  unmodelled,
} from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const issuerSpec = object({
  ca: object({
    secretName: string,
    crlDistributionPoints: list(string),
    ocspServers: ignored('no-effect', list(string)),
    issuingCertificateURLs: ignored('no-effect', list(string)),
  }),
  selfSigned: object({ crlDistributionPoints: list(string) }),
  acme: unmodelled('external-server', any),
  vault: unmodelled('external-server', any),
  venafi: unmodelled('external-server', any),
});
export type IssuerSpec = Infer<typeof issuerSpec>;

const issuerBody = object({ spec: issuerSpec, status: ignored('status', any) });

export const issuer = kubernetesKind({ group: 'cert-manager.io', versions: ['v1'], kind: 'Issuer', body: issuerBody });
export type IssuerBody = Infer<typeof issuer.body>;

export const clusterIssuer = kubernetesKind({
  group: 'cert-manager.io',
  versions: ['v1'],
  kind: 'ClusterIssuer',
  clusterScoped: true,
  body: issuerBody,
});
export type ClusterIssuerBody = Infer<typeof clusterIssuer.body>;

export const issuerRef = object({ name: string, kind: string, group: string });
export type IssuerRef = Infer<typeof issuerRef>;

const x509Subject = object({
  organizations: list(string),
  countries: list(string),
  organizationalUnits: list(string),
  localities: list(string),
  provinces: list(string),
  streetAddresses: list(string),
  postalCodes: list(string),
  serialNumber: string,
});

const nameConstraintItem = object({
  dnsDomains: list(string),
  ipRanges: list(string),
  emailAddresses: list(string),
  uriDomains: list(string),
});

const certificateSpec = object({
  subject: x509Subject,
  literalSubject: string,
  commonName: string,
  duration: string,
  renewBefore: ignored('timing-only', string),
  renewBeforePercentage: ignored('timing-only', int32),
  dnsNames: list(string),
  ipAddresses: list(string),
  uris: list(string),
  otherNames: unmodelled('not-built', any),
  emailAddresses: list(string),
  secretName: string,
  secretTemplate: ignored('not-read-by-mesh', object({ annotations: map(string), labels: map(string) })),
  keystores: ignored('not-read-by-mesh', any),
  issuerRef,
  isCA: boolean,
  usages: list(string),
  privateKey: object({
    rotationPolicy: ignored('timing-only', string),
    encoding: enumOf('', ['PKCS1', 'PKCS8']),
    algorithm: enumOf('', ['RSA', 'ECDSA', 'Ed25519']),
    size: int32,
  }),
  signatureAlgorithm: string,
  encodeUsagesInRequest: ignored('no-effect', boolean),
  revisionHistoryLimit: ignored('rollout', int32),
  additionalOutputFormats: ignored('not-read-by-mesh', list(object({ type: string }))),
  nameConstraints: object({ critical: boolean, permitted: nameConstraintItem, excluded: nameConstraintItem }),
});
export type CertificateSpec = Infer<typeof certificateSpec>;

export const certificate = kubernetesKind({
  group: 'cert-manager.io',
  versions: ['v1'],
  kind: 'Certificate',
  body: object({ spec: certificateSpec, status: ignored('status', any) }),
});
export type CertificateBody = Infer<typeof certificate.body>;

export const certificateRequest = kubernetesKind({
  group: 'cert-manager.io',
  versions: ['v1'],
  kind: 'CertificateRequest',
  body: object({
    spec: object({
      duration: string,
      issuerRef,
      request: string,
      isCA: boolean,
      usages: list(string),
      username: ignored('server-written', string),
      uid: ignored('server-written', string),
      groups: ignored('server-written', list(string)),
      extra: ignored('server-written', any),
    }),
    status: object({
      conditions: list(
        object({
          type: string,
          status: string,
          reason: string,
          message: string,
          lastTransitionTime: ignored('status', any),
        }),
      ),
      certificate: string,
      ca: string,
      failureTime: ignored('status', any),
    }),
  }),
});
export type CertificateRequestBody = Infer<typeof certificateRequest.body>;
