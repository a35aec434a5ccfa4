/** What a text may cost. Beyond these it is reported and left out, never parsed in part. */
export const YAML_LIMITS = {
  /** Characters of one file. */
  fileLength: 4 * 1024 * 1024,
  /** Characters of one document; the API server takes no more than about 1.5 MB. */
  documentLength: 1_500_000,
  /** Documents of one workspace, items of Lists included. */
  documents: 20_000,
  /** Collections inside collections. */
  depth: 64,
  /** Nodes of one document after its aliases are expanded, beyond those written out. */
  aliasNodes: 20_000,
} as const;
