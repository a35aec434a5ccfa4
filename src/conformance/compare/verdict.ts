/**
 * Does the verdict agree? Status and curl's exit code (52, 55, 56 count as one), the TCP line
 * (`closed` and `reset` count as one, `dial` by its kind), who served, and the body when it is not
 * the application's echo. Rules: conformance/README.md, "Agreement".
 */
import type { Trace } from '../../engine.ts';
import type { Observed } from '../caseFile.ts';
import { type Difference, difference } from './difference.ts';

/** curl exits that are one race: a connection that ended after it was established. */
export const RACING_EXITS: readonly number[] = [52, 55, 56];

export function compareVerdict(observed: Observed, trace: Trace): Difference[] {
  const { outcome } = trace;
  const differences: Difference[] = [];
  const check = (field: string, expected: unknown, actual: unknown): void => {
    if (expected !== actual) differences.push(difference('verdict', field, expected, actual));
  };
  if (observed.tcp !== undefined) {
    const result = outcome.kind === 'tcp' ? tcpText(outcome.result) : outcome.kind;
    check('tcp', tcpClass(observed.tcp), tcpClass(result));
    check('servedBy', observed.servedBy, outcome.kind === 'tcp' ? outcome.servedBy : undefined);
    return differences;
  }
  if (outcome.kind !== 'http') return [difference('verdict', 'kind', 'http', outcome.kind)];
  check('status', observed.status, outcome.status);
  check('curlExit', exitClass(observed.curlExit), exitClass(outcome.curlExit));
  check('servedBy', observed.servedBy, outcome.servedBy);
  if (observed.body !== undefined) check('body', observed.body, outcome.body ?? '');
  return differences;
}

const exitClass = (exit: number): number => (RACING_EXITS.includes(exit) ? 56 : exit);

function tcpText(result: Extract<Trace['outcome'], { kind: 'tcp' }>['result']): string {
  switch (result.kind) {
    case 'line':
      return result.text;
    case 'connection-refused':
      return 'connection refused';
    case 'dial':
      return `dial: ${result.error}`;
    default:
      return result.kind;
  }
}

/** `closed` and `reset` are one; a dial error is told by its kind. */
function tcpClass(text: string): string {
  if (text === 'closed' || text === 'reset') return 'ended';
  if (!text.startsWith('dial:')) return text;
  if (/no such host|lookup |unknown-host/.test(text)) return 'dial: unknown-host';
  if (/i\/o timeout|timeout/.test(text)) return 'dial: timeout';
  return 'dial: unreachable';
}
