/** curl's options, by what they do; the button says how many are set. */
import { lazy, Suspense, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import { type CallDraft, EMPTY_DRAFT } from '../../state/workspace/workspace.ts';
import { openDialog } from '../app/dialogs.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Popover } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const Options = lazy(async () => ({ default: (await import('./Options.tsx')).Options }));

const draftOf = ({ request }: StudioState) => request.draft;

function countOptions(draft: CallDraft): number {
  const flags = [
    draft.cacert.length > 0,
    draft.cert !== undefined,
    draft.token !== undefined,
    draft.tlsMin !== undefined,
    draft.tlsMax !== undefined,
    draft.connectTo !== undefined && draft.connectTo !== '',
    draft.alongside !== undefined,
    draft.insecure,
    draft.pathAsIs,
    draft.httpVersion !== EMPTY_DRAFT.httpVersion,
  ];
  return flags.filter(Boolean).length + draft.headers.length;
}

export function OptionsPopover() {
  const { t } = useTranslator();
  const count = countOptions(useStudioState(draftOf));
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label={t('request.options')}
      width={420}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button type="button" className="button request-options">
          {count === 0 ? t('request.options') : t('request.optionsCount', { count })}
          <Icon name="chevronDown" size={12} />
        </button>
      }
    >
      <Suspense>
        <Options
          onOpenBench={() => {
            setIsOpen(false);
            openDialog('tokens');
          }}
        />
      </Suspense>
    </Popover>
  );
}
