/**
 * Where a studio remembers: the workspace in IndexedDB, looks and sizes in localStorage. Either may
 * be missing or throw (private windows, sandboxed frames with an opaque origin): then nothing is
 * remembered, `available` says so, and everything else works.
 */
import { createStore, get, set, type UseStore } from 'idb-keyval';

export interface StudioStorage {
  loadWorkspace(): Promise<StoredWorkspace>;
  /** Resolves to whether it was stored. */
  saveWorkspace(workspace: unknown): Promise<boolean>;
  /** Stores at once, because the page may be gone the next moment. */
  saveBeforeLeaving(workspace: unknown): void;
  loadPreferences(): unknown;
  savePreferences(preferences: unknown): void;
}

export interface StoredWorkspace {
  readonly workspace: unknown;
  readonly available: boolean;
}

interface Stamped {
  readonly savedAt: number;
  readonly workspace: unknown;
}

const WORKSPACE_KEY = 'workspace';
const LAST_WORDS_KEY = 'meshverdict:unsaved';
const PREFERENCES_KEY = 'meshverdict:preferences';

export function browserStorage(now: () => number): StudioStorage {
  const database = attempt((): UseStore => createStore('meshverdict', 'studio'));
  const local = attempt(() => globalThis.localStorage);

  const readLocal = (key: string): unknown =>
    attempt(() => {
      const text = local?.getItem(key);
      return text === null || text === undefined ? undefined : JSON.parse(text);
    });
  const writeLocal = (key: string, value: unknown): void => {
    attempt(() => local?.setItem(key, JSON.stringify(value)));
  };

  return {
    async loadWorkspace() {
      const lastWords = asStamped(readLocal(LAST_WORDS_KEY));
      let stored: Stamped | undefined;
      let available = database !== undefined;
      try {
        if (database !== undefined) stored = asStamped(await get(WORKSPACE_KEY, database));
      } catch {
        available = false;
      }
      const newest = lastWords !== undefined && lastWords.savedAt > (stored?.savedAt ?? 0) ? lastWords : stored;
      return { workspace: newest?.workspace, available: available || local !== undefined };
    },
    async saveWorkspace(workspace) {
      if (database === undefined) return false;
      try {
        await set(WORKSPACE_KEY, { savedAt: now(), workspace } satisfies Stamped, database);
        attempt(() => local?.removeItem(LAST_WORDS_KEY));
        return true;
      } catch {
        return false;
      }
    },
    saveBeforeLeaving(workspace) {
      writeLocal(LAST_WORDS_KEY, { savedAt: now(), workspace } satisfies Stamped);
    },
    loadPreferences: () => readLocal(PREFERENCES_KEY),
    savePreferences: (preferences) => writeLocal(PREFERENCES_KEY, preferences),
  };
}

/** Remembers for as long as the object lives; for tests and embeds that must not store. */
export function memoryStorage(start: { workspace?: unknown; preferences?: unknown } = {}): StudioStorage {
  let { workspace, preferences } = start;
  const save = (next: unknown): void => {
    workspace = structuredClone(next);
  };
  return {
    loadWorkspace: async () => ({ workspace, available: true }),
    saveWorkspace: async (next) => {
      save(next);
      return true;
    },
    saveBeforeLeaving: save,
    loadPreferences: () => preferences,
    savePreferences: (next) => {
      preferences = structuredClone(next);
    },
  };
}

function asStamped(value: unknown): Stamped | undefined {
  if (typeof value !== 'object' || value === null || !('savedAt' in value) || !('workspace' in value)) return undefined;
  return typeof value.savedAt === 'number' ? { savedAt: value.savedAt, workspace: value.workspace } : undefined;
}

/** Storage of a sandboxed frame throws on the first touch. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
