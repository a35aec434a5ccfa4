/**
 * The way of a certificate request as a picture: a column for each party, an arrow for each step so
 * far, and the message of the last one travelling along it. Drawn from the engine's steps alone.
 */
import type { CsrFlowView } from '../../worker/protocol.ts';
import { useTranslator } from '../shared/context.tsx';

type Step = CsrFlowView['steps'][number];
const ACTORS = ['envoy', 'agent', 'istiod', 'api-server', 'cert-manager'] as const satisfies readonly Step['from'][];
const WIDTH = 400;
const TOP = 30;
const ROW = 18;
const column = (actor: Step['from']): number => (ACTORS.indexOf(actor) + 0.5) * (WIDTH / ACTORS.length);

export function CsrDiagram({ steps, at }: { steps: readonly Step[]; at: number }) {
  const { t } = useTranslator('csr');
  const height = TOP + steps.length * ROW + 8;
  return (
    <svg className="csr-diagram" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
      {ACTORS.map((actor) => (
        <g key={actor}>
          <text x={column(actor)} y={14} textAnchor="middle">
            {t(`csr.actor.${actor}`)}
          </text>
          <line className="csr-lifeline" x1={column(actor)} x2={column(actor)} y1={22} y2={height} />
        </g>
      ))}
      {steps.slice(0, at + 1).map((step, index) => (
        // Their order is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Arrow key={index} step={step} y={TOP + index * ROW + 6} current={index === at} />
      ))}
    </svg>
  );
}

function Arrow({ step: { from, to, ok }, y, current }: { step: Step; y: number; current: boolean }) {
  const x1 = column(from);
  const x2 = column(to);
  if (from === to) {
    return (
      <g className="csr-arrow" data-ok={ok} data-current={current}>
        <circle cx={x1} cy={y} r={4} className="csr-own" />
      </g>
    );
  }
  const back = x2 < x1 ? 1 : -1;
  return (
    <g className="csr-arrow" data-ok={ok} data-current={current}>
      <line x1={x1} x2={ok ? x2 : (x1 + x2) / 2} y1={y} y2={y} />
      {ok ? (
        <path d={`M${x2 + back * 6} ${y - 4}L${x2} ${y}l${back * 6} 4`} />
      ) : (
        <path d={`M${(x1 + x2) / 2 - 4} ${y - 4}l8 8m0-8l-8 8`} />
      )}
      {current && ok && (
        <circle className="csr-message" cy={y} r={4} style={{ '--from': `${x1}px`, '--to': `${x2}px` } as object} />
      )}
    </g>
  );
}
