/**
 * One connection: plain text is a thin line, TLS a tunnel of two lines with a lock, mutual TLS has
 * a seal at both ends, TLS inside TLS is a tunnel in a tunnel. Refused ones are dashed. Ahead of the token the
 * lock stands open and nobody has shown a certificate yet; the handshake closes it and sets the seals.
 */
import type { DrawnLeg } from './pathOfCall.ts';
import { type Polyline, pointAt } from './polyline.ts';

export function LegLine({ leg, state }: { leg: DrawnLeg; state: 'ahead' | 'done' }) {
  const { line, tunnels } = leg;
  // A handshake that came to nothing is no tunnel on any of the stretches it spans.
  const refused = leg.refused || tunnels.some(({ established }) => !established);
  const depth = Math.min(2, tunnels.length);
  const mutual = tunnels.some((tunnel) => tunnel.mutual);
  const isSealed = mutual && !refused && state === 'done';
  const sealAt = Math.min(0.45, 12 / Math.max(1, line.length));
  const tone = refused ? 'refused' : depth === 0 ? 'plain' : 'allowed';
  return (
    <g className={`leg leg-${state} tone-${tone} ${refused ? 'leg-refused' : ''}`}>
      {depth === 0 ? (
        <>
          <path className="leg-plain" d={line.d} />
          {!refused && <path className="leg-arrow" d="M-6-4.5 0 0-6 4.5" transform={arrowAt(line)} />}
        </>
      ) : (
        <>
          {depth === 2 && <path className="leg-wall leg-wall-outer" d={line.d} />}
          {depth === 2 && <path className="leg-bore leg-bore-outer" d={line.d} />}
          <path className="leg-wall" d={line.d} />
          <path className="leg-bore" d={line.d} />
          {isSealed && <Seal {...pointAt(line, sealAt)} />}
          {isSealed && <Seal {...pointAt(line, 1 - sealAt)} />}
          {line.rest.room > 28 && <Lock x={line.rest.x} y={line.rest.y} open={refused || state === 'ahead'} />}
        </>
      )}
    </g>
  );
}

/** At the end of the line, along its last stretch; clear of the socket. */
function arrowAt(line: Polyline): string {
  const end = pointAt(line, 1 - Math.min(0.4, 6 / Math.max(1, line.length)));
  const before = pointAt(line, 1 - Math.min(0.5, 12 / Math.max(1, line.length)));
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return `translate(${end.x} ${end.y}) rotate(${angle})`;
}

function Seal({ x, y }: { x: number; y: number }) {
  return (
    <g className="leg-seal" transform={`translate(${x} ${y})`}>
      <circle r="6.5" />
      <path d="m-2.7 .3 1.9 1.9 3.5-3.9" />
    </g>
  );
}

function Lock({ x, y, open }: { x: number; y: number; open: boolean }) {
  return (
    <g className="leg-lock" transform={`translate(${x} ${y})`}>
      <rect className="leg-lock-ground" x="-10" y="-10" width="20" height="20" rx="10" />
      <path
        d={
          open
            ? 'M-4.5-.500h9v6.500h-9zM-3-.500v-2.300a2.8 2.8 0 0 1 5.3-1.2'
            : 'M-4.5-.500h9v6.500h-9zM-3-.500v-2a3 3 0 0 1 6 0v2'
        }
      />
    </g>
  );
}
