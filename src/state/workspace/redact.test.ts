import { describe, expect, it } from 'vitest';
import { REDACTED, redactText, redactWorkspace } from './redact.ts';
import { EMPTY_DRAFT, WORKSPACE_SCHEMA, type Workspace } from './workspace.ts';

const key = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwgg', '-----END PRIVATE KEY-----'].join(
  '\n',
);
const certificate = '-----BEGIN CERTIFICATE-----\nMIIDRjCCAi6gAwIBAgIIGOqJxGmzsgMw\n-----END CERTIFICATE-----\n';
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJlLXZhbHVl';
const nothingPublic = () => false;

describe('redactText', () => {
  it.each([
    ['a PEM key', key],
    ['an indented PEM key in a block scalar', `data:\n  key: |\n${key.replace(/^/gm, '    ')}\n`],
    ['an RSA key', key.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    ['a key whose end was cut off', key.slice(0, 60)],
    ['a PEM key in base64', `kind: Secret\ndata:\n  tls.key: ${btoa(key)}\n`],
    ['a base64 key outside a Secret', `annotation: ${btoa(key)}`],
  ])('takes out %s', (_, text) => {
    const { value, found } = redactText(text, nothingPublic);
    expect(found).toHaveLength(1);
    expect(value).toContain(REDACTED);
    expect(value).not.toContain('MIIEvQ');
    expect(value).not.toContain(btoa(key).slice(0, 30));
  });

  it('takes out any other value of a Secret, and leaves other documents alone', () => {
    const text =
      'kind: Secret\nstringData:\n  password: "hunter2"\nmetadata:\n  name: a\n---\nkind: ConfigMap\ndata:\n  mode: open\n';
    expect(redactText(text, nothingPublic).value).toBe(text.replace('hunter2', REDACTED));
  });

  it('keeps certificates, in the clear and in base64', () => {
    const text = `kind: Secret\ndata:\n  tls.crt: ${btoa(certificate)}\n  ca: |\n    ${certificate}`;
    expect(redactText(text, nothingPublic)).toEqual({ value: text, found: [] });
  });

  it('keeps header and claims of a token but not its signature', () => {
    expect(redactText(`token: ${jwt}`, nothingPublic).value).toBe(
      `token: eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.${REDACTED}`,
    );
  });

  it('keeps what is known to be public', () => {
    const text = `kind: Secret\ndata:\n  tls.key: ${btoa(key)}\n`;
    expect(redactText(text, (secret) => secret === btoa(key))).toEqual({ value: text, found: [] });
  });

  it('changes nothing the second time', () => {
    const text = `kind: Secret\ndata:\n  tls.key: ${btoa(key)}\n  x: y\n---\n${key}\n${jwt}`;
    const once = redactText(text, nothingPublic).value;
    expect(redactText(once, nothingPublic)).toEqual({ value: once, found: [] });
  });
});

it('redacts keys, tokens and bearer headers of a workspace', () => {
  const workspace: Workspace = {
    schema: WORKSPACE_SCHEMA,
    name: 'mine',
    files: [{ name: 'a.yaml', text: key }],
    calls: [
      {
        ...EMPTY_DRAFT,
        id: '1',
        name: 'x',
        url: 'http://user:opaque@shop/',
        headers: [
          ['Authorization', 'Bearer opaque'],
          ['cookie', 'session=opaque'],
          ['X-Note', 'Bearer of news'],
        ],
      },
    ],
    positions: {},
    world: {
      now: '2026-11-23T00:00:00Z',
      seed: 's',
      addresses: {},
      pems: { a: { certificates: certificate, key } },
      tokens: { t: jwt },
    },
  };
  const { value, found } = redactWorkspace(workspace, nothingPublic);
  expect(found).toEqual([
    { what: 'key', where: { kind: 'file', file: 'a.yaml', line: 1 } },
    { what: 'credential', where: { kind: 'call', name: 'x' } },
    { what: 'credential', where: { kind: 'call', name: 'x' } },
    { what: 'credential', where: { kind: 'call', name: 'x' } },
    { what: 'key', where: { kind: 'pem', name: 'a' } },
    { what: 'token', where: { kind: 'token', name: 't' } },
  ]);
  expect(value.calls[0]?.url).toBe(`http://user:${REDACTED}@shop/`);
  expect(value.calls[0]?.headers).toEqual([
    ['Authorization', `Bearer ${REDACTED}`],
    ['cookie', REDACTED],
    ['X-Note', 'Bearer of news'],
  ]);
  expect(value.world.pems.a).toEqual({ certificates: certificate });
  expect(JSON.stringify(value)).not.toContain('MIIEvQ');
});
