/**
 * Values by key, changed several at once or not at all: an index and what it lists never disagree,
 * even with two tabs at work. In IndexedDB, or in memory where there is none.
 */
import { get, promisifyRequest, type UseStore } from 'idb-keyval';

/** `full`: the browser gives no more room. */
export type WriteResult = 'stored' | 'full' | 'unavailable';

export interface DrawerEdit {
  /** The new value under the key that is changed. */
  readonly value: unknown;
  readonly also?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
}

export interface Drawer {
  read(key: string): Promise<unknown>;
  /** Makes one value from the one that is there; others are written or removed in the same breath. */
  change(key: string, edit: (old: unknown) => DrawerEdit): Promise<WriteResult>;
}

export function browserDrawer(store: UseStore): Drawer {
  return {
    read: (key) => get(key, store).catch(() => undefined),
    change: (key, edit) =>
      store('readwrite', (table) => {
        const reading = table.get(key);
        return new Promise<void>((resolve, reject) => {
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            try {
              const { value, also = {}, without = [] } = edit(reading.result);
              table.put(value, key);
              for (const [other, content] of Object.entries(also)) table.put(content, other);
              for (const other of without) table.delete(other);
              promisifyRequest(table.transaction).then(resolve, reject);
            } catch (error) {
              reject(error);
            }
          };
        });
      }).then(
        () => 'stored',
        (error: unknown) => (isFull(error) ? 'full' : 'unavailable'),
      ),
  };
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

export function memoryDrawer(): Drawer {
  const values = new Map<string, unknown>();
  return {
    read: async (key) => values.get(key),
    change: async (key, edit) => {
      const { value, also = {}, without = [] } = edit(values.get(key));
      for (const [name, content] of Object.entries({ ...also, [key]: value }))
        values.set(name, structuredClone(content));
      for (const name of without) values.delete(name);
      return 'stored';
    },
  };
}
