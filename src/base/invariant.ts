/** Throws when one of our own assumptions is broken. Never used for what a user typed. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant violated: ${message}`);
}
