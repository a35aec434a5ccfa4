/**
 * A read-only map whose values are made when they are first asked for and kept: a proxy has a
 * cluster for every service of the mesh, and a call needs one or two of them.
 */
export interface LazyMapSource<K, V> {
  /** Every key, in order; called only when the map is enumerated. */
  readonly keys: () => Iterable<K>;
  /** The value of a key; undefined when the map has no such key. */
  readonly make: (key: K) => V | undefined;
}

export function lazyMap<K, V>(source: LazyMapSource<K, V>): ReadonlyMap<K, V> {
  const made = new Map<K, V | undefined>();
  const get = (key: K): V | undefined => {
    if (!made.has(key)) made.set(key, source.make(key));
    return made.get(key);
  };
  /** Built once, in the order of the source; keys that turn out to have no value are left out. */
  let complete: Map<K, V> | undefined;
  const all = (): Map<K, V> => {
    if (complete === undefined) {
      complete = new Map();
      for (const key of source.keys()) {
        const value = get(key);
        if (value !== undefined) complete.set(key, value);
      }
    }
    return complete;
  };
  const map: ReadonlyMap<K, V> = {
    get,
    has: (key) => get(key) !== undefined,
    get size() {
      return all().size;
    },
    keys: () => all().keys(),
    values: () => all().values(),
    entries: () => all().entries(),
    forEach: (callback) => {
      for (const [key, value] of all()) callback(value, key, map);
    },
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
  return map;
}
