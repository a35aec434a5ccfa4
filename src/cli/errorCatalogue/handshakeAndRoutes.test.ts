/**
 * The errors that cost people their evenings: each comes from one edit of a working mesh (FooCorp)
 * or of the call, gives curl's own exit code and message, names its remedy, and is cured by undoing
 * the edit. Here: names, ports, what the two sides present, routes and upstreams.
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
  titled,
  WORKING,
  without,
} from './play.ts';

const BASE: Base = { file: FOOCORP, call: WORKING };

const STRICT =
  'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: ux}\nspec: {mtls: {mode: STRICT}}\n';
const rule = (tls: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: frontend, namespace: istio-system}\nspec: {host: frontend.ux.svc.cluster.local, trafficPolicy: {tls: ${tls}}}\n`;

const ROWS: readonly Row[] = [
  {
    title: 'the name does not resolve',
    call: (base) => ({ ...without('connectTo')(base), url: 'https://nowhere.example.net/' }),
    exit: [6],
    error: /Could not resolve host/,
    remedy: 'resolve-the-name',
  },
  {
    title: 'nothing listens: the selector matches no gateway',
    edit: replace('selector: {istio: ingressgateway}\n  servers', 'selector: {istio: nobody}\n  servers'),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'open-the-port',
  },
  {
    title: 'plain HTTP port that no server opens',
    call: call({ url: 'http://frontend.foocorp.com/' }),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'open-the-port',
  },
  {
    title: 'the caller trusts nobody who signed the server',
    call: without('cacert'),
    exit: [60],
    error: /unable to get local issuer certificate/,
    remedy: 'trust-the-server-ca',
  },
  {
    title: 'the certificate has another name',
    edit: replace('credentialName: frontend-credential', 'credentialName: inventory-credential'),
    call: call({ cacert: 'inventory-intermediate,inventory-root' }),
    exit: [60],
    error: /no alternative certificate subject name/,
    remedy: 'use-a-name-of-the-certificate',
  },
  {
    title: 'no client certificate, TLS 1.3',
    call: without('cert'),
    exit: [55, 56],
    remedy: 'send-a-client-certificate',
  },
  {
    title: 'no client certificate, TLS 1.2',
    call: (base) => ({ ...without('cert')(base), tlsMax: '1.2' }),
    exit: [35],
    error: /sslv3 alert handshake failure/,
    remedy: 'send-a-client-certificate',
  },
  {
    title: 'a client certificate of another CA',
    call: call({ cert: 'inventory-client' }),
    exit: [55, 56],
    remedy: 'use-a-certificate-of-the-client-ca',
  },
  {
    title: 'a client certificate that has expired',
    call: call({
      cert: 'inventory-client-expired',
      url: 'https://inventory.foocorp.com/',
      headers: { Host: 'inventory.foocorp.com' },
      cacert: 'inventory-intermediate,inventory-root',
    }),
    exit: [55, 56],
    remedy: 'renew-the-client-certificate',
  },
  {
    title: 'a client name that is not accepted',
    edit: replace(
      'credentialName: frontend-credential}',
      'credentialName: frontend-credential, subjectAltNames: [partner.example.com]}',
    ),
    exit: [55, 56],
    remedy: 'use-an-accepted-client-name',
  },
  {
    title: 'the Secret does not exist',
    edit: replace('credentialName: frontend-credential', 'credentialName: no-such-credential'),
    exit: [35],
    error: /Connection reset by peer/,
    remedy: 'supply-the-secret',
  },
  {
    title: 'a server name that no server lists',
    edit: replace('hosts: ["frontend.foocorp.com"]\n  - port', 'hosts: ["www.foocorp.com"]\n  - port'),
    exit: [35],
    error: /Connection reset by peer/,
    remedy: 'use-a-listed-server-name',
  },
  {
    title: 'TLS versions that do not meet',
    edit: replace(
      'credentialName: frontend-credential}',
      'credentialName: frontend-credential, minProtocolVersion: TLSV1_3}',
    ),
    call: call({ tlsMax: '1.2' }),
    exit: [35],
    error: /tlsv1 alert protocol version/,
    remedy: 'agree-on-tls-version',
  },
  {
    title: 'plain HTTP to a port with server names',
    call: call({ url: 'http://frontend.foocorp.com:443/' }),
    exit: [56],
    error: /Connection reset by peer/,
    remedy: 'speak-tls-to-the-port',
  },
  {
    title: 'https to a plain HTTP port',
    edit: replace(
      '  - port: {number: 443, name: https-frontend, protocol: HTTPS}\n    tls: {mode: MUTUAL, credentialName: frontend-credential}',
      '  - port: {number: 80, name: http-frontend, protocol: HTTP}',
    ),
    call: call({ url: 'https://frontend.foocorp.com:80/' }),
    exit: [35],
    error: /wrong version number/,
    remedy: 'speak-plain-text-to-the-port',
  },
  {
    title: 'no VirtualService is bound',
    edit: replace('gateways: [foocorp-gateway]', 'gateways: [other-gateway]'),
    exit: [0],
    status: 404,
    flags: 'NR',
    remedy: 'add-a-route',
  },
  {
    title: 'another path than the one routed',
    call: call({ url: 'https://frontend.foocorp.com/other' }),
    exit: [0],
    status: 404,
    remedy: 'add-a-route',
  },
  {
    title: 'a destination that does not exist',
    edit: replace('host: frontend.ux.svc.cluster.local, port', 'host: frontend.nowhere.svc.cluster.local, port'),
    exit: [0],
    status: 503,
    flags: 'NC',
    remedy: 'name-an-existing-cluster',
  },
  {
    title: 'the target port instead of the Service port',
    edit: replace(
      'host: frontend.ux.svc.cluster.local, port: {number: 80}',
      'host: frontend.ux.svc.cluster.local, port: {number: 8080}',
    ),
    exit: [0],
    status: 503,
    remedy: 'name-an-existing-cluster',
  },
  {
    title: 'a Service that selects no pod',
    edit: replace('selector: {app: frontend}', 'selector: {app: fronted}'),
    exit: [0],
    status: 503,
    flags: 'UH',
    remedy: 'give-the-service-endpoints',
  },
  {
    title: 'TLS switched off towards a STRICT workload',
    edit: (yaml) => add(rule('{mode: DISABLE}'))(add(STRICT)(yaml)),
    exit: [0],
    status: 503,
    flags: 'UC',
    remedy: 'call-with-mtls',
  },
  {
    title: 'plain text past the sidecars to a STRICT workload',
    edit: add(STRICT),
    call: () => ({
      name: 'around',
      from: 'corp-services/inventory',
      container: 'istio-proxy',
      url: 'http://frontend.ux/',
    }),
    exit: [52, 55, 56],
    remedy: 'call-with-mtls',
  },
  {
    title: 'TLS of one’s own to a STRICT workload',
    edit: add(STRICT),
    call: () => ({
      name: 'around',
      from: 'corp-services/inventory',
      container: 'istio-proxy',
      url: 'https://frontend.ux:80/',
      insecure: true,
    }),
    exit: [35, 55, 56],
    remedy: 'call-with-mtls',
  },
  {
    title: 'SIMPLE TLS towards a sidecar',
    edit: add(rule('{mode: SIMPLE, insecureSkipVerify: true}')),
    exit: [0],
    status: 503,
    remedy: 'use-mesh-mtls',
  },
  {
    title: 'a policy denies',
    edit: add(
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: nothing, namespace: ux}\nspec: {}\n',
    ),
    exit: [0],
    status: 403,
    remedy: 'change-the-policy',
  },
  {
    title: 'a client certificate of another CA, TLS 1.2',
    call: call({ cert: 'inventory-client', tlsMax: '1.2' }),
    exit: [35],
    error: /tlsv1 alert unknown ca/,
    remedy: 'use-a-certificate-of-the-client-ca',
  },
  {
    title: 'no common cipher suite',
    edit: replace(
      'credentialName: frontend-credential}',
      'credentialName: frontend-credential, maxProtocolVersion: TLSV1_2, cipherSuites: [ECDHE-ECDSA-AES128-GCM-SHA256]}',
    ),
    exit: [35],
    error: /sslv3 alert handshake failure/,
    remedy: 'agree-on-tls-version',
  },
  {
    title: 'plain HTTP to a port that takes any server name',
    edit: replace('hosts: ["frontend.foocorp.com"]\n  - port', 'hosts: ["*"]\n  - port'),
    call: call({ url: 'http://frontend.foocorp.com:443/' }),
    exit: [52],
    error: /Empty reply from server/,
    remedy: 'speak-tls-to-the-port',
  },
  {
    title: 'by address, so without a server name',
    call: call({ url: 'https://203.0.113.11/', insecure: true }),
    exit: [35],
    error: /Connection reset by peer/,
    remedy: 'use-a-listed-server-name',
  },
  {
    title: 'a Host that the server of this server name does not have',
    call: call({ headers: { Host: 'inventory.foocorp.com' } }),
    exit: [0],
    status: 404,
    remedy: 'add-a-route',
  },
  {
    title: 'a VirtualService for a host that the server does not list',
    edit: replace('hosts: ["frontend.foocorp.com"]\n  gateways', 'hosts: ["www.foocorp.com"]\n  gateways'),
    exit: [0],
    status: 404,
    remedy: 'add-a-route',
  },
  {
    title: 'a Gateway that admits VirtualServices of another namespace only',
    edit: replace('hosts: ["frontend.foocorp.com"]\n  - port', 'hosts: ["ux/frontend.foocorp.com"]\n  - port'),
    exit: [0],
    status: 404,
    remedy: 'add-a-route',
  },
  {
    title: 'two servers with the same server name: Envoy refuses the listener',
    edit: replace('hosts: ["inventory.foocorp.com"]\n---', 'hosts: ["ux/frontend.foocorp.com"]\n---'),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'mend-the-listener',
  },
  {
    title: 'names to accept without a CA: Envoy refuses the listener',
    edit: replace(
      'mode: MUTUAL, credentialName: frontend-credential}',
      'mode: SIMPLE, credentialName: frontend-credential, subjectAltNames: [partner.example.com]}',
    ),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'mend-the-listener',
  },
  {
    title: 'TLS terminated for TCP, and no TCP route: the port stays closed',
    edit: (yaml) =>
      replace(
        'name: https-inventory, protocol: HTTPS',
        'name: https-inventory, protocol: TLS',
      )(replace('name: https-frontend, protocol: HTTPS', 'name: https-frontend, protocol: TLS')(yaml)),
    exit: [7],
    error: /Failed to connect/,
    remedy: 'open-the-port',
  },
  {
    title: 'PASSTHROUGH without a tls route',
    edit: replace('{mode: MUTUAL, credentialName: frontend-credential}', '{mode: PASSTHROUGH}'),
    exit: [35],
    error: /Connection reset by peer/,
    remedy: 'use-a-listed-server-name',
  },
  {
    title: 'HTTP/1.0',
    call: call({ http10: true }),
    exit: [0],
    status: 426,
    flags: 'DPE',
    remedy: 'use-http-1.1',
  },
  {
    title: 'an injected fault',
    edit: replace(
      '- match: [{uri: {exact: /}}]\n      route: [{destination: {host: frontend'.replace('      route', '    route'),
      '- match: [{uri: {exact: /}}]\n    fault: {abort: {httpStatus: 500, percentage: {value: 100}}}\n    route: [{destination: {host: frontend',
    ),
    exit: [0],
    status: 500,
    flags: 'FI',
    remedy: 'take-the-fault-away',
  },
  {
    title: 'a delay longer than the caller waits',
    edit: replace(
      '- match: [{uri: {exact: /}}]\n    route: [{destination: {host: frontend',
      '- match: [{uri: {exact: /}}]\n    fault: {delay: {fixedDelay: 20s, percentage: {value: 100}}}\n    route: [{destination: {host: frontend',
    ),
    exit: [28],
    error: /timed out/,
    flags: 'DI,DC',
    remedy: 'take-the-fault-away',
  },
  {
    title: 'a token is demanded, and none is sent',
    edit: add(
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: token, namespace: ux}\nspec: {rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]}\n',
    ),
    exit: [0],
    status: 403,
    remedy: 'change-the-policy',
  },
  {
    title: 'TLS to an application that speaks plain text',
    edit: (yaml) =>
      replace(
        'labels: {app: frontend}\n    spec',
        'labels: {app: frontend, sidecar.istio.io/inject: "false"}\n      spec'.replaceAll('      spec', '    spec'),
      )(add(rule('{mode: SIMPLE, insecureSkipVerify: true}'))(yaml)),
    exit: [0],
    status: 503,
    remedy: 'speak-plain-text-to-the-port',
  },
];

describe('one edit breaks it, undoing cures it', () => {
  it.each(titled(ROWS))('%s', async (_title, row) => {
    expect(await played(BASE, row)).toEqual(expected(row));
  });
});
