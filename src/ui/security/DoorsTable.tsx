/** mTLS status of every workload and port, with the precedence that led to it. */
import { useMemo } from 'react';
import { resourceText } from '../../i18n/render/names.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import type { DoorView } from '../../worker/securityView.ts';
import { useTranslator } from '../shared/context.tsx';
import { Dashboard, type RowReader, type TableProps } from './Dashboard.tsx';
import type { Column } from './DataTable.tsx';
import { Places } from './Places.tsx';
import { Status } from './Status.tsx';

const reader: RowReader<DoorView> = {
  keyOf: ({ workload, port }) => `${workload} ${port ?? ''}`,
  namespacesOf: ({ namespace }) => [namespace],
  statusOf: ({ status }) => status,
  nodeOf: ({ workload }) => workloadNode(workload),
};

export function DoorsTable({ rows, filter }: TableProps<DoorView>) {
  const { t } = useTranslator('security');
  const columns = useMemo(
    (): readonly Column<DoorView>[] => [
      { id: 'namespace', label: t('security.column.namespace'), width: '17%', text: ({ namespace }) => namespace },
      {
        id: 'workload',
        label: t('security.column.workload'),
        width: '24%',
        text: ({ name }) => name,
        cell: ({ name }) => <strong>{name}</strong>,
      },
      {
        id: 'port',
        label: t('security.column.port'),
        width: '10%',
        text: ({ port, portName }) =>
          port === undefined ? t('security.anyPort') : portName === undefined ? String(port) : `${port} ${portName}`,
      },
      {
        id: 'status',
        label: t('security.column.status'),
        width: '24%',
        text: ({ status }) => t(`security.door.${status}`),
        cell: ({ status }) => <Status of="doors" status={status} />,
      },
      {
        id: 'decidedBy',
        label: t('security.column.decidedBy'),
        width: '25%',
        text: ({ decidedBy, level }) =>
          decidedBy !== undefined ? resourceText(decidedBy) : level === 'default' ? t('security.level.default') : '–',
        // The kind is said below; the name is what tells rows apart.
        cell: ({ decidedBy, level }) =>
          decidedBy !== undefined
            ? resourceText(decidedBy).replace(/^\S+ /, '')
            : level === 'default'
              ? t('security.level.default')
              : '–',
      },
    ],
    [t],
  );
  return (
    <Dashboard
      label={t('security.tabs.doors')}
      columns={columns}
      rows={rows}
      filter={filter}
      reader={reader}
      details={(row) => <DoorDetails row={row} />}
      none={t('security.empty')}
    />
  );
}

function DoorDetails({ row }: { row: DoorView }) {
  const { t, find } = useTranslator('security');
  const { workload, port, status, level, decidedBy, considered, unmodelled, range } = row;
  return (
    <>
      <div className="security-details-head">
        <p>
          <strong>
            {workload}
            {port !== undefined && `:${port}`}
          </strong>{' '}
          {t(`security.doorMeans.${status}`, { what: unmodelled.join(', ') })}
        </p>
        <Places range={range} node={workloadNode(workload)} />
      </div>
      {(status === 'strict' || status === 'permissive' || status === 'disable') && (
        <p className="muted">
          {t('security.column.decidedBy')}:{' '}
          {decidedBy === undefined ? t('security.defaultMode') : resourceText(decidedBy)} ·{' '}
          {t(`security.level.${level}`)}
        </p>
      )}
      {considered.length > 0 && (
        <>
          <h3>{t('security.precedence')}</h3>
          <ol className="security-precedence">
            {considered.map(({ policy, level: at, outcome, mode }) => (
              <li key={policy} data-decides={outcome === 'decides'}>
                <span className="mono">{mode}</span> {resourceText(policy)}
                <span className="muted">
                  {' '}
                  · {t(`security.level.${at}`)} · {find(`reason.peer-authentication-${outcome}`)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
