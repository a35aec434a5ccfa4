/** The protocol end to end, in process: what a page may rely on. */
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import type { Call } from '../trace/call.ts';
import { inProcessClient } from './inProcess.ts';
import type { EngineClient, EngineQuery, EngineReply } from './protocol.ts';

const MESH = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: shop}
spec:
  selector: {matchLabels: {app: client}}
  template:
    metadata: {labels: {app: client}}
    spec:
      serviceAccountName: client
      containers: [{name: app, image: app}]
`;
const STRICT = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
`;

const options = { now: Date.UTC(2026, 10, 23), seed: 'session' };
const open = (revision: number, ...texts: string[]): EngineQuery => ({
  kind: 'update',
  revision,
  files: texts.map((text, i) => ({ name: `${i}.yaml`, text })),
  options,
});
const call = (container: Call['container']): Call => ({
  from: 'shop/client' as WorkloadId,
  container,
  request: {
    kind: 'http',
    url: 'http://web/',
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: { insecure: false },
  },
});

async function answerOf<Q extends EngineQuery>(client: EngineClient, query: Q) {
  const reply: EngineReply<Q['kind']> = await client.ask(query);
  if (reply.kind !== 'answer') throw new Error(`no answer: ${JSON.stringify(reply)}`);
  return reply.answer;
}

