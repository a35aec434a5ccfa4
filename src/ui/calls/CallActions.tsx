/** Behind the three dots of a saved call: expectation, name, place, group, copy, deletion. */
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { removeSavedCall } from '../../state/actions/changeCall.ts';
import {
  duplicateSavedCall,
  groupSavedCall,
  moveSavedCall,
  overwriteSavedCall,
  renameSavedCall,
} from '../../state/actions/collection.ts';
import type { SavedCall } from '../../state/workspace/workspace.ts';
import type { CallSummary } from '../../trace/summary.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Dialog, IconButton, Menu, MenuItem, MenuSeparator } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { ExpectationForm } from './ExpectationForm.tsx';

interface CallActionsProps {
  readonly call: SavedCall;
  readonly name: string;
  readonly outcome: CallSummary | undefined;
}

export function CallActions({ call, name, outcome }: CallActionsProps) {
  const studio = useStudio();
  const { t } = useTranslator('calls');
  const [asking, setAsking] = useState<'name' | 'group' | 'expect'>();
  const trigger = useRef<HTMLButtonElement>(null);
  const close = (): void => setAsking(undefined);
  const dialog = (what: typeof asking, title: string, body: ReactNode): ReactNode => (
    <Dialog
      title={title}
      open={asking === what}
      onOpenChange={(open) => !open && close()}
      returnFocus={() => trigger.current?.focus()}
    >
      {body}
    </Dialog>
  );
  return (
    <>
      <Menu
        label={t('calls.actions', { name })}
        align="end"
        onClosed={() => asking !== undefined}
        trigger={<IconButton ref={trigger} icon="more" label={t('calls.actions', { name })} />}
      >
        <MenuItem icon={<Icon name="check" />} onSelect={() => setAsking('expect')}>
          {t('calls.edit')}
        </MenuItem>
        <MenuItem icon={<Icon name="edit" />} onSelect={() => setAsking('name')}>
          {t('calls.rename')}
        </MenuItem>
        <MenuItem icon={<Icon name="namespace" />} onSelect={() => setAsking('group')}>
          {t('calls.group')}
        </MenuItem>
        <MenuItem
          icon={<Icon name="copy" />}
          onSelect={() => duplicateSavedCall(studio, call.id, (was) => t('calls.copyName', { name: was }))}
        >
          {t('calls.duplicate')}
        </MenuItem>
        <MenuItem icon={<Icon name="replay" />} onSelect={() => overwriteSavedCall(studio, call.id)}>
          {t('calls.overwrite')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem hint="Alt ↑" onSelect={() => moveSavedCall(studio, call.id, -1)}>
          {t('calls.up')}
        </MenuItem>
        <MenuItem hint="Alt ↓" onSelect={() => moveSavedCall(studio, call.id, 1)}>
          {t('calls.down')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Icon name="trash" />} onSelect={() => removeSavedCall(studio, call.id)}>
          {t('calls.remove')}
        </MenuItem>
      </Menu>
      {dialog(
        'expect',
        t('calls.editTitle', { name }),
        <ExpectationForm call={call} outcome={outcome} onDone={close} />,
      )}
      {dialog(
        'name',
        t('calls.rename'),
        <OneLine
          label={t('request.saveName')}
          value={name}
          onDone={(value) => {
            renameSavedCall(studio, call.id, value);
            close();
          }}
        />,
      )}
      {dialog(
        'group',
        t('calls.group'),
        <OneLine
          label={t('calls.groupName')}
          value={call.group ?? ''}
          onDone={(value) => {
            groupSavedCall(studio, call.id, value);
            close();
          }}
        />,
      )}
    </>
  );
}

function OneLine({ label, value, onDone }: { label: string; value: string; onDone: (value: string) => void }) {
  const { t } = useTranslator('calls');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onDone(String(new FormData(event.currentTarget).get('value') ?? ''));
  };
  return (
    <form className="save-call" onSubmit={submit}>
      <input className="field" name="value" aria-label={label} placeholder={label} defaultValue={value} />
      <button type="submit" className="button button-primary">
        {t('calls.keep')}
      </button>
    </form>
  );
}
