/** Certificates in time, what stays open, what would break, and how a root is replaced: views of one dialog. */
import { Tabs } from 'radix-ui';
import { useTranslator } from '../shared/context.tsx';
import { CertificateTimeline } from './CertificateTimeline.tsx';
import { OpenConnections } from './OpenConnections.tsx';
import './pki.css';
import { RootRotation } from './RootRotation.tsx';
import { WhatBreaks } from './WhatBreaks.tsx';

export function CertificatesDialog({ tab }: { tab: 'time' | 'breaks' }) {
  const { t } = useTranslator('certificates', 'connections');
  return (
    <Tabs.Root defaultValue={tab} className="pki" activationMode="manual">
      <Tabs.List className="tabs" aria-label={t('certificates.title')}>
        <Tabs.Trigger className="tab" value="time">
          {t('certificates.tab.time')}
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="connections">
          {t('connections.tab')}
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="breaks">
          {t('certificates.tab.breaks')}
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="rotation">
          {t('certificates.tab.rotation')}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="time">
        <CertificateTimeline />
      </Tabs.Content>
      <Tabs.Content value="connections">
        <OpenConnections />
      </Tabs.Content>
      <Tabs.Content value="breaks">
        <WhatBreaks />
      </Tabs.Content>
      <Tabs.Content value="rotation">
        <RootRotation />
      </Tabs.Content>
    </Tabs.Root>
  );
}
