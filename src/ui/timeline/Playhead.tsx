/** Where playback is, as a line over the lanes, moved every frame; and the slider that scrubs it. */
import { useEffect, useRef } from 'react';
import { seek } from '../../state/actions/playback.ts';
import type { StudioState } from '../../state/studioState.ts';
import { type Moment, stepNumber } from '../../state/trace/moments.ts';
import { useClock, useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

const atOf = ({ playback }: StudioState) => playback.at;

export function Playhead({ moments }: { moments: readonly Moment[] }) {
  const count = moments.length;
  const studio = useStudio();
  const clock = useClock();
  const { t } = useTranslator();
  const at = useStudioState(atOf);
  const line = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const draw = (): void => {
      const position = clock.position();
      // A mark stands in the middle of its moment; the line comes to it as the moment completes.
      const share = (position.at + position.progress * 0.5) / Math.max(1, count);
      line.current?.style.setProperty('left', `${(share * 100).toFixed(3)}%`);
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, count]);

  return (
    <div className="playhead">
      <input
        type="range"
        className="scrub"
        style={{ left: `calc(${50 / count}% - 6px)`, width: `calc(${(100 * (count - 1)) / count}% + 12px)` }}
        min={0}
        max={Math.max(0, count - 1)}
        step={1}
        value={Math.min(at, count - 1)}
        aria-label={t('playback.scrub')}
        aria-valuetext={t('playback.position', stepNumber(moments, at))}
        onChange={(event) => seek(studio, Number(event.target.value))}
      />
      <div ref={line} className="playhead-line" />
    </div>
  );
}
