/** Names of parties, resources and small things, as text. */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { Party } from '../../trace/trace.ts';
import type { Translator } from '../i18n.ts';

/** `AuthorizationPolicy bank/allow-teller`. */
export function resourceText(id: ResourceId): string {
  const { kind, namespace, name } = resourceIdParts(id);
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

/** What a party does in a call: `sidecar, inbound`. */
export function partyRole({ t }: Translator, party: Party): string {
  switch (party.kind) {
    case 'client':
      return t(party.container === 'istio-proxy' ? 'playback.party.proxyClient' : 'playback.party.client');
    case 'proxy':
      return t(`playback.party.${party.role}`);
    case 'application':
      return t('playback.party.application');
    case 'network':
      return t(`playback.party.${party.via}`);
  }
}

/** Where a party is: a workload's id, a Service's, or `outside`. */
export function partyPlace({ t }: Translator, party: Party): string {
  switch (party.kind) {
    case 'client':
      return party.workload ?? t('playback.party.outside');
    case 'network':
      return party.service.replace(/^([^./]+)\.([^./]+)\.svc\..*$/, '$2/$1');
    case 'proxy':
    case 'application':
      return party.workload;
  }
}

export const listText = (values: readonly string[], none: string): string =>
  values.length === 0 ? none : values.join(', ');
