import { describe, expect, it } from 'vitest';
import type { Trace } from '../../trace/trace.ts';
import { EMPTY_DRAFT, type Workspace } from '../workspace/workspace.ts';
import { type ReportedVerdict, wrongVerdictReport } from './wrongVerdict.ts';

const KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n';
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0';

const workspace = {
  files: [
    { name: 'mesh.yaml', text: '# ```\nkind: Namespace\nmetadata: {name: shop}\n' },
    {
      name: 'secret.yaml',
      text: 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: swordfish\n',
    },
  ],
  calls: [],
  world: { pems: {}, tokens: {} },
} as unknown as Workspace;

const trace = {
  version: 1,
  call: {
    request: {
      kind: 'http',
      headers: [
        ['Authorization', 'Basic dXNlcjpwYXNz'],
        ['x-team', 'red'],
      ],
      tls: { certificate: { chain: 'CERT', key: KEY } },
    },
  },
  outcome: { kind: 'http', appSaw: { headers: { authorization: `Bearer ${TOKEN}`, 'x-team': 'red' } } },
} as unknown as Trace;

const about: ReportedVerdict = {
  workspace,
  trace,
  draft: { ...EMPTY_DRAFT, url: 'http://web/', headers: [['Authorization', `Bearer ${TOKEN}`]] },
  versions: 'as Istio',
  verdict: 'Refused',
  path: ['caller: one', 'proxy: two'],
  title: 'A verdict',
  headings: { call: 'Call', simulated: 'Simulated', observed: 'Observed', mesh: 'Mesh', trace: 'Trace' },
  curl: ({ url, headers }) => `curl ${url} ${JSON.stringify(headers)}`,
};

describe('the report of a wrong verdict', () => {
  const report = wrongVerdictReport(about);

  it('holds the mesh, the call, the path and the trace', () => {
    expect(report).toContain('curl http://web/');
    expect(report).toContain('1. caller: one\n2. proxy: two');
    expect(report).toContain('### mesh.yaml\n\n````yaml\n# ```\nkind: Namespace');
    expect(report).toContain('"x-team"');
  });

  it.each([
    ['a password of a Secret', 'swordfish'],
    ['the signature of a token', TOKEN.split('.')[2] ?? ''],
    ['a password of a caller', 'dXNlcjpwYXNz'],
    ['a private key', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'],
  ])('holds no %s', (_, secret) => expect(report).not.toContain(secret));
});
