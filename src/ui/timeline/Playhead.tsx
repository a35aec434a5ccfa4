/** Where playback is, as a line over the lanes, moved every frame; and the slider that scrubs it. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { seek, stepBy } from '../../state/actions/playback.ts';
import type { StudioState } from '../../state/studioState.ts';
import { type Moment, stepNumber } from '../../state/trace/moments.ts';
import { useClock, useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { percent, type Scale } from './scale.ts';

const atOf = ({ playback }: StudioState) => playback.at;
const ARROWS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export function Playhead({ moments, scale }: { moments: readonly Moment[]; scale: Scale }) {
  const last = Math.max(0, moments.length - 1);
  const studio = useStudio();
  const clock = useClock();
  const { t } = useTranslator();
  const at = Math.min(useStudioState(atOf), last);
  const line = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const draw = (): void => {
      const position = clock.position();
      line.current?.style.setProperty('left', percent(scale.head(position.at, position.progress)));
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, scale]);

  const [from, to] = [scale.place(0), scale.place(last)];
  const isTimed = scale.kind === 'milliseconds';
  /** Moments are no equal steps of time: the keys go from one to the next all the same. */
  const onKey = (event: KeyboardEvent): void => {
    const direction = ARROWS[event.key];
    if (!isTimed || direction === undefined) return;
    event.preventDefault();
    stepBy(studio, direction);
  };

  return (
    <div className="playhead">
      <input
        type="range"
        className="scrub"
        style={{ left: `calc(${percent(from)} - 6px)`, width: `calc(${percent(to - from)} + 12px)` }}
        min={scale.value(0)}
        max={scale.value(last)}
        step={isTimed ? 'any' : 1}
        value={scale.value(at)}
        aria-label={t('playback.scrub')}
        aria-valuetext={t('playback.position', stepNumber(moments, at))}
        onKeyDown={onKey}
        onChange={(event) => seek(studio, scale.momentAt(Number(event.target.value)))}
      />
      <div ref={line} className="playhead-line" />
    </div>
  );
}
