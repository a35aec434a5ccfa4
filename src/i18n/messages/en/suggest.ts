/** What one change would let a refused call through. */
export const suggest = {
  intro: 'Each change was tried: with it, this very call goes through.',
  none: 'No change of a policy was found that lets this call through.',
  apply: 'Apply',
  applied: 'Change applied; undo takes it back.',
  kind: {
    'widen-rule': 'Widen the nearest rule of {{resource}}',
    'add-rule': 'Add a rule to {{resource}}',
    'add-policy': 'Add the policy {{resource}}',
    'except-from-deny': 'Except this call from {{resource}}',
    'drop-value': 'Take one value out of {{resource}}',
    'permissive-port': 'Accept plain text through {{resource}}',
    'remove-rule': 'Remove the rule from {{resource}}',
    'remove-policy': 'Remove {{resource}}',
  },
  opensNone: 'Opens nothing else, of {{tried}} calls tried.',
  opens_one: 'Also opens one other of {{tried}} calls tried:',
  opens_other: 'Also opens {{count}} other of {{tried}} calls tried, e.g.:',
  lines_one: 'one line',
  lines_other: '{{count}} lines',
  remedies: 'Without a change of policy',
  remedy: {
    'present-token': 'Send a token that the mesh accepts.',
    'present-valid-token': 'Send a token that passes the check: right issuer, audience, key and time.',
    'call-through-a-sidecar': 'Call from a workload with a sidecar, so that mutual TLS is spoken.',
  },
} as const;
