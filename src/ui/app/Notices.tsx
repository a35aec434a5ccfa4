/** News that belongs to no place in the window; it stays until it is read, or fades when it is small. */
import { lazy, Suspense, useEffect } from 'react';
import { dismissNotice } from '../../state/actions/update.ts';
import type { Notice, StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { openDialog } from './dialogs.ts';
import './notices.css';

const PushNews = lazy(async () => ({ default: (await import('./PushNews.tsx')).PushNews }));

const noticesOf = ({ notices }: StudioState) => notices;
const wasPushed = ({ sds }: StudioState) => sds.news !== undefined;

/** Read at a glance, so they may go by themselves, after so many milliseconds. */
const PASSING: Partial<Readonly<Record<Notice['code'], number>>> = {
  copied: 4000,
  'files-imported': 4000,
  'arrange-nothing': 4000,
  replaced: 8000,
};

/** What they tell of lies in the history. */
const IN_HISTORY = new Set<Notice['code']>(['storage-unreadable', 'storage-from-the-future', 'last-start-broken']);

export function Notices() {
  const notices = useStudioState(noticesOf);
  const hasPushNews = useStudioState(wasPushed);
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      {hasPushNews && (
        <Suspense fallback={null}>
          <PushNews />
        </Suspense>
      )}
    </div>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const studio = useStudio();
  const { t } = useTranslator();
  const { id, code } = notice;
  useEffect(() => {
    const after = PASSING[code];
    if (after === undefined) return undefined;
    const timer = setTimeout(() => dismissNotice(studio, id), after);
    return () => clearTimeout(timer);
  }, [studio, id, code]);
  return (
    <div className={`notice notice-${notice.tone}`}>
      <Icon name={notice.tone === 'problem' ? 'error' : 'info'} />
      <div className="notice-text">
        <p>{t(`notice.${code}`, notice.params)}</p>
        {IN_HISTORY.has(code) && (
          <button
            type="button"
            className="button button-outlined"
            onClick={() => {
              dismissNotice(studio, id);
              openDialog('history');
            }}
          >
            {t('app.menu.history')}
          </button>
        )}
      </div>
      <button
        type="button"
        className="button button-icon"
        aria-label={t('app.close')}
        onClick={() => dismissNotice(studio, id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
