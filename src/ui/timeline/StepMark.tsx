/** One step on its lane: a dot; a lock for TLS; the shapes of the verdicts for what was decided. */
import type { Step } from '../../trace/step.ts';
import { Tooltip } from '../shared/controls.tsx';
import { VerdictShape } from '../shared/VerdictMark.tsx';

export type StepTone = 'event' | 'tls' | 'passed' | 'refused' | 'unknown';

/** What a step means for the call. */
export function toneOf(step: Step): StepTone {
  switch (step.kind) {
    case 'tls-handshake':
      return step.result.kind === 'established' ? 'tls' : 'refused';
    case 'filter-chain-matched':
      return step.filterChain === undefined ? 'refused' : 'event';
    case 'listener-matched':
      return step.listener === undefined ? 'refused' : 'event';
    case 'rbac-check':
      return step.decision === 'denied' ? 'refused' : step.rules.length > 0 ? 'passed' : 'event';
    case 'jwt-check':
      return step.result === 'refused' ? 'refused' : step.result === 'accepted' ? 'passed' : 'event';
    case 'ext-authz':
      return step.result === 'allowed' || step.result === 'error-allowed' ? 'passed' : 'refused';
    case 'connect':
      return step.result === 'established' ? 'event' : 'refused';
    case 'dns':
      return step.address === undefined ? 'refused' : 'event';
    case 'cluster-selected':
      return step.missing ? 'refused' : 'event';
    case 'endpoint-selected':
      return step.endpoint === undefined ? 'refused' : 'event';
    case 'secret':
      return step.state === 'delivered' || step.state === 'kept' ? 'event' : 'refused';
    case 'connection-ended':
      return 'refused';
    case 'cannot-tell':
      return 'unknown';
    default:
      return 'event';
  }
}

export interface StepMarkProps {
  readonly step: Step;
  readonly isCurrent: boolean;
  readonly isPast: boolean;
  readonly isDeciding: boolean;
  readonly name: string;
  readonly line: string;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

export function StepMark({ step, isCurrent, isPast, isDeciding, name, line, onSelect, onOpen }: StepMarkProps) {
  const tone = toneOf(step);
  return (
    <Tooltip text={line}>
      <button
        type="button"
        className={`mark mark-${tone}`}
        aria-label={name}
        aria-current={isCurrent ? 'step' : undefined}
        data-past={isPast}
        data-deciding={isDeciding}
        onClick={onSelect}
        onDoubleClick={onOpen}
      >
        <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
          <MarkShape tone={tone} />
        </svg>
      </button>
    </Tooltip>
  );
}

function MarkShape({ tone }: { tone: StepTone }) {
  switch (tone) {
    case 'tls':
      return <path className="mark-lock" d="M-3.5-.7h7v5h-7zM-2.2-.7v-1.600a2.2 2.2 0 0 1 4.4 0v1.6" />;
    case 'passed':
      return (
        <g transform="scale(.68)">
          <VerdictShape kind="served" />
        </g>
      );
    case 'refused':
      return (
        <g transform="scale(.72)">
          <VerdictShape kind="refused" />
        </g>
      );
    case 'unknown':
      return (
        <g transform="scale(.72)">
          <VerdictShape kind="cannot-tell" />
        </g>
      );
    case 'event':
      return <circle className="mark-dot" r="3" />;
  }
}
