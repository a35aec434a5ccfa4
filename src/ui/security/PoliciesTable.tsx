/** Policy audit: what each policy selects, which select nothing, which are without effect because of which. */
import { useMemo } from 'react';
import { resourceText } from '../../i18n/render/names.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import type { PolicyAuditView } from '../../worker/securityView.ts';
import { useTranslator } from '../shared/context.tsx';
import { Dashboard, type RowReader, type TableProps } from './Dashboard.tsx';
import type { Column } from './DataTable.tsx';
import { Places } from './Places.tsx';
import { Status } from './Status.tsx';

const reader: RowReader<PolicyAuditView> = {
  keyOf: ({ resource }) => resource,
  namespacesOf: ({ namespace, selects }) => [namespace, ...selects.map((workload) => workload.split('/')[0] ?? '')],
  statusOf: ({ state }) => state,
};
/** So many workloads are named; the table of doors has them all. */
const NAMED = 24;

export function PoliciesTable({ rows, filter }: TableProps<PolicyAuditView>) {
  const { t } = useTranslator('security');
  const columns = useMemo((): readonly Column<PolicyAuditView>[] => {
    const selects = ({ selects: chosen, unprotected }: PolicyAuditView): string => {
      const workloads = t('security.workloads', { count: chosen.length + unprotected.length });
      return unprotected.length === 0
        ? workloads
        : t('security.andUnprotected', { workloads, count: unprotected.length });
    };
    return [
      { id: 'kind', label: t('security.column.kind'), width: '18%', text: ({ kind }) => kind },
      {
        id: 'name',
        label: t('security.column.name'),
        width: '22%',
        text: ({ namespace, name }) => `${namespace}/${name}`,
        cell: ({ namespace, name }) => (
          <>
            {namespace}/<strong>{name}</strong>
          </>
        ),
      },
      { id: 'says', label: t('security.column.says'), width: '13%', text: ({ summary }) => summary },
      {
        id: 'scope',
        label: t('security.column.scope'),
        width: '12%',
        text: ({ scope }) => t(`security.scope.${scope}`),
      },
      { id: 'selects', label: t('security.column.selects'), width: '16%', text: selects },
      {
        id: 'state',
        label: t('security.column.state'),
        width: '19%',
        text: ({ state }) => t(`security.state.${state}`),
        cell: ({ state }) => <Status of="policies" status={state} />,
      },
    ];
  }, [t]);
  return (
    <Dashboard
      label={t('security.tabs.policies')}
      columns={columns}
      rows={rows}
      filter={filter}
      reader={reader}
      details={(row) => <PolicyDetails row={row} />}
      none={t('security.noPolicies')}
    />
  );
}

function PolicyDetails({ row }: { row: PolicyAuditView }) {
  const { t } = useTranslator('security');
  const { resource, state, by, selects, unprotected, range } = row;
  const [only] = selects;
  const workloads = [...selects, ...unprotected];
  return (
    <>
      <div className="security-details-head">
        <p>
          <strong>{resourceText(resource)}</strong> {t(`security.stateMeans.${state}`)}
        </p>
        <Places range={range} node={only === undefined ? undefined : workloadNode(only)} />
      </div>
      {by.length > 0 && (
        <p className="muted">
          {t('security.column.by')}: {by.map(resourceText).join(', ')}
        </p>
      )}
      {workloads.length > 0 && (
        <p className="muted">
          {t('security.selected')}: {workloads.slice(0, NAMED).join(', ')}
          {workloads.length > NAMED && ` +${workloads.length - NAMED}`}
        </p>
      )}
    </>
  );
}
