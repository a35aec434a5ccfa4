/** The menu of what is under the pointer, or of what is selected: by right click, Shift F10, or the button with three dots. */
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { Position } from '../../../state/workspace/workspace.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { keysText } from '../../shared/keys.ts';
import { type Command, type CommandId, commandsFor } from './commands.ts';
import { FloatAnchor, floating } from './floatAt.tsx';
import type { Selected } from './selected.ts';

export interface CommandMenuProps {
  /** Of the window, where it opens. */
  readonly at: Position;
  readonly selected: Selected;
  readonly onRun: (id: CommandId) => void;
  readonly onClose: () => void;
  readonly returnFocus: () => void;
}

/** Groups that have a menu of their own. */
const SUBMENUS = { mtls: 'draw.command.mtls', align: 'draw.command.align' } as const;

export function CommandMenu({ at, selected, onRun, onClose, returnFocus }: CommandMenuProps) {
  const { t } = useTranslator('draw');
  // A command opens fields of its own, which take the focus once the menu has let go of it.
  const chosen = useRef<CommandId>(undefined);
  const choose = (id: CommandId) => () => {
    chosen.current = id;
  };
  const groups = commandsFor(selected);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger asChild>
        <FloatAnchor at={at} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating menu command-menu"
          aria-label={t('draw.menu')}
          {...floating(() => {
            returnFocus();
            if (chosen.current !== undefined) onRun(chosen.current);
          })}
        >
          {groups.map((group, index) => (
            <Group key={group[0]?.group} isFirst={index === 0} commands={group} choose={choose} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface GroupProps {
  readonly isFirst: boolean;
  readonly commands: readonly Command[];
  readonly choose: (id: CommandId) => () => void;
}

function Group({ isFirst, commands, choose }: GroupProps) {
  const { t } = useTranslator('draw');
  const [first] = commands;
  const name = first === undefined ? undefined : SUBMENUS[first.group as keyof typeof SUBMENUS];
  const items = commands.map((command) => <Entry key={command.id} command={command} onSelect={choose(command.id)} />);
  return (
    <>
      {!isFirst && <DropdownMenu.Separator className="menu-separator" />}
      {name === undefined ? (
        items
      ) : (
        <DropdownMenu.Sub>
          <DropdownMenu.SubTrigger className="menu-item">
            <span className="menu-icon" />
            <span className="menu-item-main">{t(name)}</span>
            <Icon name="chevronRight" size={12} />
          </DropdownMenu.SubTrigger>
          <DropdownMenu.Portal>
            <DropdownMenu.SubContent className="floating menu" sideOffset={4} collisionPadding={8}>
              {items}
            </DropdownMenu.SubContent>
          </DropdownMenu.Portal>
        </DropdownMenu.Sub>
      )}
    </>
  );
}

function Entry({ command, onSelect }: { command: Command; onSelect: () => void }) {
  const { t } = useTranslator('draw');
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      <span className="menu-icon">{command.icon !== undefined && <Icon name={command.icon} />}</span>
      <span className="menu-item-main">{t(command.words)}</span>
      {command.keys !== undefined && <kbd className="kbd">{keysText(command.keys)}</kbd>}
    </DropdownMenu.Item>
  );
}
