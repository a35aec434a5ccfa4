/** Everything that holds for what is selected: a workload in five tabs, other things in one. */
import { Tabs } from 'radix-ui';
import { Suspense } from 'react';
import { selectNodes, showInspectorTab } from '../../state/actions/look.ts';
import { nodeIdOf, parseNodeId } from '../../state/nodeIds.ts';
import { selectedNode, shownRun } from '../../state/selectors/select.ts';
import type { InspectorTab, StudioState } from '../../state/studioState.ts';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import { LazyAuthorityView } from '../pki/LazyAuthorityView.tsx';
import { LazyCertificateList } from '../pki/LazyCertificateList.tsx';
import { CutName } from '../shared/CutName.tsx';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { EnvoyTab } from './EnvoyTab.tsx';
import { IdentityTab } from './IdentityTab.tsx';
import './inspector.css';
import { LogTab } from './LogTab.tsx';
import { NamespaceSummary, OutsideSummary, ServiceSummary } from './OtherSummaries.tsx';
import { PoliciesTab } from './PoliciesTab.tsx';
import { SdsTab } from './sds/SdsTab.tsx';
import { WorkloadSummary } from './WorkloadSummary.tsx';

/** What is selected; with nothing selected, where playback is. */
const subject = (state: StudioState): string | undefined => {
  const selected = selectedNode(state);
  if (selected !== undefined) return selected;
  const run = shownRun(state);
  const moment = run?.moments[state.playback.at];
  const hop = run?.answer.trace.hops.find(
    ({ id }) => moment !== undefined && id === (moment.kind === 'step' ? moment.hop : moment.far),
  );
  return hop === undefined ? undefined : nodeIdOf(hop.party);
};
const graphOf = ({ engine }: StudioState) => engine.graph;

export function Inspector() {
  const { t } = useTranslator('inspector');
  const id = useStudioState(subject);
  const graph = useStudioState(graphOf);
  const ref = id === undefined ? undefined : parseNodeId(id);
  if (ref === undefined || graph === undefined)
    return (
      <>
        <Empty text={t('inspector.empty')} />
        {graph !== undefined && <LazyCertificateList />}
      </>
    );
  switch (ref.kind) {
    case 'outside':
      return <OutsideSummary />;
    case 'namespace': {
      const namespace = graph.namespaces.find(({ name }) => name === ref.id);
      return namespace === undefined ? (
        <Empty text={t('inspector.gone')} />
      ) : (
        <NamespaceSummary namespace={namespace} />
      );
    }
    case 'service': {
      const service = graph.services.find((candidate) => candidate.id === ref.id);
      return service === undefined ? <Empty text={t('inspector.gone')} /> : <ServiceSummary service={service} />;
    }
    case 'workload': {
      const workload = graph.workloads.find((candidate) => candidate.id === ref.id);
      return workload === undefined ? <Empty text={t('inspector.gone')} /> : <WorkloadInspector workload={workload} />;
    }
    case 'authority': {
      const authority = graph.authorities.find((candidate) => candidate.id === ref.id);
      return authority === undefined ? (
        <Empty text={t('inspector.gone')} />
      ) : (
        <LazyAuthorityView authority={authority} />
      );
    }
  }
}

const Empty = ({ text }: { text: string }) => (
  <div className="placeholder">
    <p>{text}</p>
  </div>
);

const tabOf = ({ layout }: StudioState) => layout.inspectorTab;
const TABS: readonly InspectorTab[] = ['summary', 'policies', 'identity', 'sds', 'envoy', 'log'];

function WorkloadInspector({ workload }: { workload: GraphWorkload }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  const tab = useStudioState(tabOf);
  return (
    <Tabs.Root
      className="inspector"
      value={tab}
      // Radix hands back one of TABS.
      onValueChange={(value) => showInspectorTab(studio, value as InspectorTab)}
      activationMode="manual"
    >
      <header className="inspector-head">
        <Icon name={workload.proxy === 'gateway' ? 'gateway' : 'workload'} size={20} />
        <h2>
          <CutName name={workload.name} />
        </h2>
        <button type="button" className="link" onClick={() => selectNodes(studio, [`ns:${workload.namespace}`])}>
          {workload.namespace}
        </button>
      </header>
      <Tabs.List className="inspector-tabs tabs" aria-label={t('app.titles.inspector')}>
        {TABS.map((value) => (
          <Tabs.Trigger key={value} className="tab" value={value}>
            {t(`inspector.tab.${value}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content className="inspector-body" value="summary">
        <WorkloadSummary workload={workload} />
      </Tabs.Content>
      <Tabs.Content className="inspector-body" value="policies">
        <PoliciesTab workload={workload} />
      </Tabs.Content>
      <Tabs.Content className="inspector-body" value="identity">
        <IdentityTab workload={workload} />
      </Tabs.Content>
      <Tabs.Content className="inspector-body" value="sds">
        <Suspense fallback={null}>
          <SdsTab workload={workload} />
        </Suspense>
      </Tabs.Content>
      <Tabs.Content className="inspector-body" value="envoy">
        <EnvoyTab workload={workload} />
      </Tabs.Content>
      <Tabs.Content className="inspector-body" value="log">
        <LogTab workload={workload} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
