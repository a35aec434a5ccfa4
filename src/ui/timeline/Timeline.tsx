/** A lane for each hop, a mark for each step, in the order in which they happened. */
import { useMemo } from 'react';
import { partyPlace, partyRole } from '../../i18n/render/names.ts';
import { stepLine } from '../../i18n/render/step.ts';
import { selectNodes, showRightTab } from '../../state/actions/look.ts';
import { seek } from '../../state/actions/playback.ts';
import { nodeIdOf } from '../../state/nodeIds.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import { stepNumber } from '../../state/trace/moments.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { Hop } from '../../trace/trace.ts';
import { CutName } from '../shared/CutName.tsx';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Playhead } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import { StepMark } from './StepMark.tsx';
import { percent, type Scale, scaleOf } from './scale.ts';

const atOf = ({ playback }: StudioState) => playback.at;
const timeScaleOf = ({ layout }: StudioState) => layout.timeScale;

export function Timeline() {
  const run = useStudioState(shownRun);
  const kind = useStudioState(timeScaleOf);
  const scale = useMemo(() => (run === undefined ? undefined : scaleOf(run, kind)), [run, kind]);
  if (run === undefined || scale === undefined) return null;
  return (
    <div className="timeline" data-scale={kind}>
      <div className="timeline-scroll">
        <div className="timeline-body">
          <Playhead moments={run.moments} scale={scale} />
          {kind === 'milliseconds' && <Ruler scale={scale} />}
          <Lanes run={run} scale={scale} />
        </div>
      </div>
    </div>
  );
}

function Lanes({ run, scale }: { run: FinishedRun; scale: Scale }) {
  const { t } = useTranslator();
  const { moments } = run;
  const { trace } = run.answer;
  const decided = useMemo(() => decidingStep(trace), [trace]);
  const depths = useMemo(() => depthsOf(trace.hops), [trace]);
  const current = moments[useStudioState(atOf)];
  const currentHops =
    current === undefined ? [] : current.kind === 'step' ? [current.hop] : [current.near, current.far];
  return (
    <ol className="lanes" aria-label={t('playback.lanes')}>
      {trace.hops.map((hop) => (
        <Lane
          key={hop.id}
          hop={hop}
          run={run}
          scale={scale}
          depth={depths.get(hop.id) ?? 0}
          isCurrent={currentHops.includes(hop.id)}
          deciding={decided?.hop.id === hop.id ? decided.index : undefined}
        />
      ))}
    </ol>
  );
}

interface LaneProps {
  readonly hop: Hop;
  readonly run: FinishedRun;
  readonly scale: Scale;
  readonly depth: number;
  readonly isCurrent: boolean;
  readonly deciding: number | undefined;
}

function Lane({ hop, run, scale, depth, isCurrent, deciding }: LaneProps) {
  const studio = useStudio();
  const translator = useTranslator();
  const { t } = translator;
  const at = useStudioState(atOf);
  const { moments } = run;
  const place = (index: number): string => percent(scale.place(index));
  const own = moments.flatMap((moment, index) =>
    moment.kind === 'step' && moment.hop === hop.id ? [{ step: moment.step, index, number: moment.index }] : [],
  );
  const bounds = moments.flatMap((moment, index) =>
    moment.kind === 'passage' ? (moment.far === hop.id ? [index] : []) : moment.hop === hop.id ? [index] : [],
  );
  const first = bounds[0] ?? 0;
  const last = bounds.at(-1) ?? first;
  const role = partyRole(translator, hop.party);
  const where = partyPlace(translator, hop.party);
  const node = nodeIdOf(hop.party);

  return (
    <li className="lane" data-current={isCurrent} data-end={hop.end}>
      <button
        type="button"
        className="lane-label"
        style={{ paddingLeft: 8 + Math.min(depth, 6) * 8 }}
        onClick={() => {
          if (node !== undefined) selectNodes(studio, [node]);
        }}
      >
        <span className="lane-place">
          <CutName name={where.includes('/') ? where.slice(where.indexOf('/') + 1) : where} />
        </span>
        <span className="lane-role">
          {role}
          {hop.attempt > 1 && `, ${t('playback.attempt', { attempt: hop.attempt })}`}
        </span>
      </button>
      <div className="lane-track">
        <span
          className="lane-bar"
          style={{ left: place(first), width: percent(scale.place(last) - scale.place(first)) }}
        />
        <ol>
          {own.map(({ step, index, number }) => (
            <li key={index} className="lane-step" style={{ left: place(index) }}>
              <StepMark
                step={step}
                isCurrent={index === at}
                isPast={index <= at}
                isDeciding={number === deciding}
                name={t('playback.positionText', {
                  ...stepNumber(moments, index),
                  party: `${where}, ${role}`,
                  step: stepLine(translator, step),
                })}
                line={stepLine(translator, step)}
                onSelect={() => seek(studio, index)}
                onOpen={() => {
                  seek(studio, index);
                  if (step.kind === 'tls-handshake') showRightTab(studio, 'handshake');
                }}
              />
            </li>
          ))}
        </ol>
      </div>
    </li>
  );
}

function depthsOf(hops: readonly Hop[]): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  for (const hop of hops) depths.set(hop.id, hop.parent === undefined ? 0 : (depths.get(hop.parent) ?? 0) + 1);
  return depths;
}
