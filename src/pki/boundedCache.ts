/**
 * A bounded memo. Only pure computations go in, so eviction and sharing between meshes change
 * nothing but time. When full, the oldest half is dropped: insertion order is enough here.
 */
export interface BoundedCache<V> {
  /** The value under the key, computed at most once while it is kept. */
  get(key: string, compute: () => V): V;
  set(key: string, value: V): void;
  peek(key: string): V | undefined;
}

export function boundedCache<V>(capacity: number): BoundedCache<V> {
  const entries = new Map<string, V>();
  const set = (key: string, value: V): void => {
    if (entries.size >= capacity) {
      let drop = Math.ceil(capacity / 2);
      for (const oldest of entries.keys()) {
        if (drop-- <= 0) break;
        entries.delete(oldest);
      }
    }
    entries.set(key, value);
  };
  return {
    get(key, compute) {
      const known = entries.get(key);
      if (known !== undefined) return known;
      const value = compute();
      set(key, value);
      return value;
    },
    set,
    peek: (key) => entries.get(key),
  };
}
