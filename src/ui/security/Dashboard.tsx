/** A table with its filter applied, ways to copy it, and what is known of the active row below. */
import { type ReactNode, useMemo, useState } from 'react';
import type { SourceRange } from '../../base/origin.ts';
import { revealRange, showOnCanvas } from '../../state/actions/look.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { copyText } from '../shared/download.ts';
import { type Column, DataTable } from './DataTable.tsx';
import type { Filter } from './FilterBar.tsx';
import { tableAsCsv, tableAsText } from './tableText.ts';

/** How the rows of one table are told apart, filtered and opened; a constant of its table. */
export interface RowReader<Row> {
  readonly keyOf: (row: Row) => string;
  readonly namespacesOf: (row: Row) => readonly string[];
  readonly statusOf: (row: Row) => string;
  /** Where Enter leads when the row has no place in the YAML. */
  readonly nodeOf?: (row: Row) => string;
}

/** What a table is given by the view; the rest it knows itself. */
export interface TableProps<Row> {
  readonly rows: readonly Row[];
  readonly filter: Filter;
}

interface DashboardProps<Row> extends TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly reader: RowReader<Row>;
  readonly details: (row: Row) => ReactNode;
  /** Said where there are no rows at all. */
  readonly none: string;
}

export function Dashboard<Row extends { readonly range?: SourceRange }>(props: DashboardProps<Row>) {
  const { label, columns, rows, filter, reader, details, none } = props;
  const { keyOf, namespacesOf, statusOf, nodeOf } = reader;
  const studio = useStudio();
  const { t } = useTranslator('security');
  const [active, setActive] = useState<string>();
  const shown = useMemo(() => {
    const wanted = filter.text.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (filter.namespace === '' || namespacesOf(row).includes(filter.namespace)) &&
        (filter.only === '' || statusOf(row) === filter.only) &&
        (wanted === '' || columns.some(({ text }) => text(row).toLowerCase().includes(wanted))),
    );
  }, [rows, filter, columns, namespacesOf, statusOf]);
  const current = shown.find((row) => keyOf(row) === active) ?? shown[0];
  const open = (row: Row): void => {
    if (row.range !== undefined) revealRange(studio, row.range);
    else if (nodeOf !== undefined) showOnCanvas(studio, [nodeOf(row)]);
  };
  if (rows.length === 0) return <p className="security-none muted">{none}</p>;
  return (
    <>
      <div className="security-tools">
        <span className="muted" role="status">
          {t('security.rows', { shown: shown.length, all: rows.length })}
        </span>
        <IconButton
          icon="copy"
          label={t('security.copyText')}
          onClick={() => void copyText(studio, tableAsText(columns, shown))}
        />
        <IconButton
          icon="download"
          label={t('security.copyCsv')}
          onClick={() => void copyText(studio, tableAsCsv(columns, shown))}
        />
      </div>
      {current === undefined ? (
        <p className="security-none muted">{t('security.noneShown')}</p>
      ) : (
        <>
          <DataTable
            label={label}
            columns={columns}
            rows={shown}
            keyOf={keyOf}
            active={keyOf(current)}
            onActive={(row) => setActive(keyOf(row))}
            onOpen={open}
          />
          <section className="security-details" aria-live="polite">
            {details(current)}
          </section>
        </>
      )}
    </>
  );
}
