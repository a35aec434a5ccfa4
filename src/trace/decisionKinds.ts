/**
 * The kind of a decision, without the names that one mesh gave to its things: two calls with the same
 * kind went through the same rule of istiod or Envoy. Step or log line -> code such as
 * `rbac-check deny http denied match`, and of an authorization policy also with each of the fields that
 * it came down to (`... held principals`). Evidence is counted by it (evidence.ts).
 *
 * Invariant: a kind holds words of the protocol and of the APIs alone, never a name, address or number
 * of somebody's mesh; so the same kinds occur in a recorded mesh and in a drawn one.
 */
import { assertNever } from '../base/assertNever.ts';
import type { Origin } from '../base/origin.ts';
import type { AccessLogEntry } from './accessLog.ts';
import type { ClientOutcome } from './outcome.ts';
import type { RbacStep, Step } from './step.ts';
import type { TlsHandshakeStep } from './tlsStep.ts';
import type { Party } from './trace.ts';

export type DecisionKind = string;

/** Absent: no recording could speak of it (a lot that was drawn, something that is not modelled). */
export function decisionKind(step: Step): DecisionKind | undefined {
  switch (step.kind) {
    case 'cannot-tell':
      return undefined;
    case 'dns':
      return kind(step.kind, step.address === undefined ? 'unknown' : 'resolved');
    case 'capture':
      return kind(step.kind, step.direction, step.captured ? 'captured' : 'not-captured', step.rule);
    case 'connect':
      return kind(step.kind, step.result);
    case 'load-balance':
      return step.kind;
    case 'listener-matched':
      return kind(step.kind, step.listener === undefined ? 'none' : 'found');
    case 'filter-chain-matched':
      return kind(
        step.kind,
        step.filterChain === undefined ? 'none' : 'found',
        step.seen.transportProtocol,
        step.seen.serverName === undefined ? '' : 'sni',
      );
    case 'tls-handshake':
      return tlsKind(step);
    case 'http-received':
      return kind(step.kind, step.version, step.peer === undefined ? '' : 'peer');
    case 'route-matched':
      return kind(
        step.kind,
        step.route !== undefined ? 'found' : step.virtualHost !== undefined ? 'no-route' : 'no-virtual-host',
      );
    case 'cluster-selected':
      return kind(step.kind, step.missing ? 'missing' : 'found', clusterKind(step.cluster));
    case 'endpoint-selected':
      return kind(step.kind, step.endpoint === undefined ? 'none' : 'found');
    case 'transport-socket':
      return kind(step.kind, step.socket, step.reason.code);
    case 'jwt-check':
      return kind(step.kind, step.result, step.status, step.message);
    case 'rbac-check':
      return rbacKind(step);
    case 'ext-authz':
      return kind(step.kind, step.layer, step.result, step.reason.code);
    case 'filter-action':
      return kind(step.kind, step.filter, step.action.code);
    case 'retry':
      return kind(step.kind, step.because);
    case 'secret':
      return kind(step.kind, step.source, step.state, step.reason?.code);
    case 'forwarded':
      return kind(step.kind, step.protocol);
    case 'responded':
      return step.local
        ? kind(step.kind, 'local', statusKind(step.status), withoutNames(step.details), step.flags.join(','))
        : kind(step.kind, 'passed-on', step.flags.join(','));
    case 'connection-ended':
      return kind(step.kind, step.how, step.reason.code);
    default:
      return assertNever(step);
  }
}

/** What a proxy logs: flags, details and failures, as the recorded lines have them. */
export function logKind(party: Party, log: AccessLogEntry): DecisionKind {
  return kind(
    'log',
    party.kind === 'proxy' ? party.role : party.kind,
    log.protocol === undefined ? 'tcp' : 'http',
    log.flags.join(','),
    withoutNames(log.details),
    withoutNames(log.termination),
    withoutNames(log.upstreamFailure),
    withoutNames(log.downstreamFailure),
  );
}

/** What the caller is left with. */
export function outcomeKind(outcome: ClientOutcome): DecisionKind | undefined {
  switch (outcome.kind) {
    case 'unknown':
      return undefined;
    case 'http':
      return kind(
        'outcome',
        `exit=${outcome.curlExit}`,
        outcome.status === 0 ? '' : `status=${statusKind(outcome.status)}`,
      );
    case 'tcp':
      return kind('outcome', 'tcp', outcome.result.kind, 'error' in outcome.result ? outcome.result.error : '');
  }
}

const kind = (...parts: readonly (string | number | undefined)[]): DecisionKind =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

function tlsKind({ kind: name, layer, role, result, negotiated, client, server, checks }: TlsHandshakeStep): string {
  const inner = layer > 1 ? 'inner' : '';
  switch (result.kind) {
    case 'established': {
      const mutual = client.certificateChain.length > 0 && server.clientCertificate !== 'not-requested';
      return kind(name, role, inner, mutual ? 'mutual' : 'one-way', negotiated?.version);
    }
    case 'refused': {
      const failed = [...new Set(checks.filter(({ passed }) => !passed).map(({ check }) => check))].sort();
      return kind(
        name,
        role,
        inner,
        'refused-by',
        result.by,
        result.alert,
        result.late ? 'late' : '',
        failed.join(','),
      );
    }
    case 'broken':
      return kind(name, role, inner, 'broken', result.reason);
  }
}

function clusterKind(cluster: string): string {
  const [first = ''] = cluster.split('|');
  return /^(inbound|outbound|PassthroughCluster|InboundPassthroughCluster|BlackHoleCluster)$/.test(first) ? first : '';
}

function rbacKind({ kind: name, phase, layer, decision, rules, badProvider, shadow }: RbacStep): string {
  const because = rules.some(({ matched }) => matched) ? 'match' : rules.length === 0 ? 'no-rules' : 'no-match';
  const dryRun = shadow === undefined ? '' : `dry-run-${shadow.decision}`;
  return kind(name, phase, layer, decision, because, badProvider?.code, dryRun);
}

/** What an authorization check came down to: the fields by which rules matched, and those that kept others from it. */
export function fieldKinds(step: Step): readonly DecisionKind[] {
  if (step.kind !== 'rbac-check') return [];
  const own = rbacKind(step);
  const found = step.rules.flatMap(({ matched, heldBy, failed }) =>
    matched
      ? heldBy.map((origin) => kind(own, 'held', fieldOf(origin)))
      : failed.slice(0, 1).map(({ field }) => kind(own, 'failed', field.replace(/\[.*$/, ''))),
  );
  return [...new Set(found)].sort();
}

function fieldOf({ path }: Origin): string {
  if (path.includes('when')) return 'when';
  return String(path.findLast((part) => Number.isNaN(Number(part))) ?? '');
}

/** Statuses that Envoy gives of its own accord; any other is what somebody's configuration asks for. */
const OWN_STATUSES = new Set([200, 400, 401, 403, 404, 426, 500, 502, 503, 504]);

const statusKind = (status: number): string =>
  status === 0 || OWN_STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;

/** Policies in brackets and numbers of errors differ from mesh to mesh; what Envoy says of them does not. */
function withoutNames(text: string | undefined): string | undefined {
  return text
    ?.replace(/\[(?!none\]).*\]/, '[..]')
    .replace(/\d{5,}/g, '#')
    .replace(/\s+/g, '_');
}
