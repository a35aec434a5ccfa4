/**
 * The whole state of one studio, as plain data in slices. Only actions change it; what can be
 * derived is not in it. `workspace` is the user's work (undone, stored, shared); the rest is how
 * they look at it, and what the engine said about it.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Language } from '../base/localizedText.ts';
import type { SourceRange } from '../base/origin.ts';
import type { Reason } from '../trace/step.ts';
import type { CallSummary } from '../trace/summary.ts';
import type { HopId } from '../trace/trace.ts';
import type { MeshGraph } from '../worker/meshGraph.ts';
import type { GatewayMomentName, LeftBehindCode, OutlineEntry, RefusalCode, SendAnswer } from '../worker/protocol.ts';
import type { Terminal } from './console/terminal.ts';
import type { History } from './history.ts';
import type { SdsLog } from './sds/watchPushes.ts';
import type { SetAside } from './snapshots/setAside.ts';
import type { Snapshot } from './snapshots/snapshot.ts';
import type { Moment } from './trace/moments.ts';
import type { DraftProblem } from './workspace/toCall.ts';
import type { CallDraft, Workspace } from './workspace/workspace.ts';

export interface StudioState {
  readonly workspace: Workspace;
  readonly history: History;
  readonly saving: 'saved' | 'pending' | 'unavailable' | 'full';
  /** Grows when another workspace takes the place of this one. */
  readonly opened: number;
  /** Grows when kubectl changes the mesh from the console. */
  readonly applied: number;
  /** Kept states, newest first; bodies are in storage. */
  readonly snapshots: readonly Snapshot[];
  readonly setAside: readonly SetAside[];
  readonly engine: EngineState;
  readonly request: RequestState;
  readonly run: RunState;
  readonly terminal: Terminal;
  /** How far a run of the saved calls has come. */
  readonly collection: CollectionRun;
  /** Last verdict of each saved call, by its id. */
  readonly verdicts: Readonly<Record<string, CallVerdict>>;
  readonly playback: Playback;
  readonly together: Together;
  readonly selection: Selection;
  readonly layout: LayoutState;
  readonly settings: Settings;
  readonly notices: readonly Notice[];
  readonly sds: SdsLog;
  readonly connections: OpenConnections;
}

/** Connections that calls may go over instead of opening new ones; they end with the page. */
export interface OpenConnections {
  /** By the engine's numbers, in the order in which they were opened. */
  readonly standing: readonly number[];
  readonly inUse: boolean;
  /** At which moment calls find the gateways; absent: started with this text, and ready. */
  readonly gateways?: GatewayMomentName;
}

export interface EngineState {
  readonly status: 'starting' | 'busy' | 'ready' | 'failed';
  /** Of the text: grows with every change the engine must see. */
  readonly revision: number;
  /** The revision that graph, diagnostics and outline belong to. */
  readonly answered: number;
  readonly graph?: MeshGraph;
  readonly diagnostics: readonly Diagnostic[];
  readonly outline: readonly OutlineEntry[];
  readonly failure?: Reason;
}

export interface RequestState {
  readonly draft: CallDraft;
  /** The saved call it came from, while it still is that call or an edit of it. */
  readonly savedCall?: string;
  readonly problem?: DraftProblem;
}

export type RunState =
  | { readonly status: 'none' }
  | { readonly status: 'sending'; readonly previous?: FinishedRun }
  | FinishedRun
  | { readonly status: 'failed'; readonly reason: Reason };

export interface FinishedRun {
  readonly status: 'done';
  readonly revision: number;
  readonly draft: CallDraft;
  readonly answer: SendAnswer;
  readonly moments: readonly Moment[];
}

export interface CallVerdict {
  readonly revision: number;
  /** Absent: the call cannot be sent as it stands. */
  readonly answer?: SendAnswer;
  /** Every outcome it can have; with the answer. */
  readonly outcomes?: readonly CallSummary[];
}

export type CollectionRun =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number };

export interface Playback {
  /** Index of the moment being shown. */
  readonly at: number;
  readonly playing: boolean;
  readonly speed: PlaybackSpeed;
}

/** Saved calls that are played at once on the canvas. */
export interface Together {
  /** Their ids; [] when nothing is. */
  readonly calls: readonly string[];
  /** Counts the starts: the same calls again are another round. */
  readonly round: number;
}

export const PLAYBACK_SPEEDS = [0.5, 1, 2, 4] as const;
export type PlaybackSpeed = (typeof PLAYBACK_SPEEDS)[number];

export interface Selection {
  /** Canvas node ids (see nodeIds.ts); the last one is what the inspector shows. */
  readonly nodes: readonly string[];
}

/** What stands in the middle of the window. */
export type ViewName = 'mesh' | 'security';
export type RightTab = 'yaml' | 'inspector' | 'handshake' | 'evidence';
export type InspectorTab = 'summary' | 'policies' | 'identity' | 'sds' | 'envoy' | 'log';
/** Every step as wide as any other, or as long as it takes. */
export type TimeScale = 'steps' | 'milliseconds';
export type BottomTab = 'timeline' | 'calls' | 'console';

export interface StepPlace {
  readonly hop: HopId;
  /** Index in the hop's steps. */
  readonly index: number;
}

export interface LayoutState {
  readonly view: ViewName;
  readonly explorer: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
  readonly rightTab: RightTab;
  readonly inspectorTab: InspectorTab;
  readonly bottomTab: BottomTab;
  readonly timeScale: TimeScale;
  /** Name of the file in the editor. */
  readonly file: string;
  /** The panel that was asked for last, a new object each time: where one is shown at a time, it comes to the front. */
  readonly front?: { readonly panel: 'right' | 'bottom' | 'canvas' };
  /** Where the editor is asked to go; a new object each time it is asked. */
  readonly reveal?: SourceRange;
  /** The step whose evidence is asked for; a new object each time it is asked. */
  readonly evidence?: StepPlace;
  /** Whether newcomers are still told what else a mesh can begin with. */
  readonly startHint: boolean;
  /** Panel sizes by group id, as the panels' library counts them. */
  readonly sizes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export type Theme = 'light' | 'dark' | 'system';
export type MotionChoice = 'system' | 'reduced' | 'full';

export interface Settings {
  readonly theme: Theme;
  readonly language: Language;
  readonly motion: MotionChoice;
  /** Long lines of the editor go on below. */
  readonly wordWrap: boolean;
}

/** Something to tell the user that belongs to no place: a code that i18n spells. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly code: NoticeCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export type NoticeCode =
  | 'storage-unavailable'
  | 'storage-unreadable'
  | 'storage-from-the-future'
  | 'storage-full'
  | 'storage-room-made'
  | 'history-full'
  | 'snapshot-gone'
  | 'last-start-broken'
  | 'secrets-not-stored'
  | 'replaced'
  | 'copied'
  | 'copy-failed'
  | 'curl-ignored'
  | 'curl-not-understood'
  | 'engine-failed'
  | 'example-not-loaded'
  | 'arrange-failed'
  | 'arrange-nothing'
  | 'draw-failed'
  | `draw-${RefusalCode}`
  | `draw-${LeftBehindCode}`
  | 'file-not-read'
  | 'file-from-the-future'
  | 'files-imported';
