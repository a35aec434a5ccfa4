/** Which state it is, and what can be done with it. */
import { useRef, useState } from 'react';
import { localize } from '../../base/localizedText.ts';
import { bringBack, removeSnapshot, renameSnapshot } from '../../state/actions/snapshots.ts';
import { fileTextOf } from '../../state/actions/workspaceFile.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Workspace } from '../../state/workspace/workspace.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { downloadText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';
import type { Reference } from './reference.ts';
import { timeText } from './times.ts';

const snapshotsOf = ({ snapshots }: StudioState) => snapshots;

export interface ComparisonHeadProps {
  readonly reference: Reference;
  /** Once it is known. */
  readonly older?: Workspace;
}

export function ComparisonHead({ reference, older }: ComparisonHeadProps) {
  const studio = useStudio();
  const { t, language } = useTranslator('history');
  const snapshot = useStudioState(snapshotsOf).find(({ id }) => id === reference);
  const [isNaming, setIsNaming] = useState(false);
  const [said, setSaid] = useState('');
  const rename = useRef<HTMLButtonElement>(null);
  const title =
    snapshot === undefined ? t('history.example') : (snapshot.label ?? t(`history.reason.${snapshot.reason}`));

  return (
    <header className="history-title">
      {isNaming && snapshot !== undefined ? (
        <form
          className="history-naming"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
            if (name !== '') void renameSnapshot(studio, snapshot.id, name);
            setIsNaming(false);
            requestAnimationFrame(() => rename.current?.focus());
          }}
        >
          <input
            // The user has just asked for it.
            // biome-ignore lint/a11y/noAutofocus: see above
            autoFocus
            className="field"
            name="name"
            maxLength={120}
            aria-label={t('history.newName')}
            defaultValue={snapshot.label ?? ''}
          />
          <button type="submit" className="button button-primary">
            {t('history.save')}
          </button>
        </form>
      ) : (
        <h3>
          {title}
          {snapshot !== undefined && (
            <span className="muted">
              {' '}
              {timeText(language, snapshot.at, studio.now())} · {localize(snapshot.mesh, language)}
            </span>
          )}
        </h3>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
      {older !== undefined && (
        <button
          type="button"
          className="button button-primary"
          onClick={() => void bringBack(studio, older).then(() => setSaid(t('history.restored')))}
        >
          {t('history.restore')}
        </button>
      )}
      {snapshot !== undefined && (
        <>
          <button ref={rename} type="button" className="button button-outlined" onClick={() => setIsNaming(true)}>
            <Icon name="edit" />
            {t(snapshot.reason === 'named' ? 'history.rename' : 'history.keepThis')}
          </button>
          {older !== undefined && (
            <IconButton
              icon="download"
              label={t('history.download')}
              onClick={() => void fileTextOf(studio, older).then((text) => downloadText('mesh.meshverdict.json', text))}
            />
          )}
          <IconButton
            icon="trash"
            label={t('history.remove')}
            onClick={() => void removeSnapshot(studio, snapshot.id)}
          />
        </>
      )}
    </header>
  );
}
