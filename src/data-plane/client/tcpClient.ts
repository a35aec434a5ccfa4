/** A caller that sends one line over TCP and reads one back. */
import type { Workload } from '../../mesh/types.ts';
import type { Call, TcpCall } from '../../trace/call.ts';
import type { TcpOutcome } from '../../trace/outcome.ts';
import { cannotTell, type OpenHop, type Run } from '../run.ts';
import type { Reply } from '../wire.ts';
import { type ClientResult, destination } from './curl.ts';

const PING = 'ping';

export function callWithTcp(
  run: Run,
  hop: OpenHop,
  workload: Workload | undefined,
  call: Call,
  tcp: TcpCall,
): ClientResult {
  const dialled = destination(run, hop, workload, call, tcp.host);
  if (dialled.kind === 'cannot-tell') {
    cannotTell(hop, dialled.why);
    return { outcome: { kind: 'unknown' } };
  }
  if (dialled.kind !== 'address') {
    hop.end('failed');
    const error = dialled.kind === 'no-dns' ? 'timeout' : 'unknown-host';
    const result = { kind: 'dial', error, host: dialled.host } as const;
    return { outcome: { kind: 'tcp', result }, cause: { kind: 'failed', hop: hop.id } };
  }
  const dialler = {
    hop,
    byProxy: call.container === 'istio-proxy',
    attempt: 1,
    pooled: false,
    ...(workload === undefined ? {} : { workload }),
  };
  const reply = run.dial(dialler, dialled.address, tcp.port, { kind: 'line', text: PING });
  if (reply.kind === 'cannot-tell') return { outcome: { kind: 'unknown' } };
  const result = tcpResult(reply, tcp.host);
  hop.end(result.kind === 'line' ? 'answered' : 'failed');
  return {
    outcome: { kind: 'tcp', result, ...(reply.kind === 'line' ? { servedBy: reply.servedBy } : {}) },
    ...(reply.cause ? { cause: reply.cause } : {}),
  };
}

function tcpResult(reply: Exclude<Reply, { kind: 'cannot-tell' }>, host: string): TcpOutcome['result'] {
  switch (reply.kind) {
    case 'line':
      return { kind: 'line', text: reply.text };
    case 'garbage':
      // Anything but a text line has no end of line: the end of the connection comes first.
      return reply.looksLike === 'http' ? { kind: 'line', text: reply.text } : { kind: 'closed' };
    case 'reset':
      return { kind: 'reset' };
    case 'silence':
      return { kind: 'timeout' };
    case 'refused':
      return { kind: 'connection-refused' };
    case 'unreachable':
      return { kind: 'dial', error: 'unreachable', host };
    case 'connect-timeout':
      return { kind: 'dial', error: 'timeout', host };
    case 'closed':
    case 'stream-reset':
    case 'http':
    case 'tls':
    case 'tls-failed':
      return { kind: 'closed' };
  }
}
