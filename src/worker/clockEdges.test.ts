/** The mesh clock at its edges: verdicts and certificates exist at every time that it can show. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import { deployment, documents, namespace, service } from '../testing/documents.ts';
import { inProcessClient } from './inProcess.ts';

const read = (name: string): string => readFileSync(`src/scenarios/catalog/custom-ca/${name}`, 'utf8');
const files = ['istiod.yaml', 'signers.yaml', 'tenants.yaml'].map((name) => ({ name, text: read(name) }));
const simple = documents(
  namespace('foo'),
  deployment('foo/curl'),
  deployment('foo/httpbin'),
  service('foo/httpbin', '[{name: http, port: 8000, targetPort: 80}]'),
);
const plain = [{ name: 'mesh.yaml', text: simple }];

const MOMENTS: readonly [string, number][] = [
  ['the epoch', 0],
  ['before the epoch', -1],
  ['the first year of the clock', Date.UTC(1950, 0, 1)],
  ['the year in which UTCTime ends', Date.UTC(2049, 11, 31, 23, 59, 59)],
  ['the year in which GeneralizedTime begins', Date.UTC(2050, 0, 1)],
  ['a leap second’s place', Date.UTC(2016, 11, 31, 23, 59, 59, 999)],
  ['29 February', Date.UTC(2028, 1, 29)],
  ['the hour that summer time skips in Europe', Date.UTC(2027, 2, 28, 1, 30)],
  ['the end of 32-bit time', 2 ** 31 * 1000],
  ['the last year of the clock', Date.UTC(9999, 11, 30)],
];

describe.each(MOMENTS)('at %s', (_, now) => {
  it.each([
    ['istiod signs', plain],
    ['signers of tenants', files],
  ])('%s', async (_who, given) => {
    const client = inProcessClient();
    const opened = await client.ask({ kind: 'update', revision: 1, files: given, options: { now, seed: 'edges' } });
    expect(opened.kind).toBe('answer');
    const listed = await client.ask({ kind: 'certificates', revision: 1 });
    expect(listed.kind).toBe('answer');
    const request = {
      kind: 'http',
      url: 'http://httpbin.foo:8000/',
      method: 'GET',
      headers: [],
      httpVersion: '1.1',
    } as const;
    const call = {
      from: 'foo/curl' as WorkloadId,
      container: 'app',
      request: { ...request, pathAsIs: false, tls: { insecure: false } },
    } as const;
    const sent = await client.ask({ kind: 'send', revision: 1, call });
    expect(sent.kind).toBe('answer');
    if (given === plain && sent.kind === 'answer') expect(sent.answer.trace.disposition.kind).toBe('served');
  });
});
