/**
 * The saved calls played at once: a token each, their lines quiet, and at every end a mark with how many
 * have come to it. Only tokens and marks change while it plays, without React.
 */
import { ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { playTogether, stopTogether } from '../../../state/actions/playTogether.ts';
import { isMotionReduced } from '../../../state/studio.ts';
import type { StudioState } from '../../../state/studioState.ts';
import type { Disposition } from '../../../trace/trace.ts';
import { useShallowState, useStudio, useStudioState, useTranslator } from '../../shared/context.tsx';
import { IconButton } from '../../shared/controls.tsx';
import { VERDICT_TONES, VerdictShape } from '../../shared/VerdictMark.tsx';
import { LegLine } from '../path/LegLine.tsx';
import type { DrawnLeg } from '../path/pathOfCall.ts';
import { TokenShape } from '../path/TokenShape.tsx';
import type { Scene } from '../scene/scene.ts';
import { isOver, lengthOf, type Part, tokenAt } from './performance.ts';
import './together.css';
import { useParts } from './useParts.ts';

const roundOf = ({ together }: StudioState) => together.round;
const callsOf = ({ together }: StudioState) => together.calls;
const tracesOf = ({ together, verdicts }: StudioState) =>
  together.calls.flatMap((id) => verdicts[id]?.answer?.trace ?? []);
const savedOf = ({ workspace }: StudioState) => workspace.calls.length;

export function TogetherLayer({ scene }: { scene: Scene }) {
  const traces = useShallowState(tracesOf);
  const round = useStudioState(roundOf);
  const parts = useParts(traces, scene);
  const kinds = useMemo(() => traces.map(({ disposition }) => disposition.kind), [traces]);
  return (
    <ViewportPortal>
      {parts.length === traces.length && <Performance key={round} parts={parts} kinds={kinds} />}
    </ViewportPortal>
  );
}

function Performance({ parts, kinds }: { parts: readonly Part[]; kinds: readonly Disposition['kind'][] }) {
  const studio = useStudio();
  const layer = useRef<SVGSVGElement>(null);
  const lines = useMemo(() => distinctLegs(parts), [parts]);
  const ends = endsOf(parts, kinds);
  const time = useRef(0);

  useEffect(() => {
    const tokens = layer.current?.querySelectorAll<SVGGElement>('.token') ?? [];
    const marks = layer.current?.querySelectorAll<SVGGElement>('.together-end') ?? [];
    const groups = endsOf(parts, kinds);
    const length = lengthOf(parts);
    const draw = (): void => {
      parts.forEach((part, at) => {
        const token = tokens[at];
        const place = tokenAt(part, at, time.current);
        if (token === undefined) return;
        token.style.display = place === undefined ? 'none' : '';
        if (place === undefined) return;
        token.setAttribute('transform', `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
        token.dataset.closed = String(place.closed);
      });
      groups.forEach(({ members }, at) => {
        const mark = marks[at];
        const arrived = members.filter((member) => {
          const part = parts[member];
          return part !== undefined && isOver(part, member, time.current);
        }).length;
        if (mark === undefined) return;
        mark.style.display = arrived === 0 ? 'none' : '';
        const count = mark.querySelector('text');
        if (count !== null) count.textContent = arrived > 1 ? `×${arrived}` : '';
      });
    };
    if (isMotionReduced(studio)) time.current = length;
    let before: number | undefined;
    let frame = 0;
    const next = (now: number): void => {
      // A frame that was long in coming must not skip half the story.
      time.current += Math.min(now - (before ?? now), 100) * studio.store.getState().playback.speed;
      before = now;
      draw();
      if (time.current < length) frame = requestAnimationFrame(next);
    };
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, [studio, parts, kinds]);

  return (
    <svg ref={layer} className="path-layer together" aria-hidden="true" width="1" height="1">
      {lines.map(([key, leg]) => (
        <LegLine key={key} leg={leg} state="done" />
      ))}
      {ends.map(({ key, x, y, kind }) => (
        <g
          key={key}
          className={`together-end tone-${VERDICT_TONES[kind]}`}
          transform={`translate(${x} ${y})`}
          style={{ display: 'none' }}
        >
          <g className="end-mark-scale">
            <VerdictShape kind={kind} filled />
            <text className="end-mark-word" x="13" y="4" />
          </g>
        </g>
      ))}
      {parts.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the order of departure
        <TokenShape key={at} ref={null} />
      ))}
    </svg>
  );
}

interface End {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly kind: Disposition['kind'];
  readonly members: readonly number[];
}

/** One mark for all that end at one place in one way; several ways at one place stand beside each other. */
function endsOf(parts: readonly Part[], kinds: readonly Disposition['kind'][]): readonly End[] {
  const ends = new Map<string, End>();
  parts.forEach(({ path }, at) => {
    const kind = kinds[at] ?? 'cannot-tell';
    const { x, y } = path.end;
    const key = `${x} ${y} ${kind}`;
    const beside = [...ends.values()].filter(
      (end) => end.y === y && end.x >= x && end.x - x < 200 && end.kind !== kind,
    );
    const known = ends.get(key);
    ends.set(key, {
      key,
      x: known?.x ?? x - beside.length * 30,
      y,
      kind,
      members: [...(known?.members ?? []), at],
    });
  });
  return [...ends.values()];
}

/** A way that many take is drawn once for each manner of taking it. */
function distinctLegs(parts: readonly Part[]): readonly (readonly [string, DrawnLeg])[] {
  const legs = new Map<string, DrawnLeg>();
  for (const { path } of parts) {
    for (const leg of path.legs) {
      const manner = leg.tunnels.map(({ mutual, established }) => `${mutual} ${established}`).join();
      if (!leg.inside) legs.set(`${leg.line.d} ${manner} ${leg.refused}`, leg);
    }
  }
  return [...legs];
}

/** What is played, again, and no more of it. */
export function TogetherBar() {
  const studio = useStudio();
  const { t } = useTranslator('calls');
  const calls = useStudioState(callsOf);
  const saved = useStudioState(savedOf);
  return (
    <section className="together-bar" aria-label={t('calls.together')}>
      <span role="status">
        {calls.length === saved
          ? t('calls.togetherAll', { count: calls.length })
          : t('calls.togetherSome', { count: calls.length, all: saved })}
      </span>
      <IconButton icon="replay" label={t('playback.replay')} onClick={() => playTogether(studio)} />
      <IconButton icon="close" label={t('calls.togetherStop')} onClick={() => stopTogether(studio)} />
    </section>
  );
}
