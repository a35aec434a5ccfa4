/**
 * One simulated call: the recorder that collects hops, steps and lots while parties hand payloads
 * to one another, and the wiring that lets them do so without knowing each other (`dial`).
 * The only mutable state of the data plane lives here and ends with the call.
 */
import type { WorkloadId } from '../base/ids.ts';
import type { ProxyConfig } from '../control-plane/envoy/proxyConfig.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Application, Mesh, Workload } from '../mesh/types.ts';
import type { Certificate } from '../pki/types.ts';
import type { AccessLogEntry } from '../trace/accessLog.ts';
import type { Step } from '../trace/step.ts';
import type { CannotTell, ChoiceMade, Hop, HopId, Party } from '../trace/trace.ts';
import type { Chooser } from './chooser.ts';
import type { CallObserver } from './observer.ts';
import type { ConnectionKeeper } from './standing/types.ts';
import type { Payload, Reply } from './wire.ts';

/** What a call needs of the world besides the call itself. */
export interface SimulationEnv {
  readonly mesh: Mesh;
  /** Throws for a workload without proxy: nobody asks. */
  readonly configOf: (workload: WorkloadId) => ProxyConfig;
  /** What an https application serves with; `undefined` when the certificate it names is not given. */
  readonly servingIdentity: (workload: Workload, application: Application) => ServingIdentity | undefined;
  readonly observer?: CallObserver;
  /** Absent: every connection is a new one, and nobody keeps any. */
  readonly keeper?: ConnectionKeeper;
}

export interface ServingIdentity {
  readonly chain: readonly Certificate[];
  readonly key: PrivateKey;
  /** It demands client certificates of these anchors. */
  readonly clientAnchors?: readonly Certificate[];
}

/** A hop while it is being recorded. */
export interface OpenHop {
  readonly id: HopId;
  readonly party: Party;
  /** How many hops lie before it; a loop shows by its depth. */
  readonly depth: number;
  readonly step: (step: Step) => void;
  /** Keeps a place among the steps for one that is known only later. */
  readonly reserve: () => (step: Step) => void;
  readonly log: (entry: AccessLogEntry) => void;
  readonly end: (end: Hop['end']) => void;
}

/** Who opens a connection, and how. */
export interface Dialler {
  readonly hop: OpenHop;
  /** Absent: outside the cluster. */
  readonly workload?: Workload;
  /** Runs as uid 1337. */
  readonly byProxy: boolean;
  readonly bindSource?: string;
  /** 1 for the first try of a request. */
  readonly attempt: number;
  /** Keeps the connection in a pool after a response. */
  readonly pooled: boolean;
}

/** Milliseconds since the call began, as far as they have meaning (delays, time-outs). */
export interface Clock {
  now: number;
  /** When whoever waits for the current request gives up. */
  deadline: number;
}

export interface Run {
  readonly env: SimulationEnv;
  readonly dial: (dialler: Dialler, address: string, port: number, payload: Payload) => Reply;
  readonly openHop: (party: Party, parent: OpenHop | undefined, attempt: number) => OpenHop;
  readonly choose: (
    hop: OpenHop,
    kind: ChoiceMade['kind'],
    options: readonly string[],
    weights?: readonly number[],
  ) => number;
  readonly nextConnection: () => number;
  /** Calls like this one that are under way, each where this one comes to. */
  readonly alongside: number;
  readonly clock: Clock;
}

export interface Recording {
  readonly run: Run;
  readonly hops: () => readonly Hop[];
  readonly choices: () => readonly ChoiceMade[];
}

/** curl -m 8, as the corpus called it. */
export const CALLER_TIMEOUT_MS = 8000;

interface HopDraft {
  readonly steps: Step[];
  log?: AccessLogEntry;
  end: Hop['end'];
}

export function startRecording(
  env: SimulationEnv,
  chooser: Chooser,
  dial: (run: Run) => Run['dial'],
  alongside = 0,
): Recording {
  const hops: { readonly head: Pick<Hop, 'id' | 'parent' | 'party' | 'attempt'>; readonly draft: HopDraft }[] = [];
  const choices: ChoiceMade[] = [];
  let connections = 0;
  const clock: Clock = { now: 0, deadline: CALLER_TIMEOUT_MS };
  const stamped = (step: Step, at: number): Step => (at === 0 ? step : { ...step, at });

  const openHop: Run['openHop'] = (party, parent, attempt) => {
    const id = hops.length;
    const draft: HopDraft = { steps: [], end: 'forwarded' };
    hops.push({ head: { id, party, attempt, ...(parent === undefined ? {} : { parent: parent.id }) }, draft });
    return {
      id,
      party,
      depth: parent === undefined ? 0 : parent.depth + 1,
      step: (step) => void draft.steps.push(stamped(step, clock.now)),
      reserve: () => {
        const [place, at] = [draft.steps.length, clock.now];
        return (step) => void draft.steps.splice(place, 0, stamped(step, at));
      },
      log: (entry) => {
        draft.log = entry;
      },
      end: (end) => {
        draft.end = end;
      },
    };
  };

  const choose: Run['choose'] = (hop, kind, options, weights) => {
    const possible = options.flatMap((_, i) => ((weights?.[i] ?? 1) > 0 ? [i] : []));
    if (possible.length <= 1) return possible[0] ?? 0;
    const chosen = chooser.choose(kind, options, weights);
    choices.push({ kind, hop: hop.id, options, chosen });
    return chosen;
  };

  const run: Run = {
    env,
    openHop,
    choose,
    alongside,
    clock,
    nextConnection: () => ++connections,
    dial: (dialler, address, port, payload) => connect(dialler, address, port, payload),
  };
  const connect = dial(run);
  return {
    run,
    hops: () =>
      hops.map(({ head, draft }) => ({
        ...head,
        steps: draft.steps,
        end: draft.end,
        ...(draft.log === undefined ? {} : { log: draft.log }),
      })),
    choices: () => choices,
  };
}

/** Records that no verdict is possible here, and says so to whoever waits for a reply. */
export function cannotTell(hop: OpenHop, why: CannotTell): Reply {
  const reason: CannotTell = { ...why, hop: hop.id };
  hop.step({ kind: 'cannot-tell', origins: [], why: reason });
  hop.end('cannot-tell');
  return { kind: 'cannot-tell', why: reason };
}
