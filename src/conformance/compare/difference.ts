/** One field in which the simulator's answer and the real one differ. */
export type Level = 'verdict' | 'explanation' | 'configuration';

export interface Difference {
  readonly level: Level;
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export const difference = (level: Level, field: string, expected: unknown, actual: unknown): Difference => ({
  level,
  field,
  expected,
  actual,
});

/** The multiset difference of two lists of comparable texts. */
export function multisetDifference(
  expected: readonly string[],
  actual: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  const rest = [...actual];
  const missing: string[] = [];
  for (const item of expected) {
    const at = rest.indexOf(item);
    if (at < 0) missing.push(item);
    else rest.splice(at, 1);
  }
  return { missing, extra: rest };
}
