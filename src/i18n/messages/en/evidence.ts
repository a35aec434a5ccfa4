/** What a verdict rests on. */
export const evidence = {
  title: 'What this verdict rests on',
  empty: 'Send a call: which recorded calls bear out its verdict appears here.',
  counting: 'How this is counted',
  about:
    'Recorded calls were answered by real istiod code (Istio {{istio}}) and a real Envoy {{envoy}}. One counts here when the simulation, given its mesh, takes the same kind of decision and everything that was recorded agrees. The numbers say how often a rule was put to the test, not that this mesh was.',
  allRecorded: 'Each of the {{kinds}} kinds of decision in this call occurs in recorded calls.',
  someRecorded:
    '{{unrecorded}} of the {{kinds}} kinds of decision in this call occur in no recorded call: they follow the specification only.',
  decided: 'What decided',
  onTheWay: 'What else was decided on the way',
  logged: 'What the proxies log',
  outcome: 'What the caller gets',
  calls_one: '{{number}} call',
  calls_other: '{{number}} calls',
  bySpecification: 'by specification only',
  noneRecorded:
    'No recorded call took such a decision. It is what the documentation and the source of Istio and Envoy say.',
  notSimulated: 'This is not simulated, so nothing can bear it out.',
  counted_one: 'Seen in {{number}} recorded call.',
  counted_other: 'Seen in {{number}} recorded calls.',
  countedDecided_one: 'Seen in {{number}} recorded call; it decided {{decided}} of them.',
  countedDecided_other: 'Seen in {{number}} recorded calls; it decided {{decided}} of them.',
  held: 'matched in {{number}} calls',
  failed: 'did not match in {{number}} calls',
  kind: 'Counted as the same:',
  goToStep: 'Go to the step',
  examples: 'For example',
  sent: 'Sent',
  answered: 'Answer',
  log: 'Log',
} as const;
