/** Where only the oldest counts and nobody says which it is, the user hears of it. */
import { expect, test } from 'vitest';
import { documents, resource } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';

const heard = (...docs: string[]) =>
  meshOf(documents(...docs)).diagnostics.map(({ code, params }) => `${code} ${params['winner']} ${params['loser']}`);

const policy = (path: string, spec = '{mtls: {mode: STRICT}}', metadata = '') =>
  resource('PeerAuthentication', path, spec, metadata);
const dated = (day: number) => `creationTimestamp: "2026-01-0${day}T00:00:00Z"`;

test.each<[string, string[], string[]]>([
  ['two of one namespace', [policy('shop/b'), policy('shop/a')], ['age-decides shop/b shop/a']],
  ['one has an age', [policy('shop/b', '{}', dated(1)), policy('shop/a')], ['age-decides shop/b shop/a']],
  ['both have', [policy('shop/b', '{}', dated(2)), policy('shop/a', '{}', dated(1))], []],
  ['of two namespaces', [policy('shop/b'), policy('ops/a')], []],
  ['with a selector', [policy('shop/b'), policy('shop/a', '{selector: {matchLabels: {a: b}}}')], []],
  [
    'Sidecars',
    [
      resource('Sidecar', 'shop/b', '{egress: [{hosts: [./*]}]}'),
      resource('Sidecar', 'shop/a', '{egress: [{hosts: ["*/*"]}]}'),
    ],
    ['age-decides shop/b shop/a'],
  ],
])('%s', (_, docs, expected) => {
  expect(heard(...docs)).toEqual(expected);
});
