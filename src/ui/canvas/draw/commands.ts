/**
 * Everything that can be done with what is selected, once: the menu shows it, keys run it. An entry is
 * absent where it makes no sense, so nothing in the menu is ever greyed out.
 */
import type { MessageKey } from '../../../i18n/messages/messages.ts';
import type { IconName } from '../../shared/Icon.tsx';
import { ALIGNMENTS, type Alignment, SPREADS, type Spread } from './align.ts';
import type { Selected } from './selected.ts';

export type CommandId =
  | 'rename'
  | 'connect'
  | 'add-workload'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'select-all'
  | 'injection-on'
  | 'injection-off'
  | 'strict'
  | 'permissive'
  | 'disable'
  | Alignment
  | Spread
  | 'collapse'
  | 'expand'
  | 'collapse-all'
  | 'expand-all'
  | 'yaml'
  | 'inspect'
  | 'remove';

export interface Command {
  readonly id: CommandId;
  readonly words: MessageKey<'draw'>;
  readonly icon?: IconName;
  readonly keys?: string;
  /** Where it stands in the menu; a name makes a menu of its own. */
  readonly group: 'edit' | 'clipboard' | 'mesh' | 'mtls' | 'align' | 'look' | 'remove';
  readonly isFor: (selected: Selected) => boolean;
}

const isOne = ({ nodes }: Selected): boolean => nodes.length === 1;
const isOfText = ({ workloads, namespaces, services, authorities }: Selected): boolean =>
  workloads.length + namespaces.length + services.length + authorities.length > 0;
const roomOf = ({ nodes, namespaces }: Selected) => (nodes.length === 1 ? namespaces[0] : undefined);
const areRooms = ({ nodes, namespaces }: Selected): boolean => nodes.length > 0 && namespaces.length === nodes.length;
const hasMtls = (selected: Selected): boolean =>
  isOne(selected) && (selected.namespaces.length === 1 || selected.workloads.some(({ proxy }) => proxy === 'sidecar'));

export const COMMANDS: readonly Command[] = [
  {
    id: 'rename',
    words: 'draw.command.rename',
    icon: 'edit',
    keys: 'F2',
    group: 'edit',
    isFor: (selected) => isOne(selected) && isOfText(selected),
  },
  {
    id: 'connect',
    words: 'draw.command.connect',
    icon: 'link',
    keys: 'C',
    group: 'edit',
    isFor: ({ nodes, ends }) => ends.length === nodes.length && (ends.length === 1 || ends.length === 2),
  },
  {
    id: 'add-workload',
    words: 'draw.command.addWorkload',
    icon: 'workload',
    group: 'edit',
    isFor: (selected) => roomOf(selected) !== undefined,
  },
  { id: 'cut', words: 'draw.command.cut', keys: 'Mod+X', group: 'clipboard', isFor: isOfText },
  { id: 'copy', words: 'draw.command.copy', icon: 'copy', keys: 'Mod+C', group: 'clipboard', isFor: isOfText },
  { id: 'paste', words: 'draw.command.paste', keys: 'Mod+V', group: 'clipboard', isFor: () => true },
  { id: 'duplicate', words: 'draw.command.duplicate', keys: 'Mod+D', group: 'clipboard', isFor: isOfText },
  {
    id: 'select-all',
    words: 'draw.command.selectAll',
    keys: 'Mod+A',
    group: 'clipboard',
    isFor: ({ nodes }) => nodes.length === 0,
  },
  {
    id: 'injection-on',
    words: 'draw.command.injectionOn',
    group: 'mesh',
    isFor: (selected) => roomOf(selected)?.injection === false,
  },
  {
    id: 'injection-off',
    words: 'draw.command.injectionOff',
    group: 'mesh',
    isFor: (selected) => roomOf(selected)?.injection === true,
  },
  ...(['strict', 'permissive', 'disable'] as const).map(
    (id): Command => ({ id, words: `draw.command.${id}`, group: 'mtls', isFor: hasMtls }),
  ),
  ...ALIGNMENTS.map(
    (id): Command => ({ id, words: `draw.align.${id}`, group: 'align', isFor: ({ nodes }) => nodes.length > 1 }),
  ),
  ...SPREADS.map(
    (id): Command => ({ id, words: `draw.align.${id}`, group: 'align', isFor: ({ nodes }) => nodes.length > 2 }),
  ),
  {
    id: 'collapse',
    words: 'draw.command.collapse',
    icon: 'chevronRight',
    keys: 'F',
    group: 'look',
    isFor: (selected) =>
      areRooms(selected) && selected.namespaces.some(({ name }) => !selected.collapsed.includes(name)),
  },
  {
    id: 'expand',
    words: 'draw.command.expand',
    icon: 'chevronDown',
    keys: 'F',
    group: 'look',
    isFor: (selected) =>
      areRooms(selected) && selected.namespaces.every(({ name }) => selected.collapsed.includes(name)),
  },
  {
    id: 'collapse-all',
    words: 'draw.command.collapseAll',
    icon: 'chevronRight',
    keys: 'Shift+F',
    group: 'look',
    isFor: ({ nodes, hasRooms }) => nodes.length === 0 && hasRooms,
  },
  {
    id: 'expand-all',
    words: 'draw.command.expandAll',
    icon: 'chevronDown',
    group: 'look',
    isFor: ({ nodes, collapsed }) => nodes.length === 0 && collapsed.length > 0,
  },
  {
    id: 'yaml',
    words: 'draw.command.yaml',
    icon: 'file',
    group: 'look',
    isFor: (selected) => isOne(selected) && isOfText(selected),
  },
  { id: 'inspect', words: 'draw.command.inspect', icon: 'info', group: 'look', isFor: isOne },
  { id: 'remove', words: 'draw.command.remove', icon: 'trash', keys: 'Del', group: 'remove', isFor: isOfText },
];

/** What the menu shows for a selection, group by group. */
export function commandsFor(selected: Selected): readonly (readonly Command[])[] {
  const groups = new Map<Command['group'], Command[]>();
  for (const command of COMMANDS) {
    if (!command.isFor(selected)) continue;
    const group = groups.get(command.group);
    if (group === undefined) groups.set(command.group, [command]);
    else group.push(command);
  }
  return [...groups.values()];
}
