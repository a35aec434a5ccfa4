/**
 * Every certificate as a bar in time against the mesh clock, with the moments at which it is renewed
 * and at which it ends. A moment is a button: it moves the clock there.
 */
import { useState } from 'react';
import { setMeshClock } from '../../state/actions/meshClock.ts';
import type { ConnectionsView } from '../../worker/connectionsView.ts';
import type { CertificateListView } from '../../worker/protocol.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { holderText } from './holderText.ts';
import { dateTime, MeshClock, meshNow } from './MeshClock.tsx';
import { useCertificates } from './useCertificates.ts';
import { useOpenConnections } from './useOpenConnections.ts';

const DAY = 86_400_000;
/** How much lies before the clock and after it, and how far apart the lines are. */
const SPANS = {
  days: { before: DAY, after: 3 * DAY, tick: DAY },
  months: { before: 30 * DAY, after: 120 * DAY, tick: 30 * DAY },
  years: { before: 365 * DAY, after: 10 * 365 * DAY, tick: 2 * 365 * DAY },
} as const;
type SpanName = keyof typeof SPANS;
const SPAN_NAMES = ['days', 'months', 'years'] as const;

export function CertificateTimeline() {
  const { t } = useTranslator('certificates');
  const now = useStudioState(meshNow);
  const list = useCertificates();
  const open = useOpenConnections();
  const [span, setSpan] = useState<SpanName>('days');
  return (
    <div className="pki-timeline">
      <p className="muted">{t('certificates.hint')}</p>
      <div className="pki-bar">
        <MeshClock />
        <fieldset className="pki-spans">
          <legend className="visually-hidden">{t('certificates.span')}</legend>
          {SPAN_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              className="button button-outlined"
              aria-pressed={span === name}
              onClick={() => setSpan(name)}
            >
              {t(`certificates.spans.${name}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <NextMoments list={list} now={now} />
      <ul className="pki-rows">
        <Axis now={now} span={span} />
        {[...leftOf(list, open), ...(list?.certificates ?? [])].map((entry) => (
          <Row
            key={entry.certificate.fingerprint}
            entry={entry}
            now={now}
            span={span}
            inUse={usesOf(open, entry.certificate.fingerprint)}
          />
        ))}
      </ul>
      {list !== undefined && list.proxiesLeftOut > 0 && (
        <p className="muted">{t('certificates.proxiesLeftOut', { count: list.proxiesLeftOut })}</p>
      )}
      <p className="muted">{t('certificates.connectionsLive')}</p>
    </div>
  );
}

type Entry = CertificateListView['certificates'][number];

/** Certificates that nobody holds any more but connections that began with them. */
function leftOf(list: CertificateListView | undefined, open: ConnectionsView | undefined): readonly Entry[] {
  const known = new Set(list?.certificates.map(({ certificate }) => certificate.fingerprint));
  const used = (open?.connections ?? []).flatMap(({ end, serverCertificate, clientCertificate }) =>
    end === undefined ? [serverCertificate, ...(clientCertificate === undefined ? [] : [clientCertificate])] : [],
  );
  const left = new Map(used.map((certificate) => [certificate.fingerprint, certificate]));
  return [...left.values()]
    .filter(({ fingerprint }) => list !== undefined && !known.has(fingerprint))
    .map((certificate) => ({ certificate, holders: [] }));
}

/** Connections that stand and began with this certificate. */
const usesOf = (open: ConnectionsView | undefined, fingerprint: string): number =>
  (open?.connections ?? []).filter(
    ({ end, serverCertificate, clientCertificate }) =>
      end === undefined &&
      (serverCertificate.fingerprint === fingerprint || clientCertificate?.fingerprint === fingerprint),
  ).length;

/** The next renewal and the next end after the clock. */
function NextMoments({ list, now }: { list: CertificateListView | undefined; now: number }) {
  const { t } = useTranslator('certificates');
  const studio = useStudio();
  const next = (moments: readonly (number | undefined)[]): number | undefined =>
    moments.filter((at): at is number => at !== undefined && at > now).sort((a, b) => a - b)[0];
  const entries = list?.certificates ?? [];
  const renewal = next(entries.map((entry) => entry.renewal?.latest));
  const end = next(entries.map(({ certificate }) => certificate.notAfter));
  return (
    <div className="pki-next">
      {renewal !== undefined && (
        <button type="button" className="button button-outlined" onClick={() => setMeshClock(studio, renewal)}>
          {t('certificates.toRenewal', { date: dateTime(renewal) })}
        </button>
      )}
      {end !== undefined && (
        <button type="button" className="button button-outlined" onClick={() => setMeshClock(studio, end + 1000)}>
          {t('certificates.toEnd', { date: dateTime(end) })}
        </button>
      )}
    </div>
  );
}

const percent = (at: number, now: number, span: SpanName): number => {
  const { before, after } = SPANS[span];
  return Math.min(100, Math.max(0, ((at - (now - before)) / (before + after)) * 100));
};

function Axis({ now, span }: { now: number; span: SpanName }) {
  const { before, after, tick } = SPANS[span];
  const ticks: number[] = [];
  for (let at = Math.ceil((now - before) / tick) * tick; at < now + after; at += tick) ticks.push(at);
  return (
    <li className="pki-row pki-axis" aria-hidden="true">
      <span />
      <span className="pki-track">
        {ticks.map((at) => (
          <span key={at} className="pki-tick" style={{ left: `${percent(at, now, span)}%` }}>
            {dateTime(at).slice(0, span === 'years' ? 4 : 10)}
          </span>
        ))}
      </span>
    </li>
  );
}

function Row({ entry, now, span, inUse }: { entry: Entry; now: number; span: SpanName; inUse: number }) {
  const translator = useTranslator('certificates', 'connections');
  const { t } = translator;
  const { certificate, holders, renewal } = entry;
  const { notBefore, notAfter } = certificate;
  const state = now > notAfter ? 'expired' : now < notBefore ? 'notYet' : 'valid';
  const from = percent(notBefore, now, span);
  const to = percent(notAfter, now, span);
  const name = certificate.subjectAltNames[0]?.value ?? certificate.subject;
  return (
    <li className="pki-row" data-state={state}>
      <span className="pki-name">
        <span className="mono pki-cut" title={name}>
          {name}
        </span>
        <span className="muted pki-cut">{holderText(translator, holders)}</span>
        {inUse > 0 && (
          <span className="pki-in-use">
            <Icon name="lock" size={12} />
            {t('connections.usedBy', { count: inUse })}
          </span>
        )}
        <span className="pki-state">
          {state === 'valid' ? t('certificates.until', { date: dateTime(notAfter) }) : t(`certificates.${state}`)}
        </span>
      </span>
      <span className="pki-track">
        <span
          className="pki-validity"
          aria-hidden="true"
          style={{ left: `${from}%`, width: `${Math.max(0.5, to - from)}%` }}
        />
        {renewal !== undefined && <MomentButton at={renewal.latest} now={now} span={span} kind="renewal" name={name} />}
        <MomentButton at={notAfter} now={now} span={span} kind="end" name={name} />
        <i className="pki-now" aria-hidden="true" style={{ left: `${percent(now, now, span)}%` }} />
      </span>
    </li>
  );
}

interface MomentProps {
  readonly at: number;
  readonly now: number;
  readonly span: SpanName;
  readonly kind: 'renewal' | 'end';
  readonly name: string;
}

function MomentButton({ at, now, span, kind, name }: MomentProps) {
  const { t } = useTranslator('certificates');
  const studio = useStudio();
  const { before, after } = SPANS[span];
  if (at <= now - before || at >= now + after) return null;
  const label = t(`certificates.moment.${kind}`, { name, date: dateTime(at) });
  return (
    <button
      type="button"
      className="pki-moment"
      data-kind={kind}
      style={{ left: `${percent(at, now, span)}%` }}
      aria-label={label}
      title={label}
      // A second past the end it has ended.
      onClick={() => setMeshClock(studio, kind === 'end' ? at + 1000 : at)}
    />
  );
}
