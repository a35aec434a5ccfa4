/** What can be drawn: things with a place of their own, and policies that are dropped onto what they apply to. */
import type { EditQuery } from '../../../worker/protocol.ts';
import type { IconName } from '../../shared/Icon.tsx';

export const THINGS = [
  'namespace',
  'workload',
  'service',
  'ingress-gateway',
  'egress-gateway',
  'external-client',
  'external-server',
  'service-entry',
  'issuer',
  'plugged-in-ca',
] as const;

export const POLICIES = [
  'strict',
  'permissive',
  'allow-nothing',
  'deny-all',
  'request-authentication',
  'destination-rule',
  'sidecar',
] as const;

export type Thing = (typeof THINGS)[number];
export type PolicyItem = (typeof POLICIES)[number];
export type Item = Thing | PolicyItem;

export const isPolicy = (item: Item): item is PolicyItem => (POLICIES as readonly string[]).includes(item);

/** One key each, while nobody is typing. */
export const ITEM_KEYS: Partial<Readonly<Record<Item, string>>> = {
  namespace: 'N',
  workload: 'W',
  service: 'S',
  'ingress-gateway': 'G',
  'egress-gateway': 'E',
  'external-client': 'O',
  'external-server': 'X',
  'service-entry': 'R',
  issuer: 'I',
};

export const ITEM_ICONS: Readonly<Record<Thing, IconName>> = {
  namespace: 'namespace',
  workload: 'workload',
  service: 'service',
  'ingress-gateway': 'gateway',
  'egress-gateway': 'gatewayOut',
  'external-client': 'client',
  'external-server': 'server',
  'service-entry': 'globe',
  issuer: 'authority',
  'plugged-in-ca': 'certificate',
};

export const iconOf = (item: Item): IconName => (isPolicy(item) ? 'policy' : ITEM_ICONS[item]);

type NewPolicy = Extract<EditQuery['intention'], { kind: 'apply-policy' }>['policy'];

export const NEW_POLICIES: Readonly<Record<PolicyItem, NewPolicy>> = {
  strict: { kind: 'PeerAuthentication', mode: 'STRICT' },
  permissive: { kind: 'PeerAuthentication', mode: 'PERMISSIVE' },
  'allow-nothing': { kind: 'AuthorizationPolicy', preset: 'allow-nothing' },
  'deny-all': { kind: 'AuthorizationPolicy', preset: 'deny-all' },
  'request-authentication': { kind: 'RequestAuthentication', issuer: 'https://issuer.example.com' },
  'destination-rule': { kind: 'DestinationRule', tls: 'ISTIO_MUTUAL' },
  sidecar: { kind: 'Sidecar' },
};
