/** A credential that no proxy of its Gateway finds: a Secret of the right type where they look, to be filled in. */
import { resourceId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import { append } from '../intentions/append.ts';
import type { Drawing } from '../intentions/intention.ts';
import type { Fix } from './fix.ts';

export function addSecret(drawing: Drawing, { resource, path }: Origin, name: string): Fix[] {
  const gateway = resourcesOf(drawing.mesh, 'networking.istio.io/Gateway').find(({ id }) => id === resource);
  const server = gateway?.body.spec?.servers?.[Number(path[2])];
  const selector = gateway?.body.spec?.selector as Readonly<Record<string, string>> | undefined;
  const places = [...drawing.mesh.workloads.values()]
    .filter(({ proxy, labels }) => proxy !== 'none' && selects(selector, labels))
    .map(({ namespace }) => namespace)
    .sort();
  const [namespace] = places;
  if (gateway === undefined || namespace === undefined) return [];
  // Clients are checked by a CA that stands beside the server's own certificate.
  const isMutual = /MUTUAL/.test(server?.tls?.mode ?? '');
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': '', 'tls.key': '', ...(isMutual ? { 'ca.crt': '' } : {}) },
  };
  const outcome = append(drawing, namespace, [manifest], resourceId('', 'Secret', namespace, name));
  return outcome.ok ? [{ code: 'add-secret', params: { name, namespace }, edits: outcome.value.edits }] : [];
}
