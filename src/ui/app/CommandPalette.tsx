/** Every action, node, call and file by name: type a few letters, press Enter. */
import { Command } from 'cmdk';
import { useState } from 'react';
import { LANGUAGES, localize } from '../../base/localizedText.ts';
import { chooseSavedCall, newCall } from '../../state/actions/changeCall.ts';
import { addFile } from '../../state/actions/files.ts';
import {
  changeSettings,
  openFile,
  selectNodes,
  showBottomTab,
  showInspectorTab,
  showRightTab,
  showView,
} from '../../state/actions/look.ts';
import { openEmpty, openExample } from '../../state/actions/openWorkspace.ts';
import { playTogether } from '../../state/actions/playTogether.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import { authorityNode, namespaceNode, serviceNode, workloadNode } from '../../state/nodeIds.ts';
import { authorityName } from '../../state/selectors/authorityName.ts';
import type { StudioState } from '../../state/studioState.ts';
import { requestArrange } from '../canvas/arrangeRequests.ts';
import { runEditorCommand } from '../editor/commandBus.ts';
import { EDITOR_COMMANDS } from '../editor/commands.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { keysText } from '../shared/keys.ts';
import './palette.css';
import { openDialog } from './dialogs.ts';
import { printWork } from './printWork.ts';
import { SHORTCUTS } from './shortcuts.ts';

