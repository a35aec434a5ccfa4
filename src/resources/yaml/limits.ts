/** What a text may cost. Beyond these it is reported and left out, never parsed in part. */
export const YAML_LIMITS = {
  /** Characters of one file. */
  fileLength: 4 * 1024 * 1024,
  /** Lexical tokens of one document, which bound the time that it takes (a List of 5,000 objects has 0.6 million). */
  tokens: 1_200_000,
  /** Tokens that belong nowhere; a text with more is not YAML, and not worth reading to its end. */
  strayTokens: 100,
  /** Documents of one workspace, items of Lists included. */
  documents: 20_000,
  /** Collections inside collections. */
  depth: 64,
  /** Nodes of one document after its aliases are expanded, beyond those written out. */
  aliasNodes: 20_000,
} as const;
