/** What can be added to a mesh, in the order of the menu. */
import type { IconName } from '../../shared/Icon.tsx';

export const ADD_KINDS = [
  'namespace',
  'workload',
  'ingress-gateway',
  'egress-gateway',
  'external-server',
  'issuer',
] as const;

export type AddKind = (typeof ADD_KINDS)[number];

export const ADD_ICONS: Readonly<Record<AddKind, IconName>> = {
  namespace: 'namespace',
  workload: 'workload',
  'ingress-gateway': 'gateway',
  'egress-gateway': 'gateway',
  'external-server': 'server',
  issuer: 'authority',
};
