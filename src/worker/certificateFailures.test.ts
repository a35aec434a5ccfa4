/** The gallery of certificate failures: each call fails in the way that its name says, in the trace and in bytes. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../trace/call.ts';
import { inProcessClient } from './inProcess.ts';

const EXAMPLE = 'src/scenarios/catalog/certificate-failures';
const read = (name: string): string => readFileSync(`${EXAMPLE}/${name}`, 'utf8');
interface Manifest {
  readonly now: string;
  readonly seed: string;
  readonly files: readonly string[];
  readonly addresses: Readonly<Record<string, string>>;
  readonly calls: readonly {
    readonly id: string;
    readonly url: string;
    readonly connectTo: string;
    readonly cert?: string;
    readonly note: { readonly en: string; readonly ja: string };
  }[];
}
const manifest = JSON.parse(read('workspace.json')) as Manifest;
const blocks = (name: string): readonly string[] =>
  read(`pems/${name}.pem`).match(/-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----\n?/g) ?? [];
const isKey = (block: string): boolean => block.includes('PRIVATE KEY');

const callOf = ({ url, connectTo, cert }: Manifest['calls'][number]): Call => ({
  from: 'outside',
  container: 'app',
  connectTo,
  request: {
    kind: 'http',
    url,
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: {
      insecure: false,
      caCertificates: blocks('gallery-root').join(''),
      ...(cert === undefined
        ? {}
        : {
            certificate: {
              chain: blocks(cert)
                .filter((block) => !isKey(block))
                .join(''),
              key: blocks(cert).find(isKey) ?? '',
            },
          }),
    },
  },
});

/** How each ends: curl's exit status, who refuses, with which alert; the check that fails. */
const ENDS: Readonly<Record<string, readonly [exit: number, by?: string, alert?: string | undefined, check?: string]>> =
  {
    fine: [0],
    expired: [60, 'client', 'certificate_expired', 'validity'],
    'not-yet-valid': [60, 'client', 'bad_certificate', 'validity'],
    'untrusted-root': [60, 'client', 'unknown_ca', 'chain'],
    'missing-intermediate': [60, 'client', 'unknown_ca', 'chain'],
    'wrong-name': [60, 'client', undefined, 'names'],
    'wrong-usage': [60, 'client', 'unsupported_certificate', 'usage'],
    'path-length': [60, 'client', 'unknown_ca', 'constraints'],
    'client-missing': [56, 'server', 'certificate_required', 'presented'],
    'client-unknown': [56, 'server', 'unknown_ca', 'chain'],
    'client-domain': [56, 'server', 'certificate_unknown', 'names'],
    revoked: [56, 'server', 'certificate_revoked', 'revocation'],
    'key-mismatch': [35],
  };

describe('the gallery of certificate failures', () => {
  const client = inProcessClient();
  beforeAll(async () => {
    const { now, seed, addresses, files } = manifest;
    const opened = await client.ask({
      kind: 'open-workspace',
      revision: 1,
      files: files.map((name) => ({ name, text: read(name) })),
      options: { now: Date.parse(now), seed, addresses },
    });
    expect(opened.kind === 'answer' && opened.answer.diagnostics).toEqual([]);
  });

  it('has a known end for each of its calls, with cause and cure in both languages', () => {
    expect(manifest.calls.map(({ id }) => id).sort()).toEqual(Object.keys(ENDS).sort());
    for (const { id, note } of manifest.calls) {
      if (id === 'fine') continue;
      expect([id, note.en]).toEqual([id, expect.stringMatching(/^Cause: .+ Cure: .+\.$/)]);
      expect([id, note.ja]).toEqual([id, expect.stringMatching(/^原因: .+対処: .+。$/)]);
    }
  });

  it.each(manifest.calls)('$id', async (entry) => {
    const [exit, by, alert, check] = ENDS[entry.id] ?? [-1];
    const call = callOf(entry);
    const sent = await client.ask({ kind: 'send', revision: 1, call });
    if (sent.kind !== 'answer') throw new Error(sent.kind);
    const { trace } = sent.answer;
    const steps = trace.hops.flatMap((hop) => hop.steps.filter((step) => step.kind === 'tls-handshake'));
    const first = steps.find(({ connection }) => connection === 1);
    const refused = first?.result.kind === 'refused' ? first.result : undefined;
    const { outcome } = trace;
    const curlExit = outcome.kind === 'unknown' || !('curlExit' in outcome) ? undefined : outcome.curlExit;
    expect([curlExit, refused?.by, refused?.alert]).toEqual([exit, by, alert]);
    expect(first?.checks.find(({ passed }) => !passed)?.check).toBe(check);
    const bytes = await client.ask({ kind: 'handshake', revision: 1, call, connection: 1, layer: 1 });
    const result = bytes.kind === 'answer' ? bytes.answer?.result : undefined;
    expect(result?.kind).toBe(first?.result.kind);
    if (result?.kind === 'refused') expect([result.by, result.alert]).toEqual([by, alert]);
  });
});
