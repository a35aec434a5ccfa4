/** The configuration of one proxy, in the tables that `istioctl proxy-config` prints. */
import { useState } from 'react';
import { revealRange } from '../../state/actions/look.ts';
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import type { ProxyConfigRow, ProxyConfigTable, ProxyConfigView } from '../../worker/proxyView.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { useWorkloadAnswer } from './useEngineAnswer.ts';

export function EnvoyTab({ workload }: { workload: GraphWorkload }) {
  const { t } = useTranslator('inspector');
  const asked = useWorkloadAnswer('proxy-config', workload.id);
  if (asked.status === 'waiting') return <p className="section muted">{t('inspector.loading')}</p>;
  if (asked.status === 'none') return <p className="section muted">{t('inspector.noProxy')}</p>;
  return <ProxyTables view={asked.value} />;
}

function ProxyTables({ view }: { view: ProxyConfigView }) {
  const { t } = useTranslator('inspector');
  const [tableId, setTableId] = useState<ProxyConfigTable['id']>('listeners');
  const [filter, setFilter] = useState('');
  const table = view.tables.find(({ id }) => id === tableId) ?? view.tables[0];
  const wanted = filter.trim().toLowerCase();
  const rows =
    table?.rows.filter(({ cells, name }) => [name, ...cells].some((cell) => cell.toLowerCase().includes(wanted))) ?? [];
  return (
    <div className="envoy">
      <div className="envoy-tools">
        <div className="segments" role="radiogroup" aria-label={t('inspector.tab.envoy')}>
          {view.tables.map(({ id }) => (
            <label key={id} className="segment" data-checked={id === table?.id}>
              <input
                type="radio"
                className="visually-hidden"
                name="proxy-config-table"
                checked={id === table?.id}
                onChange={() => setTableId(id)}
              />
              {t(`inspector.envoy.${id}`)}
            </label>
          ))}
        </div>
        <input
          className="field"
          type="search"
          value={filter}
          placeholder={t('inspector.envoy.filter')}
          aria-label={t('inspector.envoy.filter')}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {view.nacks.length > 0 && (
        <section className="section">
          <h3>{t('inspector.envoy.nacks')}</h3>
          {view.nacks.map(({ resource, message }) => (
            <p key={resource} className="warning">
              <code>{resource}</code> {message}
            </p>
          ))}
        </section>
      )}
      {rows.length === 0 ? (
        <p className="section muted">{t('inspector.envoy.noRows', { text: filter })}</p>
      ) : (
        <ul className="envoy-rows" aria-label={t('inspector.envoy.rows', { count: rows.length })}>
          {rows.map((row, index) => (
            // Names repeat between rows, as istioctl prints them.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <EnvoyRow key={`${row.name} ${index}`} row={row} columns={table?.columns ?? []} />
          ))}
        </ul>
      )}
    </div>
  );
}

function EnvoyRow({ row, columns }: { row: ProxyConfigRow; columns: readonly string[] }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  const [isOpen, setIsOpen] = useState(false);
  const { range } = row;
  return (
    <li className="envoy-row">
      <button type="button" className="envoy-summary" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
        <span className="envoy-cells">
          {row.cells.map((cell, at) =>
            cell === '' ? null : (
              <span key={columns[at] ?? at} className="envoy-cell">
                <span className="envoy-column">{columns[at]}</span>
                <code>{cell}</code>
              </span>
            ),
          )}
        </span>
      </button>
      {isOpen && (
        <div className="envoy-detail">
          {range !== undefined && (
            <button type="button" className="link" onClick={() => revealRange(studio, range)}>
              {t('inspector.showYaml')} ({range.file}:{range.startLine})
            </button>
          )}
          <pre>{JSON.stringify(row.detail, null, 2)}</pre>
        </div>
      )}
    </li>
  );
}
