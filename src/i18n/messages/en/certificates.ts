/** All certificates of the mesh in time, and the mesh clock. */
export const certificates = {
  title: 'Certificates of the mesh',
  hint: 'Each bar is the time a certificate is valid. The line is the mesh clock: move it to see what expires and what that breaks.',
  clock: 'Mesh clock (UTC)',
  back: '{{days}} days back',
  forward_one: '{{count}} day on',
  forward_other: '{{count}} days on',
  heldBy: {
    proxy: 'proxy {{name}}',
    signer: 'CA {{name}}',
    anchor: 'trust anchor for {{name}}',
    secret: 'Secret {{name}}',
    'cert-manager': 'cert-manager, {{name}}',
    'mesh-config': 'mesh configuration, {{name}}',
    caller: 'caller {{name}}',
  },
  more: 'and {{count}} more',
  expired: 'expired',
  notYet: 'not yet valid',
  until: 'until {{date}}',
  proxiesLeftOut: '{{count}} more proxies have certificates like these.',
} as const;