const graphOf = ({ engine }: StudioState) => engine.graph;
const workspaceOf = ({ workspace }: StudioState) => workspace;

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly run: () => void;
}

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslator('shortcut');
  const [typed, setTyped] = useState('');
  const { actions, editing, nodes, calls, files } = useEntries();
  const groups: readonly [string, readonly Entry[]][] = [
    [t('app.commandGroup.action'), actions],
    [t('shortcut.groupEditor'), editing],
    [t('app.commandGroup.call'), calls],
    [t('app.commandGroup.node'), nearest(nodes, typed)],
    [t('app.commandGroup.file'), files],
  ];
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      label={t('app.commands')}
      overlayClassName="dialog-scrim"
      contentClassName="floating dialog palette"
      loop
    >
      <Command.Input
        className="palette-input"
        placeholder={t('app.commandsPlaceholder')}
        value={typed}
        onValueChange={setTyped}
      />
      <Command.List className="palette-list">
        <Command.Empty className="palette-empty">{t('app.commandsNone')}</Command.Empty>
        {groups.map(([heading, entries]) => (
          <Command.Group key={heading} heading={heading} className="palette-group">
            {entries.map(({ id, label, hint, run }) => (
              <Command.Item
                key={id}
                value={`${label} ${id}`}
                className="menu-item palette-item"
                onSelect={() => {
                  onClose();
                  run();
                }}
              >
                <span className="menu-item-main">{label}</span>
                {hint !== undefined && <span className="menu-item-hint">{hint}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}

/** More entries than this are searched by us and listed in part: each one listed costs the palette time at every key. */
const LISTED = 60;

function nearest(entries: readonly Entry[], typed: string): readonly Entry[] {
  if (entries.length <= LISTED) return entries;
  const words = typed.toLowerCase().split(/\s+/);
  const matching = entries.filter(({ label, hint = '' }) => {
    const text = `${label} ${hint}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return matching.slice(0, LISTED);
}

function useEntries(): Record<'actions' | 'editing' | 'nodes' | 'calls' | 'files', readonly Entry[]> {
  const studio = useStudio();
  const { t, language } = useTranslator('editor', 'shortcut', 'calls', 'draw');
  const graph = useStudioState(graphOf);
  const workspace = useStudioState(workspaceOf);

  const actions: Entry[] = [
    ...SHORTCUTS.flatMap(({ id, name, keys, run }) =>
      run === undefined || id === 'commands'
        ? []
        : [{ id, label: t(name), hint: keysText(keys[0] ?? ''), run: () => run(studio) }],
    ),
    { id: 'new-call', label: t('request.newCall'), run: () => newCall(studio) },
    ...(['rest', 'everything'] as const).map((what) => ({
      id: `arrange-${what}`,
      label: t(`draw.arrange.${what}`),
      run: () => {
        showView(studio, 'mesh');
        requestArrange(what);
      },
    })),
    { id: 'play-together', label: t('calls.playAll'), hint: t('request.calls'), run: () => playTogether(studio) },
    { id: 'tokens', label: t('app.openTokens'), run: () => openDialog('tokens') },
    { id: 'certificates', label: t('app.openCertificates'), run: () => openDialog('certificates') },
    { id: 'secret', label: t('app.openSecret'), run: () => openDialog('secret') },
    { id: 'share', label: t('app.menu.share'), run: () => openDialog('share') },
    { id: 'print', label: t('app.menu.print'), run: () => void printWork(studio) },
    { id: 'history', label: t('app.menu.history'), run: () => openDialog('history') },
    { id: 'new-file', label: t('editor.newFile'), run: () => addFile(studio) },
    { id: 'empty', label: t('app.menu.empty'), run: () => openEmpty(studio) },
    ...studio.examples.entries.map(({ slug, name }) => ({
      id: `example-${slug}`,
      label: t('canvas.openExample', { name: localize(name, language) }),
      run: () => void openExample(studio, slug),
    })),
    ...(['yaml', 'inspector', 'handshake', 'evidence'] as const).map((tab) => ({
      id: `tab-${tab}`,
      label: t('app.panel.show', { panel: t(`app.titles.${tab}`) }),
      run: () => showRightTab(studio, tab),
    })),
    ...(['mesh', 'security'] as const).map((view) => ({
      id: `view-${view}`,
      label: t('app.panel.show', { panel: t(`app.view.${view}`) }),
      run: () => showView(studio, view),
    })),
    ...(['timeline', 'calls', 'console'] as const).map((tab) => ({
      id: `bottom-${tab}`,
      label: t('app.panel.show', {
        panel: t(tab === 'timeline' ? 'playback.title' : tab === 'calls' ? 'request.callsLabel' : 'app.console'),
      }),
      run: () => {
        showView(studio, 'mesh');
        showBottomTab(studio, tab);
      },
    })),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      id: `theme-${theme}`,
      label: `${t('app.theme.label')}: ${t(`app.theme.${theme}`)}`,
      run: () => changeSettings(studio, { theme }),
    })),
    ...LANGUAGES.map((value) => ({
      id: `language-${value}`,
      label: `${t('app.language.label')}: ${t(`app.language.${value}`)}`,
      run: () => changeSettings(studio, { language: value }),
    })),
  ];
  const editing: Entry[] = EDITOR_COMMANDS.map(({ id, name, keys }) => ({
    id,
    label: t(name),
    ...(keys === undefined ? {} : { hint: keysText(keys) }),
    run: () => runEditorCommand(studio, id),
  }));
  const select = (id: string) => () => {
    selectNodes(studio, [id]);
    showInspectorTab(studio, 'summary');
  };
  const nodes: Entry[] = [
    ...(graph?.workloads ?? []).map(({ id }) => ({ id: workloadNode(id), label: id, run: select(workloadNode(id)) })),
    ...(graph?.services ?? []).map(({ id, type }) => ({
      id: serviceNode(id),
      label: id,
      hint: `Service ${type}`,
      run: select(serviceNode(id)),
    })),
    ...(graph?.authorities ?? []).map((authority) => ({
      id: authorityNode(authority.id),
      label: authorityName(authority),
      hint: 'CA',
      run: select(authorityNode(authority.id)),
    })),
    ...(graph?.namespaces ?? []).map(({ name }) => ({
      id: namespaceNode(name),
      label: name,
      hint: 'Namespace',
      run: select(namespaceNode(name)),
    })),
  ];
  const calls = workspace.calls.map(({ id, name }) => ({
    id: `call-${id}`,
    label: localize(name, language),
    run: () => {
      chooseSavedCall(studio, id);
      void sendCall(studio, { play: true });
    },
  }));
  const files = workspace.files.map(({ name }) => ({
    id: `file-${name}`,
    label: name,
    run: () => {
      showRightTab(studio, 'yaml');
      openFile(studio, name);
    },
  }));
  return { actions, editing, nodes, calls, files };
}
