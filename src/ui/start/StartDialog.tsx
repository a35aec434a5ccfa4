/** What a mesh can begin with: an example, nothing, somebody's YAML, or what was worked on before. */
import { useEffect, useRef, useState } from 'react';
import { localize } from '../../base/localizedText.ts';
import { importFiles } from '../../state/actions/files.ts';
import { importAsNew } from '../../state/actions/importWork.ts';
import { openEmpty, openExample } from '../../state/actions/openWorkspace.ts';
import { restoreSnapshot } from '../../state/actions/snapshots.ts';
import { notify } from '../../state/actions/update.ts';
import { isLink } from '../../state/share/isLink.ts';
import { loadSnapshots } from '../../state/snapshots/shelf.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import { openDialog } from '../app/dialogs.ts';
import { readTextFiles } from '../app/readTextFiles.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { RecentWork } from './RecentWork.tsx';
import './start.css';

export function StartDialog({ onClose }: { onClose: () => void }) {
  const studio = useStudio();
  const { t, language } = useTranslator('start');
  useEffect(() => void loadSnapshots(studio), [studio]);
  const then = (open: () => unknown) => () => {
    onClose();
    open();
  };
  return (
    <div className="start">
      <section aria-labelledby="start-examples">
        <h3 id="start-examples">{t('start.examples')}</h3>
        <ul className="start-cards">
          {studio.examples.entries.map(({ slug, name, summary }) => (
            <li key={slug}>
              <Card
                name={localize(name, language)}
                hint={localize(summary, language)}
                onOpen={then(() => openExample(studio, slug))}
              />
            </li>
          ))}
          <li>
            <Card name={t('start.blank')} hint={t('start.blankHint')} onOpen={then(() => openEmpty(studio))} />
          </li>
        </ul>
      </section>
      <div className="start-side">
        <OwnYaml onClose={onClose} />
        <RecentWork onOpen={(id) => then(() => restoreSnapshot(studio, id))()} />
        <p className="muted start-note">{t('start.back')}</p>
      </div>
    </div>
  );
}

function Card({ name, hint, onOpen }: { name: string; hint: string; onOpen: () => void }) {
  return (
    <button type="button" className="start-card" onClick={onOpen}>
      <span className="start-card-name">{name}</span>
      <span className="start-card-hint">{hint}</span>
    </button>
  );
}

const isBlank = ({ workspace }: StudioState): boolean => workspace.files.every(({ text }) => text.trim() === '');

function OwnYaml({ onClose }: { onClose: () => void }) {
  const studio = useStudio();
  const { t } = useTranslator('start');
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const nothingToAddTo = useStudioState(isBlank);
  const link = /#mesh[:%]\S*/i.exec(text.trim())?.[0];

  const open = (texts: readonly WorkspaceFileText[]): void => {
    onClose();
    importAsNew(studio, texts, t('start.pastedName'));
  };
  const pasted = [{ name: t('start.pastedFile'), text }];
  const choose = async (chosen: FileList | null): Promise<void> => {
    const { texts, unreadable } = await readTextFiles([...(chosen ?? [])]);
    for (const name of unreadable) notify(studio, 'file-not-read', { name }, 'problem');
    if (texts.length > 0) open(texts);
  };
  return (
    <section aria-labelledby="start-own">
      <h3 id="start-own">{t('start.own')}</h3>
      <form
        className="start-own"
        onSubmit={(event) => {
          event.preventDefault();
          if (link !== undefined && isLink(link)) openDialog('link', link);
          else if (text.trim() !== '') open(pasted);
        }}
      >
        <p className="muted">{t('start.ownHint')}</p>
        <textarea
          className="field mono start-text"
          rows={5}
          spellCheck={false}
          aria-label={t('start.paste')}
          placeholder={t('start.placeholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="start-actions">
          <button type="submit" className="button button-primary" disabled={text.trim() === ''}>
            {t('start.openNew')}
          </button>
          <button
            type="button"
            className="button button-outlined"
            disabled={text.trim() === '' || link !== undefined || nothingToAddTo}
            onClick={() => {
              onClose();
              importFiles(studio, pasted);
            }}
          >
            {t('start.add')}
          </button>
          <button type="button" className="button button-outlined" onClick={() => input.current?.click()}>
            <Icon name="upload" />
            {t('start.choose')}
          </button>
        </div>
        <p className="muted start-note">{t('start.drop')}</p>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept=".yaml,.yml,.json,.txt"
          aria-label={t('start.choose')}
          onChange={(event) => {
            void choose(event.target.files);
            event.target.value = '';
          }}
        />
      </form>
    </section>
  );
}
