/** Buttons, menus, popovers and dialogs in the studio's dress; behaviour and focus are Radix's. */
import { DropdownMenu, Dialog as RadixDialog, Popover as RadixPopover, Tooltip as RadixTooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslator } from './context.tsx';
import './floating.css';
import { Icon, type IconName } from './Icon.tsx';

export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content className="floating tooltip" sideOffset={6} collisionPadding={8}>
          {text}
          {keys !== undefined && <kbd className="kbd">{keys}</kbd>}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  readonly icon: IconName;
  readonly label: string;
  /** Shown in the tooltip. */
  readonly keys?: string;
}

export function IconButton({ icon, label, keys, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button type="button" className={`button button-icon ${className}`} aria-label={label} {...rest}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly width?: number;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Called when it has closed; says whether the focus goes elsewhere than back to the trigger. */
  readonly onClosed?: () => boolean;
}

export function Menu({ trigger, label, children, align = 'start', width, onClosed, ...state }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            if (onClosed?.() === true) event.preventDefault();
          }}
          style={width === undefined ? undefined : { width }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect: () => void;
  readonly children: ReactNode;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly trailing?: ReactNode;
  readonly disabled?: boolean;
}

export function MenuItem({ onSelect, children, hint, icon, trailing, disabled = false }: MenuItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect} disabled={disabled}>
      {icon}
      <MenuText hint={hint}>{children}</MenuText>
      {trailing}
    </DropdownMenu.Item>
  );
}

function MenuText({ children, hint }: { children: ReactNode; hint?: string | undefined }) {
  return (
    <span className="menu-item-main">
      {children}
      {hint !== undefined && <span className="menu-item-hint"> {hint}</span>}
    </span>
  );
}

export function MenuChoice<T extends string>({
  value,
  onChange,
  children,
}: {
  value: T | undefined;
  onChange: (value: T) => void;
  children: ReactNode;
}) {
  return (
    // Radix hands back one of the values that the items below were given.
    <DropdownMenu.RadioGroup value={value ?? ''} onValueChange={(next) => onChange(next as T)}>
      {children}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuOption({ value, children, hint }: { value: string; children: ReactNode; hint?: string }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <span className="menu-tick">
        <DropdownMenu.ItemIndicator>
          <Icon name="check" />
        </DropdownMenu.ItemIndicator>
      </span>
      <MenuText hint={hint}>{children}</MenuText>
    </DropdownMenu.RadioItem>
  );
}

/** A menu inside the menu: its entries are made when it opens. */
export const SubMenu = ({ label, children }: { label: string; children: ReactNode }) => (
  <DropdownMenu.Sub>
    <DropdownMenu.SubTrigger className="menu-item">
      <span className="menu-tick" />
      <MenuText>{label}</MenuText>
      <Icon name="chevronRight" size={12} />
    </DropdownMenu.SubTrigger>
    <DropdownMenu.Portal>
      <DropdownMenu.SubContent className="floating menu" sideOffset={4} collisionPadding={8}>
        {children}
      </DropdownMenu.SubContent>
    </DropdownMenu.Portal>
  </DropdownMenu.Sub>
);

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
);

export const MenuSeparator = () => <DropdownMenu.Separator className="menu-separator" />;

export interface PopoverProps {
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly width: number;
  readonly align?: 'start' | 'center' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Where there is more room: what stands low in the window opens upwards. */
  readonly side?: 'top' | 'bottom';
}

export function Popover({ trigger, label, children, width, align = 'end', side = 'bottom', ...state }: PopoverProps) {
  return (
    <RadixPopover.Root {...state}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className="floating popover"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          style={{ width }}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
  /** For two columns. */
  readonly wide?: boolean;
  /** For work of its own: as large as the window allows, and the content scrolls by itself. */
  readonly full?: boolean;
  /** Takes the focus when it closes; absent: what had it before. */
  readonly returnFocus?: () => void;
}

export function Dialog({ title, open, onOpenChange, children, wide = false, full = false, returnFocus }: DialogProps) {
  const { t } = useTranslator();
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-scrim" />
        <RadixDialog.Content
          className={`floating dialog ${full ? 'dialog-full' : wide ? 'dialog-wide' : ''}`}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            if (returnFocus === undefined) return;
            event.preventDefault();
            returnFocus();
          }}
        >
          <div className="dialog-head">
            <RadixDialog.Title>{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <button type="button" className="button button-icon" aria-label={t('app.close')}>
                <Icon name="close" />
              </button>
            </RadixDialog.Close>
          </div>
          <div className="dialog-body">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <RadixTooltip.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </RadixTooltip.Provider>
);
