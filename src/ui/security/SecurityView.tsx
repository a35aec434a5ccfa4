/**
 * The security of the mesh in three tables: what every door takes, what every edge travels in, what
 * every policy does. Cards count and filter; a row leads to its place in the YAML, on the canvas, or
 * to the call that showed it.
 */
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import type { SecurityView as Answer } from '../../worker/securityView.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Cards, type Counted } from './Cards.tsx';
import './security.css';
import { DoorsTable } from './DoorsTable.tsx';
import { EdgesTable } from './EdgesTable.tsx';
import { type Filter, FilterBar } from './FilterBar.tsx';
import { PoliciesTable } from './PoliciesTable.tsx';
import { useSecurity } from './useSecurity.ts';

export type SecurityTab = 'doors' | 'edges' | 'policies';
const TABS: readonly SecurityTab[] = ['doors', 'edges', 'policies'];

const savedCallsOf = ({ workspace }: StudioState) => workspace.calls.length;
const NO_FILTER: Filter = { namespace: '', text: '', only: '' };

export function SecurityView() {
  const { t } = useTranslator('security');
  const view = useSecurity();
  const savedCalls = useStudioState(savedCallsOf);
  const [tab, setTab] = useState<SecurityTab>('doors');
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  if (view === undefined) return <p className="placeholder">{t('security.loading')}</p>;
  if (view.doors.length === 0) return <p className="placeholder">{t('security.empty')}</p>;
  const show = (next: SecurityTab, only: string): void => {
    setTab(next);
    setFilter({ ...filter, only });
  };
  return (
    <section className="security" aria-label={t('security.title')}>
      <Cards cards={cardsOf(view, savedCalls)} tab={tab} only={filter.only} onShow={show} />
      <Tabs.Root
        className="security-tabs"
        value={tab}
        // Radix hands back one of the values below.
        onValueChange={(value) => show(value as SecurityTab, '')}
        activationMode="manual"
      >
        <div className="security-head">
          <Tabs.List className="tabs" aria-label={t('security.title')}>
            {TABS.map((value) => (
              <Tabs.Trigger key={value} className="tab" value={value}>
                {t(`security.tabs.${value}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        <FilterBar filter={filter} namespaces={namespacesOf(view)} onFilter={setFilter} />
        <Tabs.Content className="security-body" value="doors" tabIndex={-1}>
          <DoorsTable rows={view.doors} filter={filter} />
        </Tabs.Content>
        <Tabs.Content className="security-body" value="edges" tabIndex={-1}>
          <EdgesTable rows={view.edges} filter={filter} />
        </Tabs.Content>
        <Tabs.Content className="security-body" value="policies" tabIndex={-1}>
          <PoliciesTable rows={view.policies} filter={filter} />
        </Tabs.Content>
      </Tabs.Root>
    </section>
  );
}

function cardsOf({ doors, edges, policies }: Answer, calls: number): readonly Counted[] {
  return [
    {
      tab: 'doors',
      params: { ports: doors.length, workloads: new Set(doors.map(({ workload }) => workload)).size },
      counts: count(doors.map(({ status }) => status)),
    },
    { tab: 'edges', params: { edges: edges.length, calls }, counts: count(edges.map(({ carriage }) => carriage)) },
    { tab: 'policies', params: { policies: policies.length }, counts: count(policies.map(({ state }) => state)) },
  ];
}

function count(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const namespacesOf = ({ doors, policies }: Answer): readonly string[] =>
  [...new Set([...doors, ...policies].map(({ namespace }) => namespace))].sort();
