/**
 * The errors that cost people their evenings: each comes from one edit of a working mesh (FooCorp)
 * or of the call, gives curl's own exit code and message, names its remedy in both languages, and
 * is cured by undoing the edit.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaseCall, CaseFile } from '../conformance/caseFile.ts';
import { callFrom, variantInput } from '../conformance/input.ts';
import { compile, evaluate, parse, parsePlainYaml, type Trace } from '../engine.ts';
import { remedy as en } from '../i18n/messages/en/remedy.ts';
import { remedy as ja } from '../i18n/messages/ja/remedy.ts';
import { REMEDIES, type Remedy, remedyOf } from '../i18n/render/remedy.ts';

const read = parsePlainYaml(readFileSync('conformance/seeds/seed-000-foocorp-mutual.yaml', 'utf8'));
if (!read.ok) throw new Error(read.error);
const file = read.value as CaseFile;
const working = file.variants[0]?.calls?.find(({ name }) => name === 'frontend with the frontend client certificate');
if (working === undefined) throw new Error('the working call is gone');

type Edit = (yaml: string) => string;
type CallEdit = (call: CaseCall) => CaseCall;

const replace =
  (from: string, to: string): Edit =>
  (yaml) => {
    if (!yaml.includes(from)) throw new Error(`nothing to edit: ${from}`);
    return yaml.replace(from, to);
  };
const add =
  (document: string): Edit =>
  (yaml) =>
    `${yaml}\n---\n${document}`;
const call =
  (change: Partial<CaseCall>): CallEdit =>
  (base) => ({ ...base, ...change });
const without =
  (...fields: (keyof CaseCall)[]): CallEdit =>
  (base) =>
    Object.fromEntries(
      Object.entries(base).filter(([key]) => !fields.includes(key as keyof CaseCall)),
    ) as unknown as CaseCall;

interface Row {
  readonly title: string;
  readonly edit?: Edit;
  readonly call?: CallEdit;
  readonly exit: readonly number[];
  readonly status?: number;
  readonly error?: RegExp;
  readonly remedy: Remedy;
}

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
    remedy: 'give-the-service-endpoints',
  },
  {
    title: 'TLS switched off towards a STRICT workload',
    edit: (yaml) => add(rule('{mode: DISABLE}'))(add(STRICT)(yaml)),
    exit: [0],
    status: 503,
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
];

async function traceOf(edit: Edit | undefined, change: CallEdit | undefined): Promise<Trace> {
  const edited: CaseFile = { ...file, manifests: edit === undefined ? file.manifests : edit(file.manifests) };
  const [variant] = edited.variants;
  if (variant === undefined) throw new Error('no variant');
  const { files, options } = variantInput(edited, variant);
  const compiled = await compile(parse(files), options);
  const caseCall = change === undefined ? working : change(working as CaseCall);
  return evaluate(compiled, callFrom(compiled, edited, caseCall as CaseCall));
}

describe('one edit breaks it, undoing cures it', () => {
  it('works before any edit', async () => {
    const trace = await traceOf(undefined, undefined);
    expect(trace.outcome).toMatchObject({ curlExit: 0, status: 200 });
    expect(remedyOf(trace)).toBeUndefined();
  });

  it.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    const trace = await traceOf(row.edit, row.call);
    const { outcome } = trace;
    if (outcome.kind !== 'http') throw new Error('not HTTP');
    expect({
      exit: row.exit.includes(outcome.curlExit),
      status: outcome.status,
      remedy: remedyOf(trace),
      saw: outcome.curlExit,
    }).toEqual({
      exit: true,
      status: row.status ?? 0,
      remedy: row.remedy,
      saw: outcome.curlExit,
    });
    if (row.error !== undefined) expect(outcome.error).toMatch(row.error);
  });

  it('every remedy has its sentence in both languages', () => {
    for (const remedy of REMEDIES) {
      expect(en[remedy].length).toBeGreaterThan(10);
      expect(ja[remedy].length).toBeGreaterThan(5);
    }
  });
});
