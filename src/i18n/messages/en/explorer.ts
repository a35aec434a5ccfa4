/** The tree of what is in the mesh. */
export const explorer = {
  tree: 'Mesh by namespace',
  calls: 'Calls',
  workloads: 'Workloads',
  services: 'Services',
  policies: 'Policies',
  other: 'Other',
  clusterScoped: 'Whole cluster',
  empty: 'Nothing here yet. Open an example, or write a Namespace and a Deployment in the editor.',
  noCalls: 'No saved calls. Write one in the request bar and keep it with “Save call”.',
  status: {
    'in-force': 'in force',
    rejected: 'rejected',
    shadowed: 'replaced by a later document',
    unsupported: 'kind not modelled',
    invalid: 'not a resource',
  },
} as const;
