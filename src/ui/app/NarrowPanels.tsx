/**
 * A narrow window (a phone, a page at 200 %): one panel at a time behind tabs, the request and verdict
 * always; in one that is short too they are a tab of their own. What is asked for comes to the front.
 */
import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import { RequestBar } from '../request/RequestBar.tsx';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { BottomTabs } from '../timeline/BottomPanel.tsx';
import { VerdictStrip } from '../timeline/VerdictStrip.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Explorer } from './LazyExplorer.tsx';
import { MainView } from './MainView.tsx';
import { RightPanel } from './RightPanel.tsx';
import { useIsShort } from './useAppearance.ts';

type Shown = 'canvas' | 'call' | 'right' | 'explorer' | 'bottom';

const frontOf = ({ layout }: StudioState) => layout.front;

export function NarrowPanels() {
  const { t } = useTranslator();
  const [chosen, setShown] = useState<Shown>('canvas');
  const isShort = useIsShort();
  const front = useStudioState(frontOf);
  useEffect(() => {
    if (front !== undefined) setShown(front.panel);
  }, [front]);
  const shown = chosen === 'call' && !isShort ? 'canvas' : chosen;
  const tabs: readonly [Shown, string][] = [
    ['canvas', t('app.panel.canvas')],
    ...(isShort ? [['call', t('request.call')] satisfies [Shown, string]] : []),
    ['right', t('app.titles.yaml')],
    ['bottom', t('playback.title')],
    ['explorer', t('app.titles.explorer')],
  ];
  return (
    <main className="narrow">
      {/* Radix hands back one of the values below. */}
      <Tabs.Root
        className="narrow-tabs"
        value={shown}
        onValueChange={(value) => setShown(value as Shown)}
        activationMode="manual"
      >
        <Tabs.List className="panel-head" aria-label={t('app.title')}>
          <div className="tabs">
            {tabs.map(([value, label]) => (
              <Tabs.Trigger key={value} className="tab" value={value}>
                {label}
              </Tabs.Trigger>
            ))}
          </div>
        </Tabs.List>
        <Tabs.Content className="narrow-body" value={shown} tabIndex={-1}>
          <ErrorBoundary key={shown}>
            {shown === 'canvas' && <MainView />}
            {shown === 'call' && <Call />}
            {shown === 'right' && <RightPanel />}
            {shown === 'bottom' && <BottomTabs />}
            {shown === 'explorer' && <Explorer />}
          </ErrorBoundary>
        </Tabs.Content>
      </Tabs.Root>
      {!isShort && <Call />}
    </main>
  );
}

function Call() {
  return (
    <div className="narrow-call">
      <RequestBar />
      <VerdictStrip />
    </div>
  );
}
