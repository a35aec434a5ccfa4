/**
 * The error catalogue behind the first proxy: servers that a gateway hands TLS on to (PASSTHROUGH),
 * servers for which a proxy encrypts (TLS origination), and TLS inside TLS. Meshes of the corpus.
 */
import { describe, expect, it } from 'vitest';
import { add, call, type Edit, expected, played, type Row, replace, seed, titled, without } from './play.ts';

const rule = (host: string, tls: string, namespace = 'app'): Edit =>
  add(
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: added, namespace: ${namespace}}\nspec: {host: ${host}, trafficPolicy: {tls: ${tls}}}\n`,
  );
const SERVER = 'server.app.svc.cluster.local';
const SIMPLE = '{mode: SIMPLE, insecureSkipVerify: true}';
const STRICT =
  'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: app}\nspec: {mtls: {mode: STRICT}}\n';
const REGISTRY_ONLY =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}\n';

/** Until after the certificates of the corpus. */
const CENTURY = 36_500;

const unavailable = { exit: [0], status: 503 } as const;
const wrongVersion = { exit: [35], error: /wrong version number/ } as const;
const reset = { exit: [35], error: /Connection reset by peer/ } as const;
const serves = (what: string): Edit => replace('8443=https:svccert', what);

const PASSTHROUGH: readonly Row[] = [
  {
    ...wrongVersion,
    title: 'the server speaks plain text',
    edit: serves('8443=http'),
    remedy: 'terminate-tls-at-the-gateway',
  },
  {
    ...wrongVersion,
    title: 'the route names the port for plain HTTP',
    edit: replace(`host: ${SERVER}, port: {number: 443}`, `host: ${SERVER}, port: {number: 80}`),
    remedy: 'terminate-tls-at-the-gateway',
  },
  {
    title: 'the caller does not know the CA of the server',
    call: without('cacert'),
    exit: [60],
    error: /unable to get local issuer certificate/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'the server has a certificate that signs itself',
    edit: serves('8443=https'),
    exit: [60],
    error: /self-signed certificate/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'the certificate of the server has another name',
    edit: (yaml) => yaml.replaceAll('shop.example.com', 'store.example.com'),
    call: call({ url: 'https://store.example.com/' }),
    exit: [60],
    error: /no alternative certificate subject name/,
    remedy: 'use-a-name-of-the-certificate',
  },
  {
    title: 'the certificate of the server has expired',
    days: CENTURY,
    exit: [60],
    error: /certificate has expired/,
    remedy: 'renew-the-server-certificate',
  },
  {
    title: 'the server wants a client certificate',
    edit: serves('8443=https:svccert:ca'),
    exit: [55, 56],
    remedy: 'send-a-client-certificate',
  },
  {
    title: 'the server wants a client certificate, TLS 1.2',
    edit: serves('8443=https:svccert:ca'),
    call: call({ tlsMax: '1.2' }),
    exit: [35],
    error: /alert handshake failure/,
    remedy: 'send-a-client-certificate',
  },
  {
    ...reset,
    title: 'the Service selects no pod',
    edit: replace('selector: {app: server}', 'selector: {app: sever}'),
    remedy: 'give-the-service-endpoints',
  },
  {
    ...reset,
    title: 'the route names a Service that does not exist',
    edit: replace(`host: ${SERVER}, port`, 'host: sever.app.svc.cluster.local, port'),
    remedy: 'name-an-existing-cluster',
  },
  {
    title: 'its sidecar hands TLS on to a port where nothing listens',
    edit: add(
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: server, namespace: app}\nspec:\n  workloadSelector: {labels: {app: server}}\n  ingress: [{port: {number: 8443, protocol: TLS, name: tls}, defaultEndpoint: "127.0.0.1:8444"}]\n',
    ),
    exit: [35],
    flags: 'UF,URX',
    details: /^delayed_connect_error:_Connection_refused$/,
    remedy: 'make-the-application-listen',
  },
  {
    title: 'a policy denies what it cannot see into',
    edit: add(
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: nothing, namespace: app}\nspec: {}\n',
    ),
    exit: [35],
    remedy: 'change-the-policy',
  },
  {
    ...wrongVersion,
    title: 'a DestinationRule encrypts once more',
    edit: rule(SERVER, SIMPLE),
    remedy: 'encrypt-once',
  },
  {
    ...wrongVersion,
    title: 'a DestinationRule encrypts once more, and -k changes nothing',
    edit: rule(SERVER, SIMPLE),
    call: call({ insecure: true }),
    remedy: 'encrypt-once',
  },
  {
    title: 'mTLS is switched off, and the sidecar takes the caller’s TLS for its own',
    edit: (yaml) => add(STRICT)(rule(SERVER, '{mode: DISABLE}')(yaml)),
    exit: [60],
    error: /unable to get local issuer certificate/,
    remedy: 'call-with-mtls',
  },
];

const AT_A_GATEWAY: readonly Row[] = [
  {
    title: 'no DestinationRule asks for it',
    edit: replace('{mode: SIMPLE, credentialName: be-ca, sni: server.app}', '{mode: DISABLE}'),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
  {
    ...unavailable,
    title: 'the CA is another one',
    edit: replace('credentialName: be-ca', 'credentialName: shop'),
    remedy: 'trust-the-server-ca',
  },
  {
    ...unavailable,
    title: 'the Secret with the CA does not exist',
    edit: replace('credentialName: be-ca', 'credentialName: no-such-ca'),
    remedy: 'supply-the-secret',
  },
  {
    ...unavailable,
    title: 'the server speaks plain text',
    edit: serves('8443=http'),
    remedy: 'speak-plain-text-to-the-port',
  },
];

const rest = '{mode: SIMPLE, credentialName: api-ca}';
const AT_A_SIDECAR: readonly Row[] = [
  {
    title: 'no DestinationRule asks for it',
    edit: replace(rest, '{mode: DISABLE}'),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
  {
    title: 'credentialName without a workloadSelector, so the rule’s TLS is left out',
    edit: replace('  workloadSelector: {matchLabels: {app: client}}\n', ''),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
  {
    ...unavailable,
    title: 'the CA is another one',
    edit: replace('credentialName: api-ca', 'credentialName: other-ca'),
    remedy: 'trust-the-server-ca',
  },
  {
    ...unavailable,
    title: 'no CA is given, and the system does not know it',
    edit: replace(rest, '{mode: SIMPLE}'),
    remedy: 'trust-the-server-ca',
  },
  {
    ...unavailable,
    title: 'the Secret with the CA does not exist',
    edit: replace('credentialName: api-ca', 'credentialName: no-such-ca'),
    remedy: 'supply-the-secret',
  },
  {
    ...unavailable,
    title: 'the port of the server is plain',
    edit: replace('targetPort: 443', 'targetPort: 80'),
    remedy: 'speak-plain-text-to-the-port',
  },
  {
    ...unavailable,
    title: 'the server does not listen on the port',
    edit: replace('targetPort: 443', 'targetPort: 444'),
    remedy: 'make-the-application-listen',
  },
  {
    ...unavailable,
    title: 'the server has another name than is wanted',
    edit: replace(rest, '{mode: SIMPLE, credentialName: api-ca, subjectAltNames: [www.example.com]}'),
    remedy: 'use-a-name-of-the-certificate',
  },
  {
    ...unavailable,
    title: 'the certificate of the server has expired',
    days: CENTURY,
    remedy: 'renew-the-server-certificate',
  },
  {
    ...unavailable,
    title: 'the mesh’s own TLS for a server outside',
    edit: replace(rest, '{mode: ISTIO_MUTUAL}'),
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'the host is not registered, and only registered ones may be called',
    edit: (yaml) => add(REGISTRY_ONLY)(replace('hosts: [api.example.com]', 'hosts: [www.example.com]')(yaml)),
    exit: [0],
    status: 502,
    remedy: 'register-the-host',
  },
];

const WITH_A_CERTIFICATE: readonly Row[] = [
  {
    ...unavailable,
    title: 'SIMPLE where the server wants a client certificate',
    edit: replace('mode: MUTUAL, credentialName: caller', 'mode: SIMPLE, credentialName: api-ca'),
    remedy: 'originate-mutual-tls',
  },
  {
    ...unavailable,
    title: 'the Secret has only a CA',
    edit: replace('credentialName: caller', 'credentialName: api-ca'),
    remedy: 'use-the-secret-keys',
  },
  {
    ...unavailable,
    title: 'the server has another name than the Host',
    edit: replace(', sni: api.example.com', ''),
    remedy: 'use-a-name-of-the-certificate',
  },
];

const TLS_BY_THE_CALLER: readonly Row[] = [
  {
    ...wrongVersion,
    title: 'a DestinationRule encrypts once more',
    edit: rule('api.example.com', SIMPLE),
    remedy: 'encrypt-once',
  },
  {
    title: 'plain HTTP to the port',
    call: call({ url: 'http://api.example.com:443/' }),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
  {
    title: 'the host is not registered, and only registered ones may be called',
    edit: (yaml) => add(REGISTRY_ONLY)(replace('hosts: [api.example.com]', 'hosts: [www.example.com]')(yaml)),
    exit: [35],
    remedy: 'register-the-host',
  },
];

const THROUGH_AN_EGRESS_GATEWAY: readonly Row[] = [
  {
    ...wrongVersion,
    title: 'the gateway encrypts once more',
    edit: rule('api.example.com', SIMPLE, 'istio-system'),
    remedy: 'encrypt-once',
  },
  {
    ...reset,
    title: 'the sidecar encrypts once more, with the mesh’s own TLS',
    edit: replace(
      '- name: api\n',
      '- name: api\n    trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: api.example.com}}\n',
    ),
    remedy: 'encrypt-once',
  },
];

const APPLICATION: readonly Row[] = [
  {
    ...unavailable,
    title: 'the application does not listen where its sidecar sends the request',
    edit: add(
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: server, namespace: app}\nspec:\n  workloadSelector: {labels: {app: server}}\n  ingress: [{port: {number: 8080, protocol: HTTP, name: http}, defaultEndpoint: "127.0.0.1:8081"}]\n',
    ),
    remedy: 'make-the-application-listen',
  },
  {
    title: 'the application speaks no HTTP where the Service port says so',
    edit: replace('8080=http', '8080=tcp'),
    exit: [0],
    status: 502,
    flags: 'UPE',
    remedy: 'name-the-protocol',
  },
  {
    title: 'the application speaks TLS where the Service port says HTTP',
    edit: replace('8080=http', '8080=https:svccert'),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
];

describe.each([
  ['TLS handed on', seed('003-gateway-outbound', 'passthrough-auto-mtls-out', 'https'), PASSTHROUGH],
  ['a gateway encrypts', seed('003-gateway-outbound', 'https-in-simple-out-to-tls-app', 'https'), AT_A_GATEWAY],
  ['a sidecar encrypts', seed('003-outbound-external', 'simple-origination', 'application sends http'), AT_A_SIDECAR],
  [
    'a sidecar shows a certificate',
    seed('003-outbound-external', 'mutual-origination', 'application sends http'),
    WITH_A_CERTIFICATE,
  ],
  ['the caller encrypts', seed('003-outbound-external', 'as-is', 'application sends https'), TLS_BY_THE_CALLER],
  [
    'TLS through an egress gateway',
    seed('003-egress-gateway', 'passthrough', 'application sends https'),
    THROUGH_AN_EGRESS_GATEWAY,
  ],
  ['an application', seed('003-gateway-outbound', 'http-in-auto-mtls-out', 'http'), APPLICATION],
] as const)('%s', (_name, base, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(base, row)).toEqual(expected(row));
  });
});
