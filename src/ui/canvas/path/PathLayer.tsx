/**
 * The call on the canvas: its lines, locks and seals, the token, and the mark of its end. Drawn in
 * the canvas's own coordinates; only the token moves every frame, without React.
 */
import { ViewportPortal } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { shownRun, shownTrace } from '../../../state/selectors/select.ts';
import type { Playback, StudioState } from '../../../state/studioState.ts';
import type { Moment } from '../../../state/trace/moments.ts';
import type { Trace } from '../../../trace/trace.ts';
import { useClock, useStudioState, useTranslator } from '../../shared/context.tsx';
import { VERDICT_TONES, VerdictShape } from '../../shared/VerdictMark.tsx';
import type { Scene } from '../scene/scene.ts';
import './path.css';
import { LegLine } from './LegLine.tsx';
import { type CallPath, type DrawnLeg, pathOfCall } from './pathOfCall.ts';
import { placeToken } from './placeToken.ts';
import { TokenShape } from './TokenShape.tsx';

const playbackAt = ({ playback }: StudioState) => playback.at;

export function PathLayer({ scene }: { scene: Scene }) {
  const trace = useStudioState(shownTrace);
  const path = useMemo(() => (trace === undefined ? undefined : pathOfCall(trace, scene)), [trace, scene]);
  const moments = useStudioState(shownRun)?.moments;
  if (trace === undefined || path === undefined || moments === undefined) return null;
  return (
    <ViewportPortal>
      <svg className="path-layer" aria-hidden="true" width="1" height="1">
        <Lines path={path} moments={moments} />
        <EndMark trace={trace} path={path} moments={moments} />
        <Token path={path} moments={moments} />
      </svg>
    </ViewportPortal>
  );
}

const Lines = memo(function Lines({ path, moments }: { path: CallPath; moments: readonly Moment[] }) {
  const at = useStudioState(playbackAt);
  const reached = reachedHops(moments, at);
  return path.legs.map((leg) =>
    leg.inside ? null : <LegLine key={leg.far} leg={leg} state={reached.has(leg.far) ? 'done' : 'ahead'} />,
  );
});

/** Hops that the request has set out to by a moment. */
function reachedHops(moments: readonly Moment[], at: Playback['at']): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const moment of moments.slice(0, at + 1)) reached.add(moment.kind === 'passage' ? moment.far : moment.hop);
  return reached;
}

const EndMark = memo(function EndMark({
  trace,
  path,
  moments,
}: {
  trace: Trace;
  path: CallPath;
  moments: readonly Moment[];
}) {
  const { t } = useTranslator();
  const at = useStudioState(playbackAt);
  const turn = turningPoint(moments, path.legs);
  if (at < turn) return null;
  const { kind } = trace.disposition;
  const [x, y, anchor] = WORD_PLACES[path.end.word];
  return (
    <g className={`end-mark tone-${VERDICT_TONES[kind]}`} transform={`translate(${path.end.x} ${path.end.y})`}>
      <g className="end-mark-scale">
        <VerdictShape kind={kind} filled />
        <text className="end-mark-word" x={x} y={y} textAnchor={anchor}>
          {t(`verdict.word.${kind}`)}
        </text>
      </g>
    </g>
  );
});

/** Before a card the word stands over the line, not over the card. */
const WORD_PLACES = { before: [10, -16, 'end'], above: [0, -16, 'middle'], beside: [14, 4, 'start'] } as const;

/** The moment after which nothing new happens to the request: the first reply, or the end. */
function turningPoint(moments: readonly Moment[], legs: readonly DrawnLeg[]): number {
  const refused = legs.find((leg) => leg.refused);
  const first = moments.findIndex(
    (moment) =>
      moment.kind === 'passage' &&
      moment.direction === 'reply' &&
      (refused === undefined || moment.far === refused.far),
  );
  return first < 0 ? moments.length - 1 : first;
}

/** The open letter, or the capsule that closes over it inside a tunnel. */
function Token({ path, moments }: { path: CallPath; moments: readonly Moment[] }) {
  const clock = useClock();
  const token = useRef<SVGGElement>(null);
  useEffect(() => {
    const draw = (): void => {
      const place = placeToken(path, moments, clock.position());
      const node = token.current;
      if (node === null) return;
      node.style.display = place === undefined ? 'none' : '';
      if (place === undefined) return;
      node.setAttribute('transform', `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
      node.dataset.closed = String(place.closed);
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, path, moments]);
  return <TokenShape ref={token} />;
}
