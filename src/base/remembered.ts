/**
 * Memory for pure functions of data that never changes: what was given the same objects gives the
 * same object again. One edit replaces one resource; everything that is made of others alone keeps
 * its identity, and what is made of that in turn (docs/performance.md).
 *
 * Invariants: a remembered function reads nothing but its arguments, and nobody changes what it was
 * given or gave. Memory hangs on the first argument and goes with it.
 */

interface Made<A, R> {
  readonly rest: A;
  readonly value: R;
}

/**
 * `make`, asked again only when an argument is another one than the last times for the same `key`.
 * With `isSame`, a new value that is like the last one is dropped for it, so that nothing built on it
 * is made anew.
 */
export function rememberLast<K extends object, A extends readonly unknown[], R>(
  make: (key: K, ...rest: A) => R,
  isSame?: (last: R, next: R) => boolean,
): (key: K, ...rest: A) => R {
  const memory = new WeakMap<K, readonly [Made<A, R>] | readonly [Made<A, R>, Made<A, R>]>();
  return (key, ...rest) => {
    const made = memory.get(key);
    const last = made?.[0];
    if (last !== undefined && sameItems(last.rest, rest)) return last.value;
    // Two meshes may take turns: one that is edited, and one that is tried.
    const older = made?.[1];
    const found = older !== undefined && sameItems(older.rest, rest) ? older.value : make(key, ...rest);
    const value = last !== undefined && isSame?.(last.value, found) === true ? last.value : found;
    memory.set(key, last === undefined ? [{ rest, value }] : [{ rest, value }, last]);
    return value;
  };
}

/** The same items in the same order are the same list: of the last few that begin alike, the one there was. */
export function stableList<T extends object>(items: readonly T[]): readonly T[] {
  const [first] = items;
  if (first === undefined) return NOTHING;
  const known = (lists.get(first) ?? []) as readonly (readonly T[])[];
  const same = known.find((list) => sameItems(list, items));
  if (same !== undefined) return same;
  lists.set(first, [items, ...known.slice(0, KEPT - 1)]);
  return items;
}

const NOTHING: readonly never[] = [];
/** Lists that begin with one item and are all in use: a Service's pods, those of its namespace, all. */
const KEPT = 6;
const lists = new WeakMap<object, readonly (readonly object[])[]>();

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
