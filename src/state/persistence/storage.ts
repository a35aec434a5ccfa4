/**
 * Where a studio remembers: the workspace and its snapshots in IndexedDB, looks and sizes in
 * localStorage. Either may be missing or throw (private windows, sandboxed frames with an opaque
 * origin): then nothing is remembered, `available` says so, and everything else works.
 */
import { createStore, get, type UseStore } from 'idb-keyval';
import { browserDrawer, type Drawer, memoryDrawer, type WriteResult } from './drawer.ts';

export interface StudioStorage {
  loadWorkspace(): Promise<StoredWorkspace>;
  saveWorkspace(workspace: unknown): Promise<WriteResult>;
  /** Stores at once, because the page may be gone the next moment. */
  saveBeforeLeaving(workspace: unknown): void;
  loadPreferences(): unknown;
  savePreferences(preferences: unknown): void;
  /** Whether the last start of this tab came as far as showing a mesh; `starting` until it is told so. */
  readonly lastStart: 'shown' | 'broken';
  startIsShown(): void;
  /** For what is kept beside the workspace: snapshots, and what could not be read. */
  readonly drawer: Drawer;
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
const STARTING_KEY = 'meshverdict:starting';

export function browserStorage(now: () => number): StudioStorage {
  const database = attempt((): UseStore => createStore('meshverdict', 'studio'));
  const local = attempt(() => globalThis.localStorage);
  const drawer = database === undefined ? memoryDrawer() : browserDrawer(database);
  // Of this tab alone, and there again after a crash: another tab that is starting just now says nothing about us.
  const tab = attempt(() => globalThis.sessionStorage);
  const lastStart = attempt(() => tab?.getItem(STARTING_KEY)) == null ? 'shown' : 'broken';
  attempt(() => tab?.setItem(STARTING_KEY, 'yes'));
  const startIsShown = (): void => void attempt(() => tab?.removeItem(STARTING_KEY));

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
      if (database === undefined) return 'unavailable';
      const value: Stamped = { savedAt: now(), workspace };
      const result = await drawer.change(WORKSPACE_KEY, () => ({ value }));
      if (result === 'stored') attempt(() => local?.removeItem(LAST_WORDS_KEY));
      return result;
    },
    saveBeforeLeaving(workspace) {
      writeLocal(LAST_WORDS_KEY, { savedAt: now(), workspace } satisfies Stamped);
    },
    loadPreferences: () => readLocal(PREFERENCES_KEY),
    savePreferences: (preferences) => writeLocal(PREFERENCES_KEY, preferences),
    lastStart,
    startIsShown,
    drawer,
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
      return 'stored';
    },
    saveBeforeLeaving: save,
    loadPreferences: () => preferences,
    savePreferences: (next) => {
      preferences = structuredClone(next);
    },
    lastStart: 'shown',
    startIsShown: () => undefined,
    drawer: memoryDrawer(),
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
