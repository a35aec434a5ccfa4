/**
 * A table of many rows: sortable by every column, walked by arrow keys, and only the rows in view are
 * in the document. One row is the active one; what is known of it is shown elsewhere.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** What is copied, sorted by and searched. */
  readonly text: (row: Row) => string;
  /** What is drawn; absent: the text. */
  readonly cell?: (row: Row) => ReactNode;
  /** Share of the width. */
  readonly width: string;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly active: string | undefined;
  readonly onActive: (row: Row) => void;
  /** Enter. */
  readonly onOpen: (row: Row) => void;
}

const ROW = 30;
/** Rows beyond the view that are drawn too, so that a short scroll finds them there. */
const SPARE = 12;

export function DataTable<Row>({ label, columns, rows, keyOf, active, onActive, onOpen }: DataTableProps<Row>) {
  const { t, language } = useTranslator('security');
  const [sort, setSort] = useState<{ id: string; down: boolean }>();
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sort?.id);
    if (column === undefined || sort === undefined) return rows;
    const order = new Intl.Collator(language, { numeric: true }).compare;
    const ascending = [...rows].sort((a, b) => order(column.text(a), column.text(b)));
    return sort.down ? ascending.reverse() : ascending;
  }, [rows, columns, sort, language]);

  const scroll = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = scroll.current;
    if (element === null) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const first = Math.max(0, Math.floor(view.top / ROW) - SPARE);
  const last = Math.min(sorted.length, Math.ceil((view.top + view.height) / ROW) + SPARE);
  const at = Math.max(
    0,
    sorted.findIndex((row) => keyOf(row) === active),
  );

  const go = (to: number): void => {
    const row = sorted[Math.min(Math.max(to, 0), sorted.length - 1)];
    const element = scroll.current;
    if (row === undefined || element === null) return;
    const index = sorted.indexOf(row);
    const [top, bottom] = [index * ROW, (index + 2) * ROW];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    onActive(row);
    requestAnimationFrame(() => element.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus());
  };
  const onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(view.height / ROW) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: sorted.length - 1,
    };
    const to = steps[event.key];
    const row = sorted[at];
    if (to !== undefined) go(to);
    else if (event.key === 'Enter' && event.target instanceof HTMLTableRowElement && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };

  return (
    <div className="data-scroll" ref={scroll}>
      <table className="data-table" aria-label={label} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, label: name, width }) => (
              <th
                key={id}
                scope="col"
                style={{ width }}
                aria-sort={sort?.id !== id ? 'none' : sort.down ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className="data-sort"
                  title={t('security.sortBy', { column: name })}
                  onClick={() => setSort({ id, down: sort?.id === id && !sort.down })}
                >
                  {name}
                  {sort?.id === id && <Icon name={sort.down ? 'chevronDown' : 'chevronUp'} size={12} />}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKey}>
          <Gap rows={first} />
          {sorted.slice(first, last).map((row, offset) => {
            const index = first + offset;
            const key = keyOf(row);
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                className="data-row"
                data-active={key === active}
                tabIndex={index === at ? 0 : -1}
                onClick={() => onActive(row)}
                onFocus={(event) => event.target === event.currentTarget && onActive(row)}
              >
                {columns.map(({ id, text, cell }) => (
                  <td key={id} title={text(row)}>
                    {cell === undefined ? text(row) : cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Gap rows={sorted.length - last} />
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
const Gap = ({ rows }: { rows: number }) =>
  rows <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without tabindex takes no focus
    <tr aria-hidden="true">
      <td style={{ height: rows * ROW }} />
    </tr>
  );
