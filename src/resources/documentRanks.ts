/**
 * Documents in their order -> a rank for each, rising, which decides the age of those without a
 * creationTimestamp. A text read for the first time is ranked 0, 1, 2...; after that documents keep
 * their rank as long as they keep their order among each other, and a new one is ranked between its
 * neighbours. So a document inserted or removed leaves every other the object that it was.
 *
 * Invariant: ranks compare as places do. Their differences say nothing.
 */

/**
 * Ranks in the order of `items`, remembered in `known`. The same item may stand at several places;
 * one of them keeps the rank.
 */
export function rankDocuments<T extends object>(items: readonly T[], known: WeakMap<T, number>): readonly number[] {
  const last = items.map((item) => known.get(item));
  const ranks = betweenKept(last, longestRising(last)) ?? [...items.keys()];
  items.forEach((item, place) => {
    known.set(item, ranks[place] ?? place);
  });
  return ranks;
}

/** The places of a longest strictly rising series among `values` (patience sorting). */
function longestRising(values: readonly (number | undefined)[]): ReadonlySet<number> {
  /** Of all series of length i + 1 seen so far, the place where the one ends that ends lowest. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  values.forEach((value, place) => {
    if (value === undefined) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = values[ends[middle] ?? 0];
      if (end !== undefined && end < value) low = middle + 1;
      else high = middle;
    }
    before[place] = ends[low - 1];
    ends[low] = place;
  });
  const series = new Set<number>();
  for (let place = ends.at(-1); place !== undefined; place = before[place]) series.add(place);
  return series;
}

/** Those not kept are spread evenly between the kept ones around them; undefined where numbers run out. */
function betweenKept(last: readonly (number | undefined)[], kept: ReadonlySet<number>): readonly number[] | undefined {
  if (kept.size === 0) return undefined;
  const ranks: number[] = [];
  for (let place = 0; place < last.length; ) {
    if (kept.has(place)) {
      ranks.push(last[place] ?? 0);
      place++;
      continue;
    }
    let end = place;
    while (end < last.length && !kept.has(end)) end++;
    const count = end - place;
    const above = last[end] ?? (ranks.at(-1) ?? 0) + count + 1;
    const below = ranks.at(-1) ?? above - count - 1;
    for (let index = 1; index <= count; index++) ranks.push(below + ((above - below) * index) / (count + 1));
    place = end;
  }
  return ranks.every((rank, place) => place === 0 || rank > (ranks[place - 1] ?? 0)) ? ranks : undefined;
}
