/** What curl (or a TCP client) prints at the caller: never translated, as a terminal shows it. */
import type { ClientOutcome, TcpOutcome } from '../../trace/outcome.ts';

export function outcomeText(outcome: ClientOutcome): string {
  switch (outcome.kind) {
    case 'http':
      if (outcome.curlExit !== 0) {
        return `curl: (${outcome.curlExit})${outcome.error === undefined ? '' : ` ${outcome.error}`}`;
      }
      return `HTTP ${outcome.status}${outcome.body === undefined || outcome.body === '' ? '' : ` ${outcome.body}`}`;
    case 'tcp':
      return tcpText(outcome.result);
    case 'unknown':
      return '?';
  }
}

function tcpText(result: TcpOutcome['result']): string {
  switch (result.kind) {
    case 'line':
      return result.text;
    case 'dial':
      return `dial: ${result.host}: ${result.error}`;
    default:
      return result.kind.replace('-', ' ');
  }
}
