/** All certificates of the mesh as bars in time, with the mesh clock that the reader can move. */
import { useEffect, useState } from 'react';
import { setMeshClock } from '../../state/actions/meshClock.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { CertificateListView } from '../../worker/protocol.ts';
import { CertificateCard } from '../shared/CertificateCard.tsx';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './certificatesView.css';

const answeredOf = ({ engine }: StudioState) => engine.answered;
const nowOf = ({ workspace }: StudioState) => Date.parse(workspace.world.now);
const DAY = 86_400_000;
/** The window of the bars around the clock: long-lived roots run out of it. */
const BEFORE = 30 * DAY;
const AFTER = 120 * DAY;
const LEAPS = [-30, -1, 1, 30, 365] as const;

export function CertificatesView() {
  const { t } = useTranslator('certificates');
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const now = useStudioState(nowOf);
  const [list, setList] = useState<CertificateListView>();
  useEffect(() => {
    if (revision === 0) return undefined;
    const abort = new AbortController();
    void studio.engine.ask({ kind: 'certificates', revision }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setList(reply.answer);
    });
    return () => abort.abort();
  }, [studio, revision]);
  return (
    <section className="section certificates-view">
      <h3>{t('certificates.title')}</h3>
      <p className="muted">{t('certificates.hint')}</p>
      <label className="mesh-clock">
        <span>{t('certificates.clock')}</span>
        <input
          type="datetime-local"
          className="input"
          value={new Date(now).toISOString().slice(0, 16)}
          onChange={(event) => setMeshClock(studio, Date.parse(`${event.target.value}:00Z`))}
        />
      </label>
      <div className="mesh-clock-leaps">
        {LEAPS.map((days) => (
          <button
            key={days}
            type="button"
            className="button button-outlined"
            aria-label={days < 0 ? t('certificates.back', { days: -days }) : t('certificates.forward', { count: days })}
            onClick={() => setMeshClock(studio, now + days * DAY)}
          >
            {days > 0 ? `+${days}` : `−${-days}`}
          </button>
        ))}
      </div>
      <ul className="certificate-bars">
        {list?.certificates.map((entry) => (
          <Row key={entry.certificate.fingerprint} entry={entry} now={now} />
        ))}
      </ul>
      {list !== undefined && list.proxiesLeftOut > 0 && (
        <p className="muted">{t('certificates.proxiesLeftOut', { count: list.proxiesLeftOut })}</p>
      )}
    </section>
  );
}

const percent = (time: number, now: number): number =>
  Math.min(100, Math.max(0, ((time - (now - BEFORE)) / (BEFORE + AFTER)) * 100));

function Row({ entry, now }: { entry: CertificateListView['certificates'][number]; now: number }) {
  const { t } = useTranslator('certificates');
  const { certificate, holders } = entry;
  const { notBefore, notAfter } = certificate;
  const state = now > notAfter ? 'expired' : now < notBefore ? 'notYet' : 'valid';
  const from = percent(notBefore, now);
  const to = percent(notAfter, now);
  const [first] = holders;
  return (
    <li data-state={state}>
      <div className="certificate-bar" aria-hidden="true">
        <span style={{ left: `${from}%`, width: `${Math.max(0.8, to - from)}%` }} />
        <i style={{ left: `${percent(now, now)}%` }} />
      </div>
      <p className="certificate-holder">
        {first !== undefined && t(`certificates.heldBy.${first.kind}`, { name: first.name })}
        {holders.length > 1 && ` ${t('certificates.more', { count: holders.length - 1 })}`}
        <span className="muted">
          {' · '}
          {state === 'valid'
            ? t('certificates.until', { date: new Date(notAfter).toISOString().slice(0, 10) })
            : t(`certificates.${state}`)}
        </span>
      </p>
      <CertificateCard certificate={certificate} />
    </li>
  );
}
