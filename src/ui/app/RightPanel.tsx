/** YAML, inspector, and of the call on show its handshakes and its evidence: four views in one place. */
import { Tabs } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { showRightTab } from '../../state/actions/look.ts';
import type { RightTab, StudioState } from '../../state/studioState.ts';
import { loadEditor } from '../editor/loadEditor.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

const Inspector = lazy(async () => ({ default: (await import('../inspector/Inspector.tsx')).Inspector }));
const HandshakePanel = lazy(async () => ({
  default: (await import('../handshake/HandshakePanel.tsx')).HandshakePanel,
}));
const EvidencePanel = lazy(async () => ({ default: (await import('../evidence/EvidencePanel.tsx')).EvidencePanel }));
const EditorPanel = lazy(async () => ({ default: (await loadEditor()).EditorPanel }));

const tabOf = ({ layout }: StudioState) => layout.rightTab;

export function RightPanel() {
  const studio = useStudio();
  const { t } = useTranslator();
  const tab = useStudioState(tabOf);
  const tabs: readonly [RightTab, string][] = [
    ['yaml', t('app.titles.yaml')],
    ['inspector', t('app.titles.inspector')],
    ['handshake', t('app.titles.handshake')],
    ['evidence', t('app.titles.evidence')],
  ];
  return (
    <Tabs.Root
      className="panel"
      value={tab}
      // Radix hands back one of the values below.
      onValueChange={(value) => showRightTab(studio, value as RightTab)}
      activationMode="manual"
    >
      <Tabs.List className="panel-head" aria-label={t('app.panel.right')}>
        <div className="tabs">
          {tabs.map(([value, label]) => (
            <Tabs.Trigger key={value} className="tab" value={value}>
              {label}
            </Tabs.Trigger>
          ))}
        </div>
      </Tabs.List>
      <Tabs.Content className="panel-body" value="yaml" tabIndex={-1}>
        <Suspense fallback={<div className="placeholder">{t('app.loadingEditor')}</div>}>
          <EditorPanel />
        </Suspense>
      </Tabs.Content>
      <Tabs.Content className="panel-body" value="inspector" tabIndex={-1}>
        <Suspense fallback={null}>
          <Inspector />
        </Suspense>
      </Tabs.Content>
      <Tabs.Content className="panel-body" value="handshake">
        <Suspense fallback={null}>
          <HandshakePanel />
        </Suspense>
      </Tabs.Content>
      <Tabs.Content className="panel-body" value="evidence" tabIndex={-1}>
        <Suspense fallback={null}>
          <EvidencePanel />
        </Suspense>
      </Tabs.Content>
    </Tabs.Root>
  );
}
