/** Where the cursor is: file, document, keys. The file opens its outline, the others lead to where they begin. */
import { useEffect, useState } from 'react';
import type { Crumb } from '../../worker/languageView.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Menu, MenuItem } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';
import { askEngine } from './language/askEngine.ts';
import { monaco } from './monaco.ts';

/** A cursor that is held down asks once it rests. */
const REST_MS = 120;
/** Keys on a line; of more the outer ones are behind a button. */
const SHOWN = 4;

export interface BreadcrumbsProps {
  readonly editor: monaco.editor.IStandaloneCodeEditor | undefined;
  readonly file: WorkspaceFileText;
}

export function Breadcrumbs({ editor, file: { name, text } }: BreadcrumbsProps) {
  const { t } = useTranslator('editor');
  const crumbs = useCrumbs(editor, name, text);
  const goTo = ({ start }: Crumb): void => {
    const position = editor?.getModel()?.getPositionAt(start);
    if (editor === undefined || position === undefined) return;
    editor.setPosition(position);
    editor.revealPositionInCenterIfOutsideViewport(position);
    editor.focus();
  };
  const [first, ...path] = crumbs;
  const cut = path.length > SHOWN ? path.length - SHOWN + 1 : 0;
  const hidden = path.slice(0, cut);
  const last = path.slice(cut);
  return (
    <nav aria-label={t('editor.breadcrumbs')}>
      <ol className="breadcrumbs">
        <li>
          <button
            type="button"
            className="breadcrumb"
            title={t('editor.outline', { name })}
            onClick={() => {
              editor?.focus();
              editor?.trigger('breadcrumbs', 'editor.action.quickOutline', undefined);
            }}
          >
            {name}
          </button>
        </li>
        {first !== undefined && <CrumbButton crumb={first} onGo={goTo} />}
        {hidden.length > 0 && (
          <li>
            <Icon name="chevronRight" size={12} />
            <Menu
              label={t('editor.crumbsBetween')}
              trigger={
                <button type="button" className="breadcrumb" aria-label={t('editor.crumbsBetween')}>
                  …
                </button>
              }
            >
              {hidden.map((crumb) => (
                <MenuItem key={keyOf(crumb)} onSelect={() => goTo(crumb)}>
                  {crumb.name}
                </MenuItem>
              ))}
            </Menu>
          </li>
        )}
        {last.map((crumb) => (
          <CrumbButton key={keyOf(crumb)} crumb={crumb} onGo={goTo} />
        ))}
      </ol>
    </nav>
  );
}

function CrumbButton({ crumb, onGo }: { readonly crumb: Crumb; readonly onGo: (crumb: Crumb) => void }) {
  const { kind, name, namespace } = crumb;
  return (
    <li className={`crumb-${kind}`}>
      <Icon name="chevronRight" size={12} />
      <button
        type="button"
        className={`breadcrumb ${kind === 'document' ? '' : 'mono'}`}
        title={namespace === undefined ? name : `${name} · ${namespace}`}
        onClick={() => onGo(crumb)}
      >
        {name === '' ? '–' : name}
      </button>
    </li>
  );
}

const keyOf = ({ start, kind, name }: Crumb): string => `${start} ${kind} ${name}`;

/** `text` is asked about anew because an edit elsewhere moves what is around a cursor that stands still. */
function useCrumbs(editor: BreadcrumbsProps['editor'], name: string, text: string): readonly Crumb[] {
  const studio = useStudio();
  const [found, setFound] = useState<{ name: string; crumbs: readonly Crumb[] }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (editor === undefined) return undefined;
    let cancel = new monaco.CancellationTokenSource();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      cancel.dispose(true);
      cancel = new monaco.CancellationTokenSource();
      const { token } = cancel;
      const model = editor.getModel();
      const position = editor.getPosition();
      if (model === null || position === null) return;
      const query = { text: model.getValue(), offset: model.getOffsetAt(position) };
      const crumbs = await askEngine(studio, 'crumbs', query, token);
      if (crumbs !== undefined && !token.isCancellationRequested) setFound({ name, crumbs });
    };
    const askLater = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), REST_MS);
    };
    askLater();
    const listening = editor.onDidChangeCursorPosition(askLater);
    return () => {
      clearTimeout(timer);
      cancel.dispose(true);
      listening.dispose();
    };
  }, [studio, editor, name, text]);
  return found?.name === name ? found.crumbs : [];
}
