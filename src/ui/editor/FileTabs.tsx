/**
 * Files as tabs, in the order in which they are applied: chosen, dragged to another place, and what else
 * can be done with one behind it. Where they do not all fit, a menu lists them.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addFile, moveFile, removeFile } from '../../state/actions/files.ts';
import type { StudioState } from '../../state/studioState.ts';
import { openDialog } from '../app/dialogs.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton, Menu, MenuChoice, MenuItem, MenuOption, MenuSeparator } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { FileTab } from './FileTab.tsx';
import { RenameFile } from './RenameFile.tsx';
import { useOverflow } from './useOverflow.ts';

const diagnosticsOf = ({ engine }: StudioState) => engine.diagnostics;

export interface FileTabsProps {
  readonly files: readonly string[];
  readonly current: string;
  readonly onChoose: (name: string) => void;
}

export function FileTabs({ files, current, onChoose }: FileTabsProps) {
  const studio = useStudio();
  const { t } = useTranslator('editor');
  const diagnostics = useStudioState(diagnosticsOf);
  const [isRenaming, setIsRenaming] = useState(false);
  const [dragged, setDragged] = useState<string>();
  /** Said aloud after a move, which nothing else tells. */
  const [moved, setMoved] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(list, files);
  const at = files.indexOf(current);
  const withErrors = new Set(
    diagnostics.flatMap(({ severity, range }) => (severity === 'error' && range !== undefined ? [range.file] : [])),
  );

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);

  const focus = (index: number): void => {
    const tab = list.current?.children[index];
    if (tab instanceof HTMLElement) tab.focus();
  };
  const move = (name: string, to: number): void => {
    const place = Math.max(0, Math.min(to, files.length - 1));
    moveFile(studio, name, place);
    setMoved(t('editor.moved', { name, at: place + 1, total: files.length }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = [...(list.current?.children ?? [])].indexOf(document.activeElement ?? document.body);
    const name = files[index];
    if (name === undefined) return;
    const isMove = event.altKey && event.shiftKey;
    switch (event.key) {
      case 'ArrowLeft':
        if (isMove) move(name, index - 1);
        else focus(Math.max(0, index - 1));
        break;
      case 'ArrowRight':
        if (isMove) move(name, index + 1);
        else focus(Math.min(files.length - 1, index + 1));
        break;
      case 'Home':
        focus(0);
        break;
      case 'End':
        focus(files.length - 1);
        break;
      case 'F2':
        onChoose(name);
        setIsRenaming(true);
        break;
      case 'Delete':
        removeFile(studio, name);
        // Once it is gone.
        requestAnimationFrame(() => focus(Math.min(index, files.length - 2)));
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div className="file-tabs">
      <div ref={list} className="tabs file-list" role="tablist" aria-label={t('editor.files')} onKeyDown={onKeyDown}>
        {files.map((name, index) => (
          <FileTab
            key={name}
            name={name}
            isCurrent={name === current}
            hasError={withErrors.has(name)}
            dropSide={
              dragged === undefined || dragged === name
                ? undefined
                : files.indexOf(dragged) < index
                  ? 'after'
                  : 'before'
            }
            onChoose={() => onChoose(name)}
            onDrag={setDragged}
            onDrop={() => {
              if (dragged !== undefined) move(dragged, index);
              setDragged(undefined);
            }}
          />
        ))}
      </div>
      {overflows && (
        <Menu
          label={t('editor.allFiles', { count: files.length })}
          align="end"
          trigger={
            <button
              type="button"
              className="button button-icon"
              aria-label={t('editor.allFiles', { count: files.length })}
            >
              <Icon name="chevronDown" />
            </button>
          }
        >
          <MenuChoice value={current} onChange={onChoose}>
            {files.map((name) => (
              <MenuOption key={name} value={name} {...(withErrors.has(name) ? { hint: t('editor.withErrors') } : {})}>
                {name}
              </MenuOption>
            ))}
          </MenuChoice>
        </Menu>
      )}
      <Menu
        label={t('editor.fileMenu', { name: current })}
        align="end"
        trigger={
          <button type="button" className="button button-icon" aria-label={t('editor.fileMenu', { name: current })}>
            <Icon name="more" />
          </button>
        }
      >
        <MenuItem icon={<Icon name="edit" />} onSelect={() => setIsRenaming(true)}>
          {t('editor.rename')}
        </MenuItem>
        <MenuItem icon={<Icon name="arrowLeft" />} onSelect={() => move(current, at - 1)} disabled={at === 0}>
          {t('editor.moveLeft')}
        </MenuItem>
        <MenuItem
          icon={<Icon name="arrowRight" />}
          onSelect={() => move(current, at + 1)}
          disabled={at === files.length - 1}
        >
          {t('editor.moveRight')}
        </MenuItem>
        <MenuItem icon={<Icon name="clock" />} onSelect={() => openDialog('history', current)}>
          {t('app.menu.history')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Icon name="trash" />}
          onSelect={() => removeFile(studio, current)}
          disabled={files.length === 1}
        >
          {t('editor.remove')}
        </MenuItem>
      </Menu>
      <IconButton icon="plus" label={t('editor.newFile')} onClick={() => addFile(studio)} />
      <span className="visually-hidden" role="status">
        {moved}
      </span>
      <RenameFile name={current} open={isRenaming} onOpenChange={setIsRenaming} />
    </div>
  );
}
