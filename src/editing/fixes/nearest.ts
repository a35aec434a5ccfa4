/** The known word that a mistyped one was meant to be, when one clearly is. */

/** By letters alone (`mtls_mode` for `mtlsMode`), else by few typing errors; undefined when nothing is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = lettersOf(word);
  const same = known.filter((candidate) => lettersOf(candidate) === plain);
  if (same.length === 1) return same[0];
  const [first, second] = near(word, known);
  return first === undefined || first.distance === second?.distance ? undefined : first.candidate;
}

/** All that it may have been meant to be, the nearest first. */
export const nearestFew = (word: string, known: readonly string[], count: number): readonly string[] =>
  [...new Set(near(word, known).map(({ candidate }) => candidate))].slice(0, count);

function near(word: string, known: readonly string[]): { readonly candidate: string; readonly distance: number }[] {
  // Long hostile words are nobody's typing error.
  if (word.length > 64) return [];
  const limit = word.length < 5 ? 1 : 2;
  return known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit)
    .map((candidate) => ({ candidate, distance: typingErrors(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
}

const lettersOf = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Optimal string alignment: letters missing, added, wrong, or swapped with their neighbour. */
function typingErrors(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(i - 2, j - 2) + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + wrong, swapped));
    }
  }
  return at(a.length, b.length);
}
