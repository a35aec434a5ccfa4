/** Under the canvas: the verdict in words, and below it the timeline with its step, or the saved calls. */
import { Tabs } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { rememberSizes, showBottomTab } from '../../state/actions/look.ts';
import { tallyOf } from '../../state/calls/tally.ts';
import { shownRun } from '../../state/selectors/select.ts';
import type { BottomTab, StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { FirstCalls } from './FirstCalls.tsx';
import { Timeline } from './Timeline.tsx';
import './timeline.css';
import { Transport } from './Transport.tsx';
import { VerdictStrip } from './VerdictStrip.tsx';

const ConsolePanel = lazy(async () => ({ default: (await import('../console/ConsolePanel.tsx')).ConsolePanel }));
const CallsPanel = lazy(async () => ({ default: (await import('../calls/CallsPanel.tsx')).CallsPanel }));
/** There is no step before the first call. */
const StepDetails = lazy(async () => ({ default: (await import('./StepDetails.tsx')).StepDetails }));

const GROUP = 'timeline';
const sizesOf = ({ layout }: StudioState) => layout.sizes[GROUP];
const tabOf = ({ layout }: StudioState) => layout.bottomTab;
const unexpectedOf = (state: StudioState) => tallyOf(state).differs;
const hasRun = (state: StudioState) => shownRun(state) !== undefined;

export function BottomPanel() {
  const { t } = useTranslator();
  return (
    <section className="bottom" aria-label={t('app.panel.bottom')}>
      <VerdictStrip />
      <BottomTabs />
    </section>
  );
}

/** The call as a timeline, the saved calls as checks, the mesh as a command line. */
export function BottomTabs() {
  const studio = useStudio();
  const { t } = useTranslator();
  const tab = useStudioState(tabOf);
  const run = useStudioState(shownRun);
  const unexpected = useStudioState(unexpectedOf);
  /** Somebody chose the tab just now; before, it is the one that was open last time. */
  const [chosen, setChosen] = useState(false);
  return (
    <Tabs.Root
      className="bottom-tabs"
      value={tab}
      // Radix hands back one of the values below.
      onValueChange={(value) => {
        setChosen(true);
        showBottomTab(studio, value as BottomTab);
      }}
      activationMode="manual"
    >
      <div className="bottom-head">
        <Tabs.List className="tabs" aria-label={t('app.panel.bottom')}>
          <Tabs.Trigger className="tab" value="timeline">
            {t('playback.title')}
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="calls">
            {t('request.calls')}
            {unexpected > 0 && (
              <span className="tab-alarm" title={t('request.unexpected', { count: unexpected })}>
                <Icon name="error" size={12} />
                {unexpected}
              </span>
            )}
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="console">
            {t('app.console')}
          </Tabs.Trigger>
        </Tabs.List>
        {tab === 'timeline' && run !== undefined && <Transport moments={run.moments} />}
        <span className="visually-hidden" role="status">
          {unexpected > 0 && t('request.unexpected', { count: unexpected })}
        </span>
      </div>
      <Tabs.Content className="bottom-body" value="timeline" tabIndex={-1}>
        <TimelineColumns />
      </Tabs.Content>
      <Tabs.Content className="bottom-body" value="calls" tabIndex={-1}>
        <Suspense>
          <CallsPanel />
        </Suspense>
      </Tabs.Content>
      <Tabs.Content className="bottom-body" value="console" tabIndex={-1}>
        <Suspense>
          <ConsolePanel takesFocus={chosen} />
        </Suspense>
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** The lanes and the step that playback stands at; before any call, what there is to send. */
function TimelineColumns() {
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
