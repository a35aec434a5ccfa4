/** The menu of what can be added; choosing opens the form. */
import { type ReactNode, useRef } from 'react';
import { useTranslator } from '../../shared/context.tsx';
import { Menu, MenuItem } from '../../shared/controls.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { ADD_ICONS, ADD_KINDS, type AddKind } from './addKinds.ts';

export interface AddMenuProps {
  readonly trigger: ReactNode;
  readonly onChoose: (kind: AddKind) => void;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function AddMenu({ trigger, onChoose, ...state }: AddMenuProps) {
  const { t } = useTranslator('draw');
  // The form opens when the menu has let go of the focus, or the two would fight for it.
  const chosen = useRef<AddKind>(undefined);
  const onClosed = (): boolean => {
    const kind = chosen.current;
    chosen.current = undefined;
    if (kind !== undefined) onChoose(kind);
    return kind !== undefined;
  };
  return (
    <Menu trigger={trigger} label={t('draw.addLabel')} width={320} align="end" onClosed={onClosed} {...state}>
      {ADD_KINDS.map((kind) => (
        <MenuItem
          key={kind}
          onSelect={() => {
            chosen.current = kind;
          }}
          icon={<Icon name={ADD_ICONS[kind]} />}
        >
          <div>{t(`draw.title.${kind}`)}</div>
          <div className="menu-item-hint">{t(`draw.hint.${kind}`)}</div>
        </MenuItem>
      ))}
    </Menu>
  );
}
