/** A link has arrived: what it holds, and whether it may take the place of what is open. */
import { useEffect, useState } from 'react';
import { localize } from '../../base/localizedText.ts';
import { type OpenedLink, openShared, readLink } from '../../state/actions/share.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './share.css';

const nameOf = ({ workspace }: StudioState) => workspace.name;

export function LinkDialog({ fragment, onClose }: { fragment: string; onClose: () => void }) {
  const studio = useStudio();
  const { t, language } = useTranslator('share');
  const mine = localize(useStudioState(nameOf), language);
  const [link, setLink] = useState<OpenedLink>();

  useEffect(() => {
    let isCurrent = true;
    void readLink(fragment).then((read) => {
      if (isCurrent) setLink(read);
    });
    return () => {
      isCurrent = false;
      forgetLink();
    };
  }, [fragment]);

  if (link === undefined) return <p role="status">{t('share.reading')}</p>;
  if (link.kind === 'problem') {
    const { problem } = link;
    return (
      <div className="share">
        <p role="alert">
          {t(`share.problem.${problem.kind}`, problem.kind === 'newer' ? { version: problem.version } : {})}
        </p>
        <div className="share-end">
          <button type="button" className="button button-primary" onClick={onClose}>
            {t('app.close')}
          </button>
        </div>
      </div>
    );
  }
  const { workspace } = link.work;
  return (
    <div className="share">
      <p>
        {t('share.holds', {
          name: localize(workspace.name, language),
          files: t('share.files', { count: workspace.files.length }),
          calls: t('share.callsIn', { count: workspace.calls.length }),
        })}
      </p>
      <p className="muted">{t('share.replaces', { name: mine })}</p>
      <div className="share-end">
        <button type="button" className="button button-outlined" onClick={onClose}>
          {t('share.keepMine')}
        </button>
        <button
          type="button"
          className="button button-primary"
          onClick={() => {
            onClose();
            void openShared(studio, link.work);
          }}
        >
          {t('share.open')}
        </button>
      </div>
    </div>
  );
}

/** Read or refused, it has been dealt with: the next reload shows the work, not the link again. */
function forgetLink(): void {
  history.replaceState(null, '', location.href.replace(/#.*$/, ''));
}
