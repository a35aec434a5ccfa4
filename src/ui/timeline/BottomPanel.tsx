/** Under the canvas: the verdict in words, the timeline, and the step it stands at. */
import { lazy, Suspense } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { rememberSizes } from '../../state/actions/look.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { FirstCalls } from './FirstCalls.tsx';
import { Timeline } from './Timeline.tsx';
import './timeline.css';
import { VerdictStrip } from './VerdictStrip.tsx';

/** There is no step before the first call. */
const StepDetails = lazy(async () => ({ default: (await import('./StepDetails.tsx')).StepDetails }));

const GROUP = 'timeline';
const sizesOf = ({ layout }: StudioState) => layout.sizes[GROUP];
const hasRun = (state: StudioState) => shownRun(state) !== undefined;

export function BottomPanel() {
  const { t } = useTranslator();
  return (
    <section className="bottom" aria-label={t('app.panel.bottom')}>
      <VerdictStrip />
      <TimelineColumns />
    </section>
  );
}

/** The lanes and the step that playback stands at; before any call, what there is to send. */
export function TimelineColumns() {
  const studio = useStudio();
  const { t } = useTranslator();
  const sizes = useStudioState(sizesOf);
  const run = useStudioState(hasRun);
  if (!run) return <FirstCalls />;
  return (
    <Group
      id={GROUP}
      orientation="horizontal"
      className="bottom-columns"
      {...(sizes === undefined ? {} : { defaultLayout: { ...sizes } })}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) rememberSizes(studio, GROUP, layout);
      }}
    >
      <Panel id="lanes" minSize={360}>
        <Timeline />
      </Panel>
      <Separator className="separator" aria-label={t('app.panel.resize', { panel: t('playback.details') })} />
      <Panel id="step" defaultSize={380} minSize={240} groupResizeBehavior="preserve-pixel-size">
        <Suspense>
          <StepDetails />
        </Suspense>
      </Panel>
    </Group>
  );
}
