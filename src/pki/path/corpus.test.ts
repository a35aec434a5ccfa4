/**
 * Certificates of the conformance corpus, judged as real Envoy and real curl judged them. The case
 * files are read by their layout (one document a Secret, one line a Gateway server), not as YAML.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64, fromLatin1 } from '../../crypto/bytes.ts';
import { parseCertificates } from '../certificate.ts';
import { curlHostMismatch } from '../curl.ts';
import { loadTrustBundle } from '../envoyLoad.ts';
import { envoyPathError, validatePath } from '../path.ts';
import type { Certificate } from '../types.ts';

const FOLDER = new URL('../../../conformance/pki/', import.meta.url);
const NOW = Date.UTC(2026, 10, 23);

interface Call {
  readonly file: string;
  readonly variant: string;
  readonly name: string;
  readonly host: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly observed: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly servers: ReadonlyMap<string, { readonly mode: string; readonly credential: string }>;
  readonly pems: ReadonlyMap<string, string>;
}

const chainOf = (pem: string): readonly [Certificate, ...Certificate[]] => {
  const parsed = parseCertificates(pem);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value as [Certificate, ...Certificate[]];
};

const decode = (base64: string): string => fromLatin1(fromBase64(base64) ?? new Uint8Array(0));

function readSecrets(manifests: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const document of manifests.split(/^ *---$/m)) {
    const name = /kind: Secret\n\s*metadata: \{name: ([^,}]+)/.exec(document)?.[1];
    if (name === undefined) continue;
    for (const [, key = '', value = ''] of document.matchAll(
      /^\s+(tls\.crt|cert|ca\.crt|cacert|ca\.crl|crl): (\S+)$/gm,
    ))
      out.set(`${name} ${key}`, decode(value));
  }
  return out;
}

function readServers(manifests: string): Call['servers'] {
  const out = new Map<string, { mode: string; credential: string }>();
  const pattern = /hosts: \[([^\]]*)\]\n\s+tls: \{mode: (\w+), credentialName: ([^,}]+)([^\n]*)\}/g;
  for (const [, hosts = '', mode = '', credential = '', more = ''] of manifests.matchAll(pattern)) {
    // Names and pins are judged elsewhere.
    if (/subjectAltNames|verifyCertificate/.test(more)) continue;
    for (const host of hosts.split(',')) out.set(host.trim().replace(/"/g, ''), { mode, credential });
  }
  return out;
}

function readPems(text: string): Call['pems'] {
  const section = /^pems:\n([\s\S]*?)^(?=\S)/m.exec(text)?.[1] ?? '';
  const out = new Map<string, string>();
  for (const [, name = '', body = ''] of section.matchAll(/^ {2}(\S+):\n {4}cert: \|\n((?: {6}.*\n)+)/gm))
    out.set(name, body.replace(/^ +/gm, ''));
  return out;
}

function readCalls(): readonly Call[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const [common = '', ...rest] = text.split(/^variants:\n/m);
    const pems = readPems(text);
    return (rest.join('').match(/^- name: [\s\S]*?(?=^- name: |$(?![\s\S]))/gm) ?? []).flatMap((block) => {
      const variant = /^- name: (.*)$/m.exec(block)?.[1] ?? '';
      const manifests = `${common}\n---\n${block.split(/^ {2}calls:/m)[0] ?? ''}`;
      const secrets = readSecrets(manifests);
      const servers = readServers(manifests);
      if (block.includes('\n  nacks:')) return [];
      return (block.match(/^ {2}- (?=\w+:)[\s\S]*?(?=^ {2}- \w|^- |$(?![\s\S]))/gm) ?? []).flatMap((call) => {
        const fields: Record<string, string> = {};
        for (const [, key = '', value = ''] of call.matchAll(/^(?: {2}- | {4})(\w+): (.+)$/gm)) fields[key] = value;
        const host = /^https:\/\/([^/:]+)/.exec(fields.url ?? '')?.[1]?.toLowerCase();
        if (host === undefined || call.includes('unstable: true')) return [];
        return [{ file, variant, name: fields.name ?? '', host, fields, observed: call, secrets, servers, pems }];
      });
    });
  });
}

const calls = readCalls();

const serverOf = (call: Call): { mode: string; credential: string } | undefined =>
  [...call.servers].find(
    ([pattern]) =>
      pattern === call.host || pattern === '*' || (pattern.startsWith('*.') && call.host.endsWith(pattern.slice(1))),
  )?.[1];

function curlMessage(call: Call): string | undefined {
  const server = serverOf(call);
  const pem = server && call.secrets.get(`${server.credential} tls.crt`);
  if (pem === undefined) return undefined;
  const chain = chainOf(pem);
  const anchors = (call.fields.cacert ?? '')
    .split(',')
    .flatMap((name) => (name === '' ? [] : chainOf(call.pems.get(name) ?? '')));
  const path = validatePath(chain, anchors, { now: NOW, purpose: 'server', profile: 'openssl' });
  return path.ok
    ? (curlHostMismatch(chain[0], call.host) ?? 'ok')
    : `SSL certificate problem: ${path.failure.opensslText}`;
}

describe('curl and the certificates that gateways present', () => {
  const judged = calls.flatMap((call) => {
    const ours = call.fields.insecure === 'true' ? undefined : curlMessage(call);
    return ours === undefined ? [] : [{ call, ours }];
  });

  test.each(judged)('$call.file / $call.variant / $call.name', ({ call, ours }) => {
    const exit = /curlExit: (\d+)/.exec(call.observed)?.[1];
    const error = /error: '(.*)'$/m.exec(call.observed)?.[1]?.replace(/''/g, "'");
    // A refused client certificate also ends in 60 when it is an alert about expiry.
    expect(ours).toBe(exit === '60' && error !== 'SSL certificate verification failed' ? error : 'ok');
  });
  test('are many', () => expect(judged.length).toBeGreaterThan(100));
});

describe('gateways and the certificates that clients present', () => {
  const judged = calls.flatMap((call) => {
    const server = serverOf(call);
    const { cert } = call.fields;
    if (server?.mode !== 'MUTUAL' || cert === undefined || curlMessage(call) !== 'ok') return [];
    const { secrets } = call;
    const ca = secrets.get(`${server.credential}-cacert cacert`) ?? secrets.get(`${server.credential} ca.crt`);
    const crl = secrets.get(`${server.credential}-cacert crl`) ?? secrets.get(`${server.credential} ca.crl`) ?? '';
    if (ca === undefined) return [];
    const bundle = loadTrustBundle(`${ca}\n${crl}`);
    if (!bundle.ok) throw new Error(bundle.error.text);
    const { anchors } = bundle.value;
    const crls = crl === '' ? {} : { crls: bundle.value.crls };
    const path = validatePath(chainOf(call.pems.get(cert) ?? ''), anchors, { now: NOW, purpose: 'client', ...crls });
    // The key usage bit is checked by TLS 1.3 itself, before the chain.
    if (call.observed.includes('KEY_USAGE_BIT_INCORRECT')) return [];
    return [{ call, ours: path.ok ? 'ok' : envoyPathError(path.failure) }];
  });

  test.each(judged)('$call.file / $call.variant / $call.name', ({ call, ours }) => {
    const failure = /verify_cert_failed:_(X509_verify_cert.*?):TLS_error_end/.exec(call.observed)?.[1];
    expect(ours).toBe(failure?.replaceAll('_', ' ').replace('X509 verify cert', 'X509_verify_cert') ?? 'ok');
  });
  test('are many', () => expect(judged.length).toBeGreaterThan(80));
});
