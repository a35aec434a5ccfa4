/**
 * The error catalogue in Envoy's own words: the numbers and names of BoringSSL's errors, whoever of the
 * two sides says them, and what a connection that never came about is put down to.
 */
import { describe, expect, it } from 'vitest';
import {
  add,
  type Base,
  call,
  expected,
  FOOCORP,
  played,
  type Row,
  replace,
  seed,
  titled,
  WORKING,
  without,
} from './play.ts';

const word = (number: number, name: string): RegExp =>
  new RegExp(`^TLS_error:\\|${number}:SSL_routines:OPENSSL_internal:${name}(?::.*)?:TLS_error_end$`);
const tls = 'credentialName: frontend-credential}';
const rule = (text: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: frontend, namespace: istio-system}\nspec: {host: frontend.ux.svc.cluster.local, trafficPolicy: ${text}}\n`;
const elsewhere = (address: string): ((yaml: string) => string) =>
  add(
    `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: gone, namespace: istio-system}\nspec: {hosts: [gone.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC, endpoints: [{address: ${address}}]}\n`,
  );
const toThere = replace('host: frontend.ux.svc.cluster.local, port', 'host: gone.example.com, port');

const AT_THE_GATEWAY: readonly Row[] = [
  {
    title: 'no client certificate',
    call: without('cert'),
    exit: [55, 56],
    details: word(268435648, 'PEER_DID_NOT_RETURN_A_CERTIFICATE'),
    remedy: 'send-a-client-certificate',
  },
  {
    title: 'a client certificate of another CA',
    call: call({ cert: 'inventory-client' }),
    exit: [55, 56],
    details: word(268435581, 'CERTIFICATE_VERIFY_FAILED'),
    remedy: 'use-a-certificate-of-the-client-ca',
  },
  {
    title: 'a caller that does not know the CA says so, TLS 1.2',
    call: (base) => ({ ...without('cacert')(base), tlsMax: '1.2' }),
    exit: [60],
    details: word(268436504, 'TLSV1_ALERT_UNKNOWN_CA'),
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'its certificate has expired, TLS 1.2',
    days: 40_000,
    call: call({ tlsMax: '1.2' }),
    exit: [60],
    details: word(268436501, 'SSLV3_ALERT_CERTIFICATE_EXPIRED'),
    remedy: 'renew-the-server-certificate',
  },
  {
    title: 'a name that the certificate behind it does not have',
    edit: add(rule('{tls: {mode: ISTIO_MUTUAL, subjectAltNames: [spiffe://cluster.local/ns/ux/sa/other]}}')),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    // Said by the sidecar that is refused.
    details: word(268436502, 'SSLV3_ALERT_CERTIFICATE_UNKNOWN'),
    remedy: 'use-a-name-of-the-certificate',
  },
  {
    title: 'plain HTTP',
    edit: replace('hosts: ["frontend.foocorp.com"]\n  - port', 'hosts: ["*"]\n  - port'),
    call: call({ url: 'http://frontend.foocorp.com:443/' }),
    exit: [52],
    details: word(268435612, 'HTTP_REQUEST'),
    remedy: 'speak-tls-to-the-port',
  },
  {
    title: 'an older version than it takes',
    edit: replace(tls, `${tls.slice(0, -1)}, minProtocolVersion: TLSV1_3}`),
    call: call({ tlsMax: '1.2' }),
    exit: [35],
    details: word(268435696, 'UNSUPPORTED_PROTOCOL'),
    remedy: 'agree-on-tls-version',
  },
  {
    title: 'no cipher suite of its certificate',
    edit: replace(
      tls,
      `${tls.slice(0, -1)}, maxProtocolVersion: TLSV1_2, cipherSuites: [ECDHE-ECDSA-AES128-GCM-SHA256]}`,
    ),
    exit: [35],
    details: word(268435634, 'NO_SHARED_CIPHER'),
    remedy: 'agree-on-tls-version',
  },
  {
    title: 'the server behind it resets the handshake',
    edit: add(rule('{tls: {mode: SIMPLE, insecureSkipVerify: true}}')),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: /^TLS_error:\|33554536:system_library:OPENSSL_internal:Connection_reset_by_peer:TLS_error_end$/,
    remedy: 'use-mesh-mtls',
  },
  {
    title: 'an address of the pod network that nobody has',
    edit: (yaml) => elsewhere('10.244.77.77')(toThere(yaml)),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: /^delayed_connect_error:_No_route_to_host$/,
    remedy: 'reach-the-address',
  },
  {
    title: 'an address that leads nowhere',
    edit: (yaml) => elsewhere('192.0.2.77')(toThere(yaml)),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: /^delayed_connect_error:_Network_is_unreachable$/,
    remedy: 'reach-the-address',
  },
  {
    title: 'other calls fill the connection pool',
    edit: add(rule('{connectionPool: {http: {http2MaxRequests: 2}}}')),
    call: call({ alongside: 2 }),
    exit: [0],
    status: 503,
    flags: 'UO',
    details: /\{overflow\}$/,
    remedy: 'widen-the-pool',
  },
  {
    title: 'other calls fill it, and this one waits',
    edit: add(rule('{connectionPool: {tcp: {maxConnections: 2}}}')),
    call: call({ alongside: 2 }),
    exit: [28],
    flags: 'DC',
    remedy: 'widen-the-pool',
  },
  {
    title: 'other calls leave room',
    edit: add(rule('{connectionPool: {http: {http2MaxRequests: 3}}}')),
    call: call({ alongside: 2 }),
    exit: [0],
    status: 200,
  },
];

const AT_A_SIDECAR: readonly Row[] = [
  {
    title: 'a CA that did not sign the server',
    edit: replace('credentialName: api-ca', 'credentialName: other-ca'),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: word(268435581, 'CERTIFICATE_VERIFY_FAILED'),
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'a server that speaks plain text',
    edit: replace('targetPort: 443', 'targetPort: 80'),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: word(268435703, 'WRONG_VERSION_NUMBER'),
    remedy: 'speak-plain-text-to-the-port',
  },
  {
    title: 'a Secret that does not exist',
    edit: replace('credentialName: api-ca', 'credentialName: no-such-ca'),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    details: /^TLS_error:_Secret_is_not_supplied_by_SDS$/,
    remedy: 'supply-the-secret',
  },
];

/** A sidecar that speaks TLS to the gateway of the mesh, which asks for no certificate. */
const ASKED_FOR_NONE = 'mode: SIMPLE, credentialName: frontend-credential';
const THROUGH_THE_GATEWAY: Base = {
  file: {
    ...FOOCORP,
    manifests: add(
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: gateway, namespace: istio-system}\nspec: {host: istio-ingressgateway.istio-system.svc.cluster.local, trafficPolicy: {tls: {mode: SIMPLE, sni: frontend.foocorp.com, insecureSkipVerify: true}}}\n',
    )(replace('mode: MUTUAL, credentialName: frontend-credential', ASKED_FOR_NONE)(FOOCORP.manifests)),
  },
  call: {
    ...without('cert', 'cacert', 'connectTo')(WORKING),
    from: 'corp-services/inventory',
    url: 'http://istio-ingressgateway.istio-system:443/',
  },
};

const FROM_A_SIDECAR_TO_A_GATEWAY: readonly Row[] = [
  {
    title: 'asked for a certificate it does not have, TLS 1.2',
    edit: replace(ASKED_FOR_NONE, 'mode: MUTUAL, maxProtocolVersion: TLSV1_2, credentialName: frontend-credential'),
    exit: [52, 56],
    flags: 'UF,URX',
    details: word(268436496, 'SSLV3_ALERT_HANDSHAKE_FAILURE'),
    remedy: 'originate-mutual-tls',
  },
  {
    title: 'asked for a certificate it does not have, TLS 1.3: only the gateway says so',
    edit: replace(ASKED_FOR_NONE, 'mode: MUTUAL, credentialName: frontend-credential'),
    exit: [52, 56],
    details: word(268435648, 'PEER_DID_NOT_RETURN_A_CERTIFICATE'),
    remedy: 'originate-mutual-tls',
  },
  {
    title: 'an older version than it speaks',
    edit: replace(
      ASKED_FOR_NONE,
      'mode: SIMPLE, minProtocolVersion: TLSV1_1, maxProtocolVersion: TLSV1_1, credentialName: frontend-credential',
    ),
    exit: [52, 56],
    flags: 'UF,URX',
    details: word(268436526, 'TLSV1_ALERT_PROTOCOL_VERSION'),
    remedy: 'agree-on-tls-version',
  },
];

describe.each([
  ['from a sidecar to a gateway', THROUGH_THE_GATEWAY, FROM_A_SIDECAR_TO_A_GATEWAY],
  ['at a gateway', { file: FOOCORP, call: WORKING }, AT_THE_GATEWAY],
  ['at a sidecar', seed('003-outbound-external', 'simple-origination', 'application sends http'), AT_A_SIDECAR],
] as const)('%s', (_name, base, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(base, row)).toEqual(expected(row));
  });
});
