/**
 * One query -> one answer, given the workspace that the session holds. Keeps parse results and the
 * compiled mesh between queries; every answer is plain data.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import {
  type CallOptions,
  type CompiledMesh,
  capture,
  certificatesOfConnection,
  compile,
  createParseCache,
  distinctSummaries,
  draw,
  enumerate,
  evaluate,
  excerpt,
  fixesFor,
  gatewaysRunOn,
  type MeshOptions,
  type ParseCache,
  parse,
  previewAllowCall,
  type RunningGateways,
  rotateRoot,
  suggestEdits,
  whatBreaks,
} from '../engine.ts';
import type { EngineAnswers, EngineQuery, SendAnswer, SendQuery, WorkspaceAnswer, WorkspaceQuery } from './protocol.ts';
import { certificatesOf } from './views/certificates.ts';
import type { OpenConnection } from './views/connections.ts';
import { meshGraph } from './views/graph.ts';
import { originsIn } from './views/located.ts';
import { outline } from './views/outline.ts';

/** What panels ask for; a verdict needs none of it. */
const loadViews = () => import('./views/index.ts');

export interface WorkspaceState {
  readonly revision: number;
  readonly files: WorkspaceQuery['files'];
  readonly compiled: CompiledMesh;
  readonly cache: ParseCache;
  /** What the page keeps open. */
  readonly open: readonly OpenConnection[];
  /** What gateways have loaded that have run since the first text. */
  readonly running: RunningGateways;
}

export interface Answered {
  readonly state: WorkspaceState | undefined;
  readonly answer: EngineAnswers[EngineQuery['kind']];
}

export async function answerQuery(state: WorkspaceState | undefined, query: EngineQuery): Promise<Answered> {
  if (query.kind === 'open-workspace' || query.kind === 'update') {
    const next = await openWorkspace(state, query);
    return { state: next, answer: workspaceAnswer(next.compiled) };
  }
  if (state === undefined) return { state, answer: undefined };
  const { compiled } = state;
  switch (query.kind) {
    case 'send':
      return { state, answer: send(state, query) };
    case 'proxy-config':
      return { state, answer: (await loadViews()).proxyConfigView(compiled, query.workload) };
    case 'identity':
      return { state, answer: (await loadViews()).identityView(compiled, query.workload) };
    case 'policies':
      return { state, answer: (await loadViews()).policiesView(compiled, query.workload) };
    case 'suggest':
      return { state, answer: await suggestEdits(state.files, compiled.mesh.options, query.call) };
    case 'edit':
      return { state, answer: await draw(compiled, state.files, query.intention) };
    case 'preview-allow':
      return { state, answer: await previewAllowCall(compiled, state.files, query.intention) };
    case 'excerpt':
      return { state, answer: await excerpt(compiled, state.files, query.what) };
    case 'fixes':
      return { state, answer: await fixesFor(compiled, state.files, query.diagnostic) };
    case 'inspect-token':
      return { state, answer: await (await loadViews()).tokenView(compiled, state.files, query) };
    case 'mint-token':
      return { state, answer: (await loadViews()).mintedView(compiled, query) };
    case 'handshake':
      return {
        state,
        answer: await (await loadViews()).handshakeBytes(compiled, query, callOptions(state, query)),
      };
    case 'connections': {
      const views = await loadViews();
      const open = views.openAndForget(compiled, state.open, query);
      return { state: { ...state, open }, answer: views.connectionsView(compiled, open, query) };
    }
    case 'curve':
      return { state, answer: await (await loadViews()).curveView(query) };
    case 'csr-flow':
      return { state, answer: (await loadViews()).csrFlowView(compiled, query.workload) };
    case 'sds':
      return { state, answer: (await loadViews()).sdsView(compiled, query.workload) };
    case 'sds-pushes': {
      const running = gatewaysRunOn(query.before.length === 0 ? NOTHING_RUNS : state.running, compiled);
      return { state: { ...state, running }, answer: (await loadViews()).sdsPushesView(compiled, query.before) };
    }
    case 'certificates':
      return { state, answer: (await loadViews()).certificateList(compiled, compiled.mesh.options.pems ?? {}) };
    case 'what-breaks':
      return { state, answer: await whatBreaks(compiled, query.disturbance, query.calls) };
    case 'rotate-root':
      return { state, answer: await rotateRoot(compiled, query, query.calls) };
    case 'complete':
    case 'describe':
    case 'crumbs':
    case 'definition':
    case 'references':
    case 'symbols':
      return { state, answer: await (await loadViews()).languageAnswer(compiled, query) };
    case 'security':
      return { state, answer: await (await loadViews()).securityView(compiled, query) };
    case 'console': {
      // Few people type commands: what carries them out comes with the first one.
      const { runCommand } = await import('../console/runCommand.ts');
      return { state, answer: runCommand(state, query) };
    }
    case 'export-pcap': {
      const { call, seed } = query;
      return { state, answer: await capture(compiled, call, seed === undefined ? {} : { seed }) };
    }
  }
}

async function openWorkspace(state: WorkspaceState | undefined, query: WorkspaceQuery): Promise<WorkspaceState> {
  const cache = state?.cache ?? createParseCache();
  const options: MeshOptions = query.options;
  const compiled = await compile(parse(query.files, cache), options);
  return {
    revision: query.revision,
    files: query.files,
    compiled,
    cache,
    open: state?.open ?? [],
    running: state?.running ?? NOTHING_RUNS,
  };
}

function workspaceAnswer(compiled: CompiledMesh): WorkspaceAnswer {
  return {
    graph: meshGraph(compiled),
    diagnostics: compiled.diagnostics.map((diagnostic) => withRange(compiled, diagnostic)),
    outline: outline(compiled),
  };
}

const NOTHING_RUNS: RunningGateways = new Map();

/** The lots, connections and gateways that a call is sent with. */
const callOptions = (
  { open, running }: WorkspaceState,
  { seed, standing = [], gateways }: Pick<SendQuery, 'seed' | 'standing' | 'gateways'>,
): CallOptions => ({
  ...(seed === undefined ? {} : { seed }),
  ...(gateways === undefined
    ? {}
    : { gateways: gateways === 'running' ? { kind: gateways, gateways: running } : { kind: gateways } }),
  ...(standing.length === 0
    ? {}
    : { standing: open.flatMap(({ id, connection }) => (standing.includes(id) ? [connection] : [])) }),
});

function withRange(compiled: CompiledMesh, diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.range !== undefined || diagnostic.origin === undefined) return diagnostic;
  const range = compiled.parsed.locate(diagnostic.origin);
  return range === undefined ? diagnostic : { ...diagnostic, range };
}

function send(state: WorkspaceState, query: SendQuery): SendAnswer {
  const { compiled } = state;
  const options = callOptions(state, query);
  const trace = evaluate(compiled, query.call, options);
  const then = options.standing?.flatMap(certificatesOfConnection);
  const located = originsIn(trace.hops).flatMap((origin) => {
    const range = compiled.parsed.locate(origin);
    return range === undefined ? [] : [{ origin, range }];
  });
  // Another outcome needs lots that could have fallen otherwise.
  const byLot = trace.choices.some(({ options }) => options.length > 1);
  const traces = query.outcomes === true && byLot ? [trace, ...enumerate(compiled, query.call)] : [trace];
  return { trace, located, certificates: certificatesOf(compiled, trace, then), outcomes: distinctSummaries(traces) };
}
