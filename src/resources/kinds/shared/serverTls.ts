/** TLS of a listener: Gateway servers and Sidecar ingress (`ServerTLSSettings`). */
import { boolean, enumOf, type Infer, list, object, string } from '../../schema/schema.ts';

export const tlsProtocol = enumOf('istio.networking.v1alpha3.ServerTLSSettings.TLSProtocol', [
  'TLS_AUTO',
  'TLSV1_0',
  'TLSV1_1',
  'TLSV1_2',
  'TLSV1_3',
]);

export const serverTlsSettings = object({
  httpsRedirect: boolean,
  mode: enumOf('istio.networking.v1alpha3.ServerTLSSettings.TLSmode', [
    'PASSTHROUGH',
    'SIMPLE',
    'MUTUAL',
    'AUTO_PASSTHROUGH',
    'ISTIO_MUTUAL',
    'OPTIONAL_MUTUAL',
  ]),
  serverCertificate: string,
  privateKey: string,
  caCertificates: string,
  caCrl: string,
  credentialName: string,
  credentialNames: list(string),
  caCertCredentialName: string,
  tlsCertificates: list(object({ serverCertificate: string, privateKey: string, caCertificates: string })),
  subjectAltNames: list(string),
  verifyCertificateSpki: list(string),
  verifyCertificateHash: list(string),
  minProtocolVersion: tlsProtocol,
  maxProtocolVersion: tlsProtocol,
  cipherSuites: list(string),
  ecdhCurves: list(string),
  insecureSkipVerify: boolean,
});
export type ServerTlsSettings = Infer<typeof serverTlsSettings>;
export type ServerTlsMode = NonNullable<ServerTlsSettings['mode']>;
