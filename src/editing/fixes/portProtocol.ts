/** A port that does not say what it speaks: appProtocol says it, and leaves the name to those who refer to it. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { Drawing } from '../intentions/intention.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import type { Fix } from './fix.ts';
import { nearest } from './nearest.ts';
import { type Pointed, replacedBy } from './pointed.ts';

/** As istiod reads them, the likeliest first. */
const PROTOCOLS = ['http', 'grpc', 'http2', 'https', 'tls', 'tcp', 'mongo', 'redis', 'mysql'];
const OFFERED = ['http', 'grpc', 'tcp'];

export function portProtocolFixes({ files }: Drawing, pointed: Pointed, { origin }: Diagnostic): Fix[] {
  const object = origin && locateObject(files, origin.resource);
  if (object === undefined || origin === undefined) return [];
  const [, list, index] = origin.path;
  if (list !== 'ports' || typeof index !== 'number') return [];
  // A written appProtocol hides the name, so that is what has to change.
  if (origin.path.at(-1) === 'appProtocol') return replacedBy(pointed, nearest(pointed.word, PROTOCOLS));
  const add = (protocol: string): Fix => ({
    code: 'add-field',
    params: { to: `appProtocol: ${protocol}` },
    edits: [setField(object, ['spec', 'ports', index, 'appProtocol'], protocol)],
  });
  const { word } = pointed;
  const isName = origin.path.at(-1) === 'name';
  const hinted = isName ? OFFERED.find((protocol) => word.toLowerCase().includes(protocol)) : undefined;
  const offered = hinted === undefined ? OFFERED : [hinted];
  return [...offered.map(add), ...(isName ? replacedBy(pointed, `${offered[0]}-${word}`) : [])];
}
