/** Files as tabs; renaming and removing behind the one in front. */
import { useState } from 'react';
import { addFile, removeFile, renameFile } from '../../state/actions/files.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Dialog, IconButton, Menu, MenuItem } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

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
  const [isTaken, setIsTaken] = useState(false);
  const withErrors = new Set(
    diagnostics.flatMap(({ severity, range }) => (severity === 'error' && range !== undefined ? [range.file] : [])),
  );

  return (
    <div className="file-tabs">
      <div className="tabs" role="tablist" aria-label={t('editor.files')}>
        {files.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            className="tab file-tab"
            aria-selected={name === current}
            data-state={name === current ? 'active' : 'inactive'}
            data-error={withErrors.has(name)}
            onClick={() => onChoose(name)}
          >
            {name}
          </button>
        ))}
      </div>
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
        <MenuItem
          icon={<Icon name="trash" />}
          onSelect={() => removeFile(studio, current)}
          disabled={files.length === 1}
        >
          {t('editor.remove')}
        </MenuItem>
      </Menu>
      <IconButton icon="plus" label={t('editor.newFile')} onClick={() => addFile(studio)} />
      <Dialog
        title={t('editor.rename')}
        open={isRenaming}
        onOpenChange={(open) => {
          setIsRenaming(open);
          setIsTaken(false);
        }}
      >
        <form
          className="save-call"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name') ?? '');
            const isDone = renameFile(studio, current, name);
            setIsTaken(!isDone);
            setIsRenaming(!isDone);
          }}
        >
          <input
            className="field mono"
            name="name"
            aria-label={t('editor.fileName')}
            aria-invalid={isTaken}
            defaultValue={current}
          />
          <button type="submit" className="button button-primary">
            {t('editor.rename')}
          </button>
        </form>
      </Dialog>
    </div>
  );
}
