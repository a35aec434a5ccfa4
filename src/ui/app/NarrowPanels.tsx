/** A narrow window (a phone, a page at 200 %): one panel at a time, the request and verdict always. */
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { RequestBar } from '../request/RequestBar.tsx';
import { useTranslator } from '../shared/context.tsx';
import { BottomTabs } from '../timeline/BottomPanel.tsx';
import { VerdictStrip } from '../timeline/VerdictStrip.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Explorer } from './LazyExplorer.tsx';
import { MainView } from './MainView.tsx';
import { RightPanel } from './RightPanel.tsx';

type Shown = 'canvas' | 'right' | 'explorer' | 'timeline';

export function NarrowPanels() {
  const { t } = useTranslator();
  const [shown, setShown] = useState<Shown>('canvas');
  const tabs: readonly [Shown, string][] = [
    ['canvas', t('app.panel.canvas')],
    ['right', t('app.titles.yaml')],
    ['timeline', t('playback.title')],
    ['explorer', t('app.titles.explorer')],
  ];
  return (
    <main className="narrow">
      {/* Radix hands back one of the values below. */}
      <Tabs.Root className="narrow-tabs" value={shown} onValueChange={(value) => setShown(value as Shown)}>
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
            {shown === 'right' && <RightPanel />}
            {shown === 'timeline' && <BottomTabs />}
            {shown === 'explorer' && <Explorer />}
          </ErrorBoundary>
        </Tabs.Content>
      </Tabs.Root>
      <RequestBar />
      <VerdictStrip />
    </main>
  );
}
