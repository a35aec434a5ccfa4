/** The certificate gallery of the examples as the engine is given it, with the call that goes well. */
import { readFileSync } from 'node:fs';
import type { Call } from '../trace/call.ts';

const read = (name: string): string => readFileSync(`src/scenarios/catalog/certificate-failures/${name}`, 'utf8');

const { now, seed, addresses, files } = JSON.parse(read('workspace.json')) as {
  readonly now: string;
  readonly seed: string;
  readonly files: readonly string[];
  readonly addresses: Readonly<Record<string, string>>;
};

/** Milliseconds since the epoch: the mesh clock of the example. */
export const GALLERY_NOW = Date.parse(now);

const asItIs = (text: string): string => text;

/** Every file of it, edited; and the options that it is compiled with. */
export const gallery = (edit: (text: string) => string = asItIs, at = GALLERY_NOW) => ({
  files: files.map((name) => ({ name, text: edit(read(name)) })),
  options: { now: at, seed, addresses },
});

const [chain = '', key = ''] = read('pems/good.pem').split(/(?=-----BEGIN [A-Z ]*PRIVATE KEY)/);

/** PEM: what the caller of `fineCall` shows. */
export const GOOD_CHAIN = chain;

/** From outside through the gateway's mutual TLS; with another certificate in place of the good one if given. */
export const fineCall = (own: string = GOOD_CHAIN): Call => ({
  from: 'outside',
  container: 'app',
  connectTo: 'istio-system/istio-ingressgateway',
  request: {
    kind: 'http',
    url: 'https://fine.gallery.example/',
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: { insecure: false, caCertificates: read('pems/gallery-root.pem'), certificate: { chain: own, key } },
  },
});
