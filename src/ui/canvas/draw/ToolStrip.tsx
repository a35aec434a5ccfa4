/**
 * The strip of tools over the canvas: select, hand, and everything that can be drawn. Each thing is
 * dragged from here, or chosen and then clicked into place; Enter on it adds it at once.
 */
import { DropdownMenu, Toolbar } from 'radix-ui';
import { useState } from 'react';
import { useTranslator } from '../../shared/context.tsx';
import { Tooltip } from '../../shared/controls.tsx';
import { Icon, type IconName } from '../../shared/Icon.tsx';
import { ITEM_ICONS, ITEM_KEYS, type Item, isPolicy, POLICIES, THINGS } from './items.ts';
import { SELECT, type Tool } from './tool.ts';
import type { Placing } from './usePlacing.ts';

export interface ToolStripProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly placing: Pick<Placing, 'grab' | 'wasDragged' | 'placeByKeyboard'>;
}

export function ToolStrip({ tool, onTool, placing }: ToolStripProps) {
  const { t } = useTranslator('draw');
  const inHand = tool.kind === 'place' ? tool.item : undefined;
  const choose = (item: Item): void => onTool(inHand === item ? SELECT : { kind: 'place', item });
  return (
    <Toolbar.Root className="tool-strip" aria-label={t('draw.tools')}>
      <ToolButton
        icon="pointer"
        label={t('draw.select')}
        keys="V"
        pressed={tool.kind === 'select'}
        onClick={() => onTool(SELECT)}
      />
      <ToolButton
        icon="hand"
        label={t('draw.hand')}
        keys="H"
        pressed={tool.kind === 'hand'}
        onClick={() => onTool(tool.kind === 'hand' ? SELECT : { kind: 'hand' })}
      />
      <Toolbar.Separator className="tool-gap" />
      {THINGS.map((item) => (
        <ToolButton
          key={item}
          icon={ITEM_ICONS[item]}
          label={t(`draw.title.${item}`)}
          keys={ITEM_KEYS[item]}
          pressed={inHand === item}
          onPointerDown={(event) => placing.grab(item, event)}
          onClick={(event) => {
            // A click of the keyboard has no count.
            if (event.detail === 0) placing.placeByKeyboard(item);
            else if (!placing.wasDragged()) choose(item);
          }}
        />
      ))}
      <PolicyMenu pressed={inHand !== undefined && isPolicy(inHand)} onChoose={choose} placing={placing} />
    </Toolbar.Root>
  );
}

interface ToolButtonProps extends Pick<React.ComponentProps<'button'>, 'onClick' | 'onPointerDown'> {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string | undefined;
  readonly pressed: boolean;
}

function ToolButton({ icon, label, keys, pressed, ...rest }: ToolButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <Toolbar.Button
        type="button"
        className="button button-icon tool"
        aria-label={label}
        aria-pressed={pressed}
        {...(keys === undefined ? {} : { 'aria-keyshortcuts': keys })}
        {...rest}
      >
        <Icon name={icon} />
      </Toolbar.Button>
    </Tooltip>
  );
}

interface PolicyMenuProps {
  readonly pressed: boolean;
  readonly onChoose: (item: Item) => void;
  readonly placing: Pick<Placing, 'grab' | 'wasDragged' | 'placeByKeyboard'>;
}

function PolicyMenu({ pressed, onChoose, placing }: PolicyMenuProps) {
  const { t } = useTranslator('draw');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
      <Tooltip text={t('draw.policies')}>
        <Toolbar.Button asChild>
          <DropdownMenu.Trigger asChild>
            <button type="button" className="button tool tool-policies" aria-pressed={pressed}>
              <Icon name="policy" />
              {t('draw.policy')}
              <Icon name="chevronDown" size={12} />
            </button>
          </DropdownMenu.Trigger>
        </Toolbar.Button>
      </Tooltip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating menu policy-menu"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('draw.policies')}
        >
          <p className="menu-label">{t('draw.policiesHint')}</p>
          {POLICIES.map((item) => (
            <DropdownMenu.Item
              key={item}
              className="menu-item"
              onPointerDown={(event) => placing.grab(item, event)}
              onPointerLeave={(event) => {
                // Dragged out of the menu: what is under it must be seen.
                if (event.buttons === 1) setIsOpen(false);
              }}
              onSelect={() => {
                if (!placing.wasDragged()) onChoose(item);
              }}
            >
              <Icon name="policy" />
              <span className="menu-item-main">
                <div>{t(`draw.title.${item}`)}</div>
                <div className="menu-item-hint">{t(`draw.hint.${item}`)}</div>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
