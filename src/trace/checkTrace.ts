/**
 * The invariants of a trace (trace.ts): parents precede children and are one hop away in the tree,
 * the first hop is the caller, a hop's last step agrees with its end, the disposition agrees with
 * the outcome and points at hops that exist. Returns what is wrong; an empty list is a good trace.
 * Readers and tests use it; a violation is our own bug, never the user's.
 */
import type { ClientOutcome } from './outcome.ts';
import type { Disposition, Hop, Trace } from './trace.ts';

export function checkTrace(trace: Trace): readonly string[] {
  return [
    ...trace.hops.flatMap((hop, index) => checkHop(trace, hop, index)),
    ...checkConnections(trace.hops),
    ...checkDisposition(trace),
  ];
}

function checkHop(trace: Trace, hop: Hop, index: number): readonly string[] {
  const problems: string[] = [];
  const at = `hop ${index}`;
  if (hop.id !== index) problems.push(`${at}: id is ${hop.id}`);
  if (index === 0) {
    if (hop.parent !== undefined) problems.push(`${at}: the caller has a parent`);
    if (hop.party.kind !== 'client') problems.push(`${at}: the first hop is not the caller`);
  } else if (hop.parent === undefined) {
    problems.push(`${at}: no parent`);
  } else if (hop.parent >= index || trace.hops[hop.parent] === undefined) {
    problems.push(`${at}: parent ${hop.parent} does not precede it`);
  }
  if (index > 0 && hop.party.kind === 'client') problems.push(`${at}: a second caller`);
  if (hop.attempt < 1) problems.push(`${at}: attempt ${hop.attempt}`);
  const ended = endProblem(hop);
  if (ended !== undefined) problems.push(`${at}: ${ended}`);
  if (hop.log !== undefined && hop.party.kind !== 'proxy') problems.push(`${at}: only proxies log`);
  return problems;
}

/** Steps that can only come last in a hop that refused, answered or gave up. */
function endProblem(hop: Hop): string | undefined {
  const last = hop.steps.at(-1);
  const cannotTell = hop.steps.some((step) => step.kind === 'cannot-tell');
  if (cannotTell && hop.end !== 'cannot-tell') return `cannot tell, but ended ${hop.end}`;
  if (last === undefined) return undefined;
  switch (hop.end) {
    case 'forwarded':
      if (last.kind === 'connection-ended') return `forwarded, but its last step ended the connection`;
      return last.kind === 'responded' && last.local ? 'forwarded, but answered by itself' : undefined;
    case 'answered':
      if (last.kind === 'connection-ended' && last.how === 'reset') return 'answered, but reset the connection';
      return undefined;
    case 'refused':
      return last.kind === 'responded' && !last.local ? 'refused, but passed an answer on' : undefined;
    case 'failed':
    case 'cannot-tell':
      return undefined;
  }
}

/** A TLS connection is seen from its two ends at most, and both tell the same story. */
function checkConnections(hops: readonly Hop[]): readonly string[] {
  const problems: string[] = [];
  const results = new Map<string, string>();
  for (const hop of hops) {
    for (const step of hop.steps) {
      if (step.kind !== 'tls-handshake') continue;
      const end = `${step.connection} ${step.role}`;
      if (results.has(end)) problems.push(`hop ${hop.id}: connection ${step.connection} has two ${step.role}s`);
      results.set(end, step.result.kind);
    }
  }
  for (const [end, result] of results) {
    const [connection, role] = end.split(' ');
    if (role !== 'client') continue;
    const other = results.get(`${connection} server`);
    // A server without a certificate just hangs up: its client sees a connection that broke.
    if (other !== undefined && other !== result) problems.push(`connection ${connection}: ${result} and ${other}`);
  }
  return problems;
}

function checkDisposition({ disposition, outcome, hops }: Trace): readonly string[] {
  const problems: string[] = [];
  const hop = 'hop' in disposition ? disposition.hop : undefined;
  if (hop !== undefined && hops[hop] === undefined) problems.push(`disposition: no hop ${hop}`);
  if ((disposition.kind === 'cannot-tell') !== (outcome.kind === 'unknown')) {
    problems.push(`disposition ${disposition.kind} with outcome ${outcome.kind}`);
  }
  if (disposition.kind === 'cannot-tell' && disposition.reasons.length === 0) problems.push('disposition: no reason');
  const problem = outcomeProblem(disposition, outcome);
  if (problem !== undefined) problems.push(problem);
  return problems;
}

function outcomeProblem(disposition: Disposition, outcome: ClientOutcome): string | undefined {
  if (outcome.kind === 'unknown') return undefined;
  const servedBy = outcome.servedBy;
  switch (disposition.kind) {
    case 'served':
      return servedBy === disposition.by ? undefined : `served by ${disposition.by}, but the outcome says ${servedBy}`;
    case 'answered':
      if (servedBy !== undefined) return 'answered on the way, but an application served it';
      return outcome.kind === 'http' && outcome.status !== disposition.status
        ? 'answered with another status'
        : undefined;
    case 'refused':
    case 'failed':
      return servedBy === undefined ? undefined : `${disposition.kind}, but an application served it`;
    case 'cannot-tell':
      return undefined;
  }
}