describe('a session', () => {
  it('answers a workspace with its graph, and a call with its trace and the text behind it', async () => {
    const client = inProcessClient();
    const opened = await answerOf(client, { ...open(1, MESH), kind: 'open-workspace' } as const as EngineQuery & {
      kind: 'open-workspace';
    });
    expect(opened.graph.workloads.map((w) => [w.id, w.proxy, w.mtls])).toEqual([
      ['shop/web', 'sidecar', 'PERMISSIVE'],
      ['shop/client', 'sidecar', 'PERMISSIVE'],
    ]);
    const sent = await answerOf(client, { kind: 'send', revision: 1, call: call('app') });
    expect(sent.trace.disposition).toEqual({ kind: 'served', by: 'shop/web', status: 200 });
    expect(sent.located.length).toBeGreaterThan(0);
    expect(sent.certificates.some((c) => c.subjectAltNames.some((n) => n.value.endsWith('/ns/shop/sa/web')))).toBe(
      true,
    );
  });

  it('changes its verdict with the text', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    const before = await answerOf(client, { kind: 'send', revision: 1, call: call('istio-proxy') });
    await answerOf(client, open(2, MESH, STRICT));
    const after = await answerOf(client, { kind: 'send', revision: 2, call: call('istio-proxy') });
    expect([before.trace.outcome, after.trace.outcome]).toMatchObject([
      { curlExit: 0, status: 200 },
      { curlExit: 56, status: 0 },
    ]);
  });

  it('answers what somebody draws with edits that lead there', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    const drawn = await answerOf(client, {
      kind: 'edit',
      revision: 1,
      intention: { kind: 'add-workload', namespace: 'shop', name: 'web', port: 8080 },
    });
    const change = drawn?.ok ? drawn.value : undefined;
    expect(change?.select).toBe('apps/Deployment/shop/web-2');
    const [edit] = change?.edits ?? [];
    const opened = await answerOf(client, {
      ...open(2, MESH + edit?.text),
      kind: 'update',
    } as const as EngineQuery & { kind: 'update' });
    expect(opened.graph.workloads.map(({ id }) => id)).toContain('shop/web-2');
  });

  it('previews what allowing a call opens to others and closes for the rest', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    const intention = {
      kind: 'allow-call',
      caller: 'shop/client' as WorkloadId,
      target: 'shop/web' as WorkloadId,
    } as const;
    const first = await answerOf(client, { kind: 'preview-allow', revision: 1, intention });
    if (first?.ok !== true) throw new Error('refused');
    // Nothing was closed before; from now on only the client may call, and web itself no longer.
    expect(first.value.opens).toEqual([]);
    expect(new Set(first.value.closes.map(({ from }) => from))).toEqual(new Set(['shop/web']));
    const closed = `\n---${STRICT.replace('PeerAuthentication', 'AuthorizationPolicy').replace('{mtls: {mode: STRICT}}', '{}')}`;
    await answerOf(client, open(2, MESH, closed));
    const second = await answerOf(client, { kind: 'preview-allow', revision: 2, intention });
    expect(second).toMatchObject({ ok: true, value: { closes: [] } });
    expect(new Set(second?.ok ? second.value.opens.map(({ from }) => from) : [])).toEqual(new Set(['shop/client']));
    const nobody = { ...intention, caller: 'shop/no' as WorkloadId };
    expect(await answerOf(client, { kind: 'preview-allow', revision: 2, intention: nobody })).toMatchObject({
      ok: false,
      error: { code: 'not-there' },
    });
  });

  it('mends what a diagnostic found, and gives things as they are written', async () => {
    const client = inProcessClient();
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {dnsPolicyy: x} # mine\n';
    const { diagnostics } = await answerOf(client, {
      ...open(1, text),
      kind: 'update',
    } as const as EngineQuery & { kind: 'update' });
    const [diagnostic] = diagnostics;
    if (diagnostic === undefined) throw new Error('nothing found');
    const fixes = await answerOf(client, { kind: 'fixes', revision: 1, diagnostic });
    expect(fixes?.map(({ code }) => code)).toContain('remove-field');
    const what = [{ kind: 'workload', id: 'shop/p' as WorkloadId }] as const;
    expect(await answerOf(client, { kind: 'excerpt', revision: 1, what })).toBe(text);
  });

  it('does not draw on a text that is no longer the newest', async () => {
    const client = inProcessClient();
    await answerOf(client, open(2, MESH));
    const reply = await client.ask({
      kind: 'edit',
      revision: 1,
      intention: { kind: 'add-namespace', name: 'late', injection: true },
    });
    expect(reply.kind).toBe('stale');
  });

  it('calls a query stale that a newer workspace has overtaken', async () => {
    const client = inProcessClient();
    const first = client.ask(open(1, MESH));
    const second = client.ask(open(2, MESH, STRICT));
    expect([(await first).kind, (await second).kind]).toEqual(['stale', 'answer']);
  });

  it('forgets a cancelled request', async () => {
    const client = inProcessClient();
    const abort = new AbortController();
    const reply = client.ask(open(1, MESH), abort.signal);
    abort.abort();
    expect(await reply).toEqual({ kind: 'cancelled' });
  });

  it('has nothing to say of a workload that is not there', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    expect(
      await answerOf(client, { kind: 'identity', revision: 1, workload: 'shop/none' as WorkloadId }),
    ).toBeUndefined();
  });

  it('shows configuration, identity and policies of a proxy without private keys', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH, STRICT));
    const workload = 'shop/web' as WorkloadId;
    const config = await answerOf(client, { kind: 'proxy-config', revision: 1, workload });
    const identity = await answerOf(client, { kind: 'identity', revision: 1, workload });
    const policies = await answerOf(client, { kind: 'policies', revision: 1, workload });
    expect(config?.tables.map((table) => [table.id, table.rows.length > 0])).toEqual([
      ['listeners', true],
      ['routes', true],
      ['clusters', true],
      ['endpoints', true],
      ['secrets', true],
    ]);
    expect(identity?.chain[0]?.subjectAltNames).toEqual([
      { type: 'URI', value: 'spiffe://cluster.local/ns/shop/sa/web' },
    ]);
    expect(policies?.mtls[0]).toMatchObject({
      port: 'default',
      mode: 'STRICT',
      by: 'security.istio.io/PeerAuthentication/shop/default',
    });
    expect(JSON.stringify([config, identity, policies])).not.toMatch(/PRIVATE KEY|"scalar"/);
  });

  it('answers a handshake of a call with its bytes, which end as the trace says', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH, STRICT));
    const { trace } = await answerOf(client, { kind: 'send', revision: 1, call: call('app') });
    const steps = trace.hops.flatMap((hop) => hop.steps.filter((step) => step.kind === 'tls-handshake'));
    const [step] = steps;
    if (step === undefined) throw new Error('no handshake');
    const { connection, layer } = step;
    const ask = { kind: 'handshake', revision: 1, call: call('app'), connection, layer } as const;
    const bytes = await answerOf(client, ask);
    expect(bytes).toMatchObject({
      connection,
      layer,
      result: { kind: 'established' },
      negotiated: { version: '1.3', alpn: step.negotiated?.alpn },
      serverName: step.client.sni,
    });
    expect(bytes?.messages.map(({ name }) => name)).toContain('certificate_verify');
    // The request is in it, sealed.
    const request = bytes?.messages.find(({ name, from }) => name === 'application_data' && from === 'client');
    expect(Buffer.from(request?.plain ?? '', 'hex').toString()).toMatch(/^GET \/ HTTP\/1.1\r\nhost: web\r\n/);
    expect(await answerOf(client, ask)).toEqual(bytes);
    expect(await answerOf(client, { ...ask, connection: 99 })).toBeUndefined();
  });

  it('tells how a proxy got its certificate, step by step', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    const ask = (workload: string) =>
      answerOf(client, { kind: 'csr-flow', revision: 1, workload: workload as WorkloadId } as const);
    const flow = await ask('shop/web');
    expect(flow).toMatchObject({ unknown: false });
    expect(flow?.failure).toBeUndefined();
    expect(flow?.steps.map(({ kind, from, ok }) => [kind, from, ok])).toEqual([
      ['key-and-request-made', 'agent', true],
      ['request-sent', 'agent', true],
      ['caller-authenticated', 'istiod', true],
      ['request-checked', 'istiod', true],
      ['certificate-signed', 'istiod', true],
      ['reply-received', 'istiod', true],
      ['secret-delivered', 'agent', true],
    ]);
    expect(await ask('shop/none')).toBeUndefined();
  });

  it('tells where a certificate request ends that nobody signs', async () => {
    const client = inProcessClient();
    const signer = `
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: {name: signer, namespace: shop}
spec: {environmentVariables: {ISTIO_META_CERT_SIGNER: nobody}}
`;
    const opened = await answerOf(client, { ...open(1, MESH, signer), kind: 'update' } as const as EngineQuery & {
      kind: 'update';
    });
    const flow = await answerOf(client, { kind: 'csr-flow', revision: 1, workload: 'shop/web' as WorkloadId });
    expect(flow?.failure).toMatchObject({ code: 'csr-timeout', retried: true });
    expect(flow?.steps.at(-1)).toMatchObject({ kind: 'csr-answered', ok: false });
    expect(opened.diagnostics.map(({ code }) => code)).toContain('workload-certificate-refused');
  });

  it('lists every certificate with its holders, the first to expire first; a later clock has newer ones', async () => {
    const client = inProcessClient();
    await answerOf(client, open(1, MESH));
    const list = await answerOf(client, { kind: 'certificates', revision: 1 } as const);
    const holders = list?.certificates.map((entry) => entry.holders.map(({ kind, name }) => `${kind} ${name}`));
    expect(holders).toEqual([['proxy shop/web'], ['proxy shop/client'], ['anchor istiod']]);
    const ends = (view: typeof list) => view?.certificates.map(({ certificate }) => certificate.notAfter) ?? [];
    expect(ends(list)).toEqual([...ends(list)].sort((a, b) => a - b));
    const later = { ...options, now: options.now + 30 * 86_400_000 };
    await answerOf(client, { kind: 'update', revision: 2, files: [{ name: '0.yaml', text: MESH }], options: later });
    const renewed = await answerOf(client, { kind: 'certificates', revision: 2 } as const);
    expect(Math.min(...ends(renewed))).toBeGreaterThan(later.now);
  });
});
