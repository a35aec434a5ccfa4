/**
 * Connections that stay open while the clock, Secrets and CAs change: each with the certificates it
 * began with, and each saved call twice, over what is open and as a new connection.
 */
import { verdictSentence } from '../../i18n/render/verdict.ts';
import { askConnections, closeConnections, goOverConnections } from '../../state/actions/openConnections.ts';
import type { StudioState } from '../../state/studioState.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { Trace } from '../../trace/trace.ts';
import type { ConnectionsView, OpenConnectionView } from '../../worker/connectionsView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import './openConnections.css';
import { dateTime, MeshClock, meshNow } from './MeshClock.tsx';
import { useOpenConnections } from './useOpenConnections.ts';

const connectionsOf = ({ connections }: StudioState) => connections;
const hasCalls = ({ workspace }: StudioState) => workspace.calls.length > 0;

export function OpenConnections() {
  const { t, language } = useTranslator('connections', 'certificates');
  const studio = useStudio();
  const { standing, inUse } = useStudioState(connectionsOf);
  const canOpen = useStudioState(hasCalls);
  const view = useOpenConnections();
  return (
    <div className="pki-what">
      <p className="muted">{t('connections.hint')}</p>
      <div className="pki-bar">
        <MeshClock />
        <div className="pki-next">
          <button
            type="button"
            className="button button-primary"
            disabled={!canOpen}
            onClick={() => void askConnections(studio, language, { open: true })}
          >
            {t('connections.open')}
          </button>
          <button
            type="button"
            className="button button-outlined"
            disabled={standing.length === 0}
            onClick={() => void closeConnections(studio, standing)}
          >
            {t('connections.closeAll')}
          </button>
        </div>
      </div>
      <label className="options-check">
        <input
          type="checkbox"
          className="checkbox"
          checked={inUse}
          disabled={standing.length === 0}
          onChange={(event) => void goOverConnections(studio, event.target.checked)}
        />
        <span>
          {t('connections.use')} <span className="muted">{t('connections.useHint')}</span>
        </span>
      </label>
      <div aria-live="polite">
        {standing.length === 0 || view === undefined ? (
          <p className="muted">{t(canOpen ? 'connections.none' : 'connections.noCalls')}</p>
        ) : (
          <Standing view={view} />
        )}
      </div>
      <p className="muted">{t('connections.assumed')}</p>
    </div>
  );
}

function Standing({ view: { connections, calls } }: { view: ConnectionsView }) {
  const { t } = useTranslator('connections');
  return (
    <>
      <section className="pki-stage">
        <h3>{t('connections.calls')}</h3>
        {calls.length === 0 && <p className="muted">{t('connections.callsNone')}</p>}
        <ul className="pki-changes">
          {calls.map(({ call, over, anew }) => (
            <li key={`${call.name} ${JSON.stringify(call)}`} className="open-call">
              <span className="open-name">{call.name}</span>
              <End word={t('connections.over')} trace={over} />
              <End word={t('connections.anew')} trace={anew} />
            </li>
          ))}
        </ul>
      </section>
      <section className="pki-stage">
        <h3>{t('connections.list')}</h3>
        <ul className="pki-changes">
          {connections.map((connection) => (
            <Connection key={connection.id} connection={connection} />
          ))}
        </ul>
      </section>
    </>
  );
}

function End({ word, trace }: { word: string; trace: Trace }) {
  const translator = useTranslator('connections');
  const { kind } = trace.disposition;
  return (
    <div className="open-end">
      <span className="muted">{word}</span>
      <span className="pki-marks">
        <VerdictMark kind={kind} size={16} />
        <strong>{translator.t(`verdict.word.${kind}`)}</strong>
      </span>
      <span className="open-why">{kind !== 'served' && verdictSentence(translator, trace, decidingStep(trace))}</span>
    </div>
  );
}

function Connection({ connection }: { connection: OpenConnectionView }) {
  const { t } = useTranslator('connections');
  const studio = useStudio();
  const now = useStudioState(meshNow);
  const { id, client, byCaller, server, openedAt, serverCertificate, clientCertificate, end } = connection;
  const name = `${client ?? t('connections.outside')} → ${server}`;
  const ended = (notAfter: number): boolean => notAfter < now;
  return (
    <li className="open-connection" data-end={end}>
      <span className="mono open-name">{name}</span>
      <span className="muted">
        {[t('connections.opened', { date: dateTime(openedAt) }), byCaller ? t('connections.ofCaller') : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
      <IconButton
        icon="close"
        label={t('connections.close', { name })}
        onClick={() => void closeConnections(studio, [id])}
      />
      <span className="open-certificates">
        {end === undefined ? (
          <>
            <span data-ended={ended(serverCertificate.notAfter)}>
              {t(ended(serverCertificate.notAfter) ? 'connections.serverEnded' : 'connections.serverUntil', {
                date: dateTime(serverCertificate.notAfter),
              })}
            </span>
            {clientCertificate !== undefined && (
              <span data-ended={ended(clientCertificate.notAfter)}>
                {t(ended(clientCertificate.notAfter) ? 'connections.clientEnded' : 'connections.clientUntil', {
                  date: dateTime(clientCertificate.notAfter),
                })}
              </span>
            )}
          </>
        ) : (
          <span>{t(`connections.end.${end}`)}</span>
        )}
      </span>
    </li>
  );
}
