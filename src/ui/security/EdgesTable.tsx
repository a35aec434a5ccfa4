/** Which ways between workloads are encrypted now, as the saved calls go them. */
import { useMemo } from 'react';
import { localize } from '../../base/localizedText.ts';
import { resourceText } from '../../i18n/render/names.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { EdgeView } from '../../worker/securityView.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Dashboard, type RowReader, type TableProps } from './Dashboard.tsx';
import type { Column } from './DataTable.tsx';
import { Places } from './Places.tsx';
import { Status } from './Status.tsx';

const reader: RowReader<EdgeView> = {
  keyOf: ({ from, to, carriage, end }) => `${from} ${to} ${carriage} ${end}`,
  namespacesOf: ({ from, to }) => [from, to].map((place) => place.split('/')[0] ?? ''),
  statusOf: ({ carriage }) => carriage,
};
const callsOf = ({ workspace }: StudioState) => workspace.calls;

export function EdgesTable({ rows, filter }: TableProps<EdgeView>) {
  const { t, language } = useTranslator('security');
  const saved = useStudioState(callsOf);
  const columns = useMemo((): readonly Column<EdgeView>[] => {
    const place = (text: string): string => (text === 'outside' ? t('security.outside') : text);
    const name = (id: string): string => {
      const call = saved.find((candidate) => candidate.id === id);
      return call === undefined ? id : localize(call.name, language);
    };
    return [
      { id: 'from', label: t('security.column.from'), width: '24%', text: ({ from }) => place(from) },
      { id: 'to', label: t('security.column.to'), width: '24%', text: ({ to }) => place(to) },
      {
        id: 'carriage',
        label: t('security.column.carriage'),
        width: '17%',
        text: ({ carriage }) => t(`security.carriage.${carriage}`),
        cell: ({ carriage }) => <Status of="edges" status={carriage} />,
      },
      { id: 'end', label: t('security.column.end'), width: '12%', text: ({ end }) => t(`security.end.${end}`) },
      {
        id: 'calls',
        label: t('security.column.calls'),
        width: '23%',
        text: ({ calls }) => calls.map(name).join('; '),
      },
    ];
  }, [t, language, saved]);
  const nodeOf = (place: string): string | undefined => (place === 'outside' ? undefined : workloadNode(place));
  return (
    <Dashboard
      label={t('security.tabs.edges')}
      columns={columns}
      rows={rows}
      filter={filter}
      reader={reader}
      details={({ from, to, carriage, decidedBy, range, calls }) => (
        <>
          <div className="security-details-head">
            <p>
              <strong>
                {from === 'outside' ? t('security.outside') : from} → {to}
              </strong>{' '}
              {t(`security.carriageMeans.${carriage}`)}
            </p>
            <Places range={range} node={nodeOf(to)} call={calls[0]} />
          </div>
          {decidedBy !== undefined && (
            <p className="muted">
              {t('security.column.decidedBy')}: {resourceText(decidedBy)}
            </p>
          )}
        </>
      )}
      none={t('security.noEdges')}
    />
  );
}
