/** The HTTP method. */
import { changeDraft } from '../../state/actions/changeCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Menu, MenuChoice, MenuOption } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

const methodOf = ({ request }: StudioState) => request.draft.method;

export function MethodMenu() {
  const studio = useStudio();
  const { t } = useTranslator();
  const method = useStudioState(methodOf);
  const options = METHODS.some((known) => known === method) ? METHODS : [...METHODS, method];
  return (
    <Menu
      label={t('request.method')}
      trigger={
        <button type="button" className="button request-method mono" aria-label={`${t('request.method')}: ${method}`}>
          {method}
          <Icon name="chevronDown" size={12} />
        </button>
      }
    >
      <MenuChoice value={method} onChange={(next) => changeDraft(studio, { method: next })}>
        {options.map((value) => (
          <MenuOption key={value} value={value}>
            <span className="mono">{value}</span>
          </MenuOption>
        ))}
      </MenuChoice>
    </Menu>
  );
}
