/** The sheet of paper. */
export const print = {
  picture: 'The mesh',
  call: 'The call',
  from: 'from {{from}}',
  verdict: 'Verdict',
  prints: 'What the caller sees',
  path: 'The path, step by step',
  decides: 'decides',
  noCall: 'No call had been sent.',
  clock: 'Mesh clock {{now}}',
} as const;
