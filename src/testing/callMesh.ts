/** Calls in a mesh written as YAML, for tests: compile once, then ask with few words. */
import type { WorkloadId } from '../base/ids.ts';
import { type CompiledMesh, compile, enumerate, evaluate, parse } from '../engine.ts';
import type { MeshOptions } from '../mesh/types.ts';
import type { Call, ClientTlsOptions, HttpCall } from '../trace/call.ts';
import { checkTrace } from '../trace/checkTrace.ts';
import type { Trace } from '../trace/trace.ts';
import { TEST_NOW } from './meshOf.ts';

export interface CallSpec {
  readonly from: string;
  readonly url?: string;
  /** `host:port` */
  readonly tcp?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly container?: Call['container'];
  readonly connectTo?: string;
  readonly httpVersion?: HttpCall['httpVersion'];
  readonly tls?: Partial<ClientTlsOptions>;
}

export interface TestMesh {
  readonly compiled: CompiledMesh;
  /** One trace, lots drawn by the test's seed. Throws when the trace breaks its own invariants. */
  readonly call: (spec: CallSpec) => Trace;
  readonly every: (spec: CallSpec) => readonly Trace[];
}

export async function testMesh(yaml: string, options: Partial<MeshOptions> = {}): Promise<TestMesh> {
  const compiled = await compile(parse([{ name: 'test.yaml', text: yaml }]), {
    now: TEST_NOW,
    seed: 'test',
    ...options,
  });
  return {
    compiled,
    call: (spec) => sound(evaluate(compiled, callOf(spec))),
    every: (spec) => enumerate(compiled, callOf(spec)).map(sound),
  };
}

function sound(trace: Trace): Trace {
  const problems = checkTrace(trace);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return trace;
}

function callOf(spec: CallSpec): Call {
  const common = {
    from: spec.from as WorkloadId,
    container: spec.container ?? 'app',
    ...(spec.connectTo === undefined ? {} : { connectTo: spec.connectTo }),
  };
  if (spec.tcp !== undefined) {
    const colon = spec.tcp.lastIndexOf(':');
    return {
      ...common,
      request: { kind: 'tcp', host: spec.tcp.slice(0, colon), port: Number(spec.tcp.slice(colon + 1)) },
    };
  }
  return {
    ...common,
    request: {
      kind: 'http',
      url: spec.url ?? '',
      method: spec.method ?? 'GET',
      headers: Object.entries(spec.headers ?? {}),
      httpVersion: spec.httpVersion ?? '1.1',
      pathAsIs: false,
      tls: { insecure: false, ...spec.tls },
    },
  };
}

/** What proxies log, shortest first to read: `workload status flags details|termination`. */
export const logLines = (trace: Trace): readonly string[] =>
  trace.hops.flatMap(({ party, log }) =>
    party.kind === 'proxy' && log
      ? [[party.workload, log.status, log.flags.join(',') || '-', log.details ?? log.termination ?? '-'].join(' ')]
      : [],
  );
