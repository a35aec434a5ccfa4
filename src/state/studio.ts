/**
 * One studio: its store and what it reaches the world through. Made once per page or embed and
 * handed down; two on one page share nothing. Actions take it as their first argument.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../worker/protocol.ts';
import { EMPTY_TERMINAL } from './console/terminal.ts';
import { EMPTY_HISTORY } from './history.ts';
import type { StudioStorage } from './persistence/storage.ts';
import { EMPTY_SDS_LOG } from './sds/watchPushes.ts';
import type { LayoutState, OpenConnections, Settings, StudioState } from './studioState.ts';
import type { ExampleCatalogue } from './workspace/examples.ts';
import { EMPTY_DRAFT, WORKSPACE_SCHEMA, type Workspace } from './workspace/workspace.ts';

export interface Studio {
  readonly store: StoreApi<StudioState>;
  readonly engine: EngineClient;
  readonly storage: StudioStorage;
  readonly examples: ExampleCatalogue;
  /** Wall-clock milliseconds, for grouping edits; never part of a verdict. */
  readonly now: () => number;
  /** What the system asks for; the setting may say otherwise. */
  readonly systemPrefersReducedMotion: () => boolean;
}

export interface StudioStart {
  readonly engine: EngineClient;
  readonly storage: StudioStorage;
  readonly examples: ExampleCatalogue;
  readonly now: () => number;
  readonly systemPrefersReducedMotion: () => boolean;
  readonly layout: LayoutState;
  readonly settings: Settings;
}

export const EMPTY_WORKSPACE: Workspace = {
  schema: WORKSPACE_SCHEMA,
  name: { en: 'Empty mesh', ja: '空のメッシュ' },
  files: [{ name: 'mesh.yaml', text: '' }],
  calls: [],
  positions: {},
  world: { now: '2026-11-23T00:00:00Z', seed: 'meshverdict', addresses: {}, pems: {}, tokens: {} },
};

export const NO_CONNECTIONS: OpenConnections = { standing: [], inUse: false };

/** Nothing travels; steps switch at once. */
export function isMotionReduced({ store, systemPrefersReducedMotion }: Studio): boolean {
  const { motion } = store.getState().settings;
  return motion === 'system' ? systemPrefersReducedMotion() : motion === 'reduced';
}

export function createStudio({ layout, settings, ...world }: StudioStart): Studio {
  const store = createStore<StudioState>(() => ({
    workspace: EMPTY_WORKSPACE,
    history: EMPTY_HISTORY,
    saving: 'saved',
    opened: 0,
    applied: 0,
    snapshots: [],
    setAside: [],
    engine: { status: 'starting', revision: 0, answered: 0, diagnostics: [], outline: [] },
    request: { draft: EMPTY_DRAFT },
    run: { status: 'none' },
    terminal: EMPTY_TERMINAL,
    collection: { status: 'idle' },
    verdicts: {},
    playback: { at: 0, playing: false, speed: 1 },
    together: { calls: [], round: 0 },
    selection: { nodes: [] },
    layout,
    settings,
    notices: [],
    sds: EMPTY_SDS_LOG,
    connections: NO_CONNECTIONS,
  }));
  return { store, ...world };
}
