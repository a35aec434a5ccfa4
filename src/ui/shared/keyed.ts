/** Items with keys for React where two may be equal: the second of a kind is numbered. */
export function keyed<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [key: string, item: T])[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = keyOf(item);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [count === 1 ? name : `${name} (${count})`, item];
  });
}
