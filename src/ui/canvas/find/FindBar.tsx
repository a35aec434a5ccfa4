/**
 * Find over the mesh and the call on show: an expression, its matches lit on the canvas and listed
 * below, Enter walks them. Tab completes, the button with the question mark explains.
 */
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { revealRange, selectNodes } from '../../../state/actions/look.ts';
import { seekStep } from '../../../state/actions/playback.ts';
import { type Findable, find, vocabularyOf } from '../../../state/find/findables.ts';
import { completeFind, parseFind } from '../../../state/find/findExpression.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { IconButton } from '../../shared/controls.tsx';
import { Icon, type IconName } from '../../shared/Icon.tsx';
import type { Scene } from '../scene/scene.ts';
import { FoundLights } from './FoundLights.tsx';
import './find.css';
import { FindHelp } from './FindHelp.tsx';
import { useFindables } from './useFindables.ts';

export interface FindBarProps {
  readonly scene: Scene;
  readonly onClose: () => void;
}

/** So many rows are listed; all are lit and counted. */
const LISTED = 50;

/** Below this a card is only a name. */
const READABLE = 0.63;

export function FindBar({ scene, onClose }: FindBarProps) {
  const studio = useStudio();
  const { t } = useTranslator('find');
  const { setCenter, getZoom, flowToScreenPosition } = useReactFlow();
  const rows = useFindables();
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const [listId, helpId] = [useId(), useId()];
  const expression = useMemo(() => parseFind(text), [text]);
  const found = useMemo(() => find(rows, expression), [rows, expression]);
  const vocabulary = useMemo(() => vocabularyOf(rows), [rows]);
  const [caret, setCaret] = useState(0);
  const completions = completeFind(text, caret, vocabulary).slice(0, 6);
  const current = found[at];
  /** Selected in a room that was closed: it is brought into view once the room is open. */
  const [awaited, setAwaited] = useState<string>();

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  /** Into the part of the canvas that this does not cover, unless it is seen there; near enough to be read. */
  const centre = (node: string): void => {
    const box = scene.get(node);
    const view = field.current?.closest('.canvas')?.getBoundingClientRect();
    const own = field.current?.closest('.find')?.getBoundingClientRect();
    setAwaited(box === undefined ? node : undefined);
    if (box === undefined || view === undefined || own === undefined) return;
    const from = flowToScreenPosition({ x: box.x, y: box.y });
    const to = flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
    const isSeen = from.x >= view.left && to.x <= own.left && from.y >= view.top + 48 && to.y <= view.bottom;
    if (isSeen && getZoom() > READABLE) return;
    const zoom = Math.max(getZoom(), READABLE);
    const covered = view.width - (own.left - view.left);
    void setCenter(box.x + box.width / 2 + covered / 2 / zoom, box.y + box.height / 2, { zoom });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it has come into the scene
  useEffect(() => {
    if (awaited !== undefined && scene.has(awaited)) centre(awaited);
  }, [awaited, scene]);
  const show = (row: Findable): void => {
    if (row.nodes.length > 0) {
      selectNodes(studio, row.nodes.slice(0, 1));
      centre(row.nodes[0] ?? '');
    }
    if (row.step !== undefined) seekStep(studio, row.step.hop, row.step.index);
    else if (row.range !== undefined) revealRange(studio, row.range);
  };
  const walk = (direction: 1 | -1): void => {
    if (found.length === 0) return;
    const next = at < 0 && direction < 0 ? found.length - 1 : (at + direction + found.length) % found.length;
    setAt(next);
    const row = found[next];
    if (row !== undefined) show(row);
  };
  const complete = (completion: (typeof completions)[number]): void => {
    setText(completion.text);
    setAt(-1);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(completion.caret, completion.caret);
      setCaret(completion.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const [first] = completions;
    if (event.key === 'Enter') walk(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') walk(1);
    else if (event.key === 'ArrowUp') walk(-1);
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Tab' && !event.shiftKey && first !== undefined) complete(first);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [problem] = expression.problems;
  const count =
    text.trim() === ''
      ? ''
      : found.length === 0
        ? t('find.none')
        : at < 0
          ? t('find.matched', { count: found.length })
          : t('find.count', { at: at + 1, count: found.length });

  return (
    <search className="find floating" aria-label={t('find.title')}>
      <div className="find-row">
        <Icon name="search" />
        <input
          ref={field}
          className="find-field"
          role="combobox"
          aria-label={t('find.title')}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={current === undefined ? undefined : `${listId}-${at}`}
          aria-describedby={helpId}
          aria-autocomplete="list"
          placeholder={t('find.placeholder')}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            setAt(-1);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
        />
        <span className="find-count" role="status">
          {count}
        </span>
        <IconButton icon="chevronUp" label={t('find.previous')} keys="Shift Enter" onClick={() => walk(-1)} />
        <IconButton icon="chevronDown" label={t('find.next')} keys="Enter" onClick={() => walk(1)} />
        <IconButton
          icon="help"
          label={t('find.help')}
          aria-expanded={isHelpOpen}
          onClick={() => setIsHelpOpen((open) => !open)}
        />
        <IconButton icon="close" label={t('find.close')} keys="Esc" onClick={onClose} />
      </div>
      <p id={helpId} className="visually-hidden">
        {t('find.hint')}
      </p>
      {problem !== undefined && (
        <p className="find-problem">{t(`find.problem.${problem.code}`, { text: problem.text })}</p>
      )}
      {completions.length > 0 && (
        <div className="find-completions">
          {completions.map((completion, index) => (
            <button
              key={completion.label}
              type="button"
              className="find-chip mono"
              onClick={() => complete(completion)}
            >
              {completion.label}
              {index === 0 && <kbd className="kbd">Tab</kbd>}
            </button>
          ))}
        </div>
      )}
      {isHelpOpen && <FindHelp />}
      {found.length > 0 && !isHelpOpen && (
        <div id={listId} className="find-list" role="listbox" aria-label={t('find.matches')}>
          {found.slice(0, LISTED).map((row, index) => (
            // The field keeps the focus and walks with the arrows; a click is the pointer's way.
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: see above
            <div
              key={row.id}
              id={`${listId}-${index}`}
              role="option"
              className="menu-item find-item"
              aria-selected={index === at}
              data-highlighted={index === at ? '' : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                setAt(index);
                show(row);
              }}
            >
              <Icon name={iconOf(row)} />
              <span className="find-label">{row.label}</span>
              {row.denied && <span className="find-denied">{t('verdict.word.refused')}</span>}
            </div>
          ))}
          {found.length > LISTED && (
            <p className="muted find-more">{t('find.more', { count: found.length - LISTED })}</p>
          )}
        </div>
      )}
      <FoundLights scene={scene} rows={found} current={current} />
    </search>
  );
}

const ICONS: Readonly<Record<string, IconName>> = {
  outside: 'globe',
  namespace: 'namespace',
  workload: 'workload',
  gateway: 'gateway',
  external: 'server',
  service: 'service',
  step: 'stepForward',
};

const iconOf = ({ kinds }: Findable): IconName =>
  kinds.includes('policy') ? 'policy' : (ICONS[kinds[0] ?? ''] ?? 'file');
