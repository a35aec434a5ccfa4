/** The mesh's name; behind it what else to open, and what to do with it as a whole. */
import { useRef } from 'react';
import { localize } from '../../base/localizedText.ts';
import { importFiles } from '../../state/actions/files.ts';
import { openEmpty, openExample } from '../../state/actions/openWorkspace.ts';
import { openWorkspaceFile } from '../../state/actions/openWorkspaceFile.ts';
import { notify } from '../../state/actions/update.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../shared/controls.tsx';
import { downloadText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';
import { openDialog } from './dialogs.ts';
import { printWork } from './printWork.ts';
import { readTextFiles } from './readTextFiles.ts';

const exampleOf = ({ workspace }: StudioState) => workspace.example;

export function MeshMenu({ name }: { name: string }) {
  const studio = useStudio();
  const { t, language } = useTranslator();
  const example = useStudioState(exampleOf);
  const input = useRef<HTMLInputElement>(null);

  const download = (): void => {
    const { files } = studio.store.getState().workspace;
    const text = files.map((file) => `# ${file.name}\n${file.text.trimEnd()}\n`).join('---\n');
    downloadText('mesh.yaml', text);
  };
  const downloadWorkspace = async (): Promise<void> => {
    const { workspaceFileText } = await import('../../state/actions/workspaceFile.ts');
    downloadText('mesh.meshverdict.json', await workspaceFileText(studio));
  };
  const choose = async (chosen: FileList | null): Promise<void> => {
    const { texts, unreadable } = await readTextFiles([...(chosen ?? [])]);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined && openWorkspaceFile(studio, only.text)) return;
    importFiles(studio, texts);
    for (const file of unreadable) notify(studio, 'file-not-read', { name: file }, 'problem');
  };

  return (
    <>
      <Menu
        label={t('app.menu.open')}
        width={300}
        trigger={
          <button type="button" className="button topbar-mesh" aria-label={t('app.menu.openLabel', { name })}>
            <span>{name}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuItem onSelect={() => openDialog('start')} icon={<Icon name="file" />}>
          {t('app.menu.start')}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{t('app.menu.examples')}</MenuLabel>
        {studio.examples.entries.map((entry) => (
          <MenuItem key={entry.slug} onSelect={() => void openExample(studio, entry.slug)}>
            {localize(entry.name, language)}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => openEmpty(studio)} icon={<Icon name="plus" />}>
          {t('app.menu.empty')}
        </MenuItem>
        <MenuItem onSelect={() => input.current?.click()} icon={<Icon name="upload" />}>
          {t('app.menu.import')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => openDialog('history')} icon={<Icon name="clock" />}>
          {t('app.menu.history')}
        </MenuItem>
        <MenuItem onSelect={() => openDialog('share')} icon={<Icon name="link" />}>
          {t('app.menu.share')}
        </MenuItem>
        <MenuItem onSelect={() => void printWork(studio)} icon={<Icon name="printer" />}>
          {t('app.menu.print')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={download} icon={<Icon name="download" />}>
          {t('app.menu.export')}
        </MenuItem>
        <MenuItem onSelect={() => void downloadWorkspace()} icon={<Icon name="download" />}>
          {t('app.menu.exportWorkspace')}
        </MenuItem>
        {example !== undefined && (
          <MenuItem onSelect={() => void openExample(studio, example)} icon={<Icon name="replay" />}>
            {t('app.menu.reset')}
          </MenuItem>
        )}
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".yaml,.yml,.json,.txt"
        aria-label={t('app.menu.import')}
        onChange={(event) => {
          void choose(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
