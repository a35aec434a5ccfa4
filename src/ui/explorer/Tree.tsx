/** An ARIA tree: one row has the focus, arrows walk and open, Enter chooses, letters jump. */
import { type KeyboardEvent, useRef, useState } from 'react';
import { CutName } from '../shared/CutName.tsx';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import type { TreeItem } from './buildTree.ts';

export interface TreeProps {
  readonly label: string;
  readonly items: readonly TreeItem[];
  /** Canvas nodes that are selected. */
  readonly selected: readonly string[];
  readonly onChoose: (item: TreeItem) => void;
}

interface Row {
  readonly item: TreeItem;
  readonly level: number;
  readonly parent?: string;
}

export function Tree({ label, items, selected, onChoose }: TreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const root = useRef<HTMLDivElement>(null);
  const rows = visibleRows(items, closed);
  const current = rows.some(({ item }) => item.id === focused) ? focused : rows[0]?.item.id;

  const focus = (id: string | undefined): void => {
    if (id === undefined) return;
    setFocused(id);
    root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
  };
  const toggle = (id: string, open?: boolean): void =>
    setClosed((before) => {
      const next = new Set(before);
      if (open ?? before.has(id)) next.delete(id);
      else next.add(id);
      return next;
    });

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex(({ item }) => item.id === current);
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = row.item.children.length > 0 && !closed.has(row.item.id);
    switch (event.key) {
      case 'ArrowDown':
        focus(rows[at + 1]?.item.id);
        break;
      case 'ArrowUp':
        focus(rows[at - 1]?.item.id);
        break;
      case 'ArrowRight':
        if (isOpen) focus(rows[at + 1]?.item.id);
        else toggle(row.item.id, true);
        break;
      case 'ArrowLeft':
        if (isOpen) toggle(row.item.id, false);
        else focus(row.parent);
        break;
      case 'Home':
        focus(rows[0]?.item.id);
        break;
      case 'End':
        focus(rows.at(-1)?.item.id);
        break;
      case 'Enter':
      case ' ':
        onChoose(row.item);
        break;
      default: {
        if (event.key.length !== 1) return;
        const letter = event.key.toLowerCase();
        const order = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
        focus(order.find(({ item }) => item.label.toLowerCase().startsWith(letter))?.item.id);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={root} role="tree" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {rows.map(({ item, level }) => (
        <TreeRow
          key={item.id}
          item={item}
          level={level}
          isOpen={item.children.length === 0 ? undefined : !closed.has(item.id)}
          isSelected={item.node !== undefined && selected.includes(item.node)}
          isFocusable={item.id === current}
          onFocus={() => setFocused(item.id)}
          onToggle={() => toggle(item.id)}
          onChoose={() => onChoose(item)}
        />
      ))}
    </div>
  );
}

interface TreeRowProps {
  readonly item: TreeItem;
  readonly level: number;
  readonly isOpen: boolean | undefined;
  readonly isSelected: boolean;
  readonly isFocusable: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

function TreeRow({ item, level, isOpen, isSelected, isFocusable, onFocus, onToggle, onChoose }: TreeRowProps) {
  const { t } = useTranslator('explorer');
  const isAtFault = item.status === 'rejected' || item.status === 'invalid';
  return (
    // Keys are the tree's: see onKeyDown there.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="treeitem"
      data-row={item.id}
      className="tree-row"
      style={{ paddingLeft: 4 + level * 16 }}
      aria-level={level + 1}
      aria-selected={isSelected}
      aria-expanded={isOpen}
      tabIndex={isFocusable ? 0 : -1}
      data-status={item.status}
      onFocus={onFocus}
      onClick={onChoose}
    >
      {isOpen === undefined ? (
        <span className="tree-twist" />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: arrows do the same
        <span
          className="tree-twist"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
        </span>
      )}
      <Icon name={isAtFault ? 'error' : item.icon} />
      <span className="tree-label">
        <CutName name={item.label} />
      </span>
      {item.hint !== undefined && <span className="tree-hint">{item.hint}</span>}
      {item.status !== undefined && item.status !== 'in-force' && (
        <span className="visually-hidden">, {t(`explorer.status.${item.status}`)}</span>
      )}
    </div>
  );
}

function visibleRows(items: readonly TreeItem[], closed: ReadonlySet<string>, level = 0, parent?: string): Row[] {
  return items.flatMap((item) => [
    { item, level, ...(parent === undefined ? {} : { parent }) },
    ...(closed.has(item.id) ? [] : visibleRows(item.children, closed, level + 1, item.id)),
  ]);
}
