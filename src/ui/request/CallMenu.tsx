/** Saved calls with their verdicts of this very moment, and saving the one in the bar. */
import { useState } from 'react';
import { localize } from '../../base/localizedText.ts';
import { chooseSavedCall, newCall, removeSavedCall, saveCall } from '../../state/actions/changeCall.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Dialog, Menu, MenuItem, MenuLabel, MenuSeparator } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';

const callsOf = ({ workspace }: StudioState) => workspace.calls;
const savedCallOf = ({ request }: StudioState) => request.savedCall;
const verdictsOf = ({ verdicts }: StudioState) => verdicts;
const urlOf = ({ request }: StudioState) => request.draft.url;

export function CallMenu() {
  const studio = useStudio();
  const { t, language } = useTranslator();
  const calls = useStudioState(callsOf);
  const current = useStudioState(savedCallOf);
  const verdicts = useStudioState(verdictsOf);
  const url = useStudioState(urlOf);
  const [isSaving, setIsSaving] = useState(false);
  const shown = calls.find((call) => call.id === current);
  const label = shown === undefined ? t('request.calls') : localize(shown.name, language);

  return (
    <>
      <Menu
        label={t('request.callsLabel')}
        width={380}
        trigger={
          <button type="button" className="button request-call" aria-label={`${t('request.callsLabel')}: ${label}`}>
            <span>{label}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <div className="call-list">
          <MenuLabel>{t('request.callsLabel')}</MenuLabel>
          {calls.map(({ id, name }) => {
            const kind = verdicts[id]?.answer?.trace.disposition.kind;
            return (
              <MenuItem
                key={id}
                icon={kind === undefined ? <span className="menu-tick" /> : <VerdictMark kind={kind} size={16} />}
                onSelect={() => {
                  chooseSavedCall(studio, id);
                  void sendCall(studio, { play: true });
                }}
                trailing={kind !== undefined && <span className="visually-hidden">{t(`verdict.word.${kind}`)}</span>}
              >
                {localize(name, language)}
              </MenuItem>
            );
          })}
        </div>
        <MenuSeparator />
        <MenuItem icon={<Icon name="plus" />} onSelect={() => newCall(studio)}>
          {t('request.newCall')}
        </MenuItem>
        <MenuItem icon={<Icon name="check" />} onSelect={() => setIsSaving(true)} disabled={url.trim() === ''}>
          {t('request.save')}
        </MenuItem>
        {shown !== undefined && (
          <MenuItem icon={<Icon name="trash" />} onSelect={() => removeSavedCall(studio, shown.id)}>
            {t('request.remove', { name: label })}
          </MenuItem>
        )}
      </Menu>
      <Dialog title={t('request.save')} open={isSaving} onOpenChange={setIsSaving}>
        <form
          className="save-call"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
            if (name !== '') saveCall(studio, name);
            setIsSaving(false);
          }}
        >
          <input
            className="field"
            name="name"
            aria-label={t('request.saveName')}
            placeholder={t('request.saveName')}
            defaultValue={shown === undefined ? url : ''}
          />
          <button type="submit" className="button button-primary">
            {t('request.save')}
          </button>
        </form>
      </Dialog>
    </>
  );
}
