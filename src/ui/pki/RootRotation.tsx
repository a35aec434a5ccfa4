/**
 * A root is replaced: for every proxy, what it holds when; and the calls that fail in between, with
 * their stretches of time. All of it is the engine's, moment by moment.
 */
import { useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import type { EngineAnswers } from '../../worker/protocol.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { useCostlyAnswer } from './askEngine.ts';
import { CallChange } from './CallChange.tsx';
import { dateTime } from './MeshClock.tsx';

const HOUR = 3_600_000;
const PLANS = ['by-the-book', 'swap'] as const;
type Plan = (typeof PLANS)[number];
type Rotation = NonNullable<EngineAnswers['rotate-root']>;
const graphOf = ({ engine }: StudioState) => engine.graph;

export function RootRotation() {
  const { t } = useTranslator('certificates');
  const graph = useStudioState(graphOf);
  const authorities = (graph?.authorities ?? []).filter(({ certifies }) => certifies.length > 0);
  const [chosen, setChosen] = useState<string>();
  const [plan, setPlan] = useState<Plan>('by-the-book');
  const [gap, setGap] = useState(24);
  const [asking, ask] = useCostlyAnswer<'rotate-root'>();
  const authority = authorities.find(({ id }) => id === chosen) ?? authorities[0];
  return (
    <div className="pki-what">
      <p className="muted">{t('certificates.rotation.hint')}</p>
      <form
        className="pki-bar"
        onSubmit={(event) => {
          event.preventDefault();
          if (authority !== undefined)
            ask({ kind: 'rotate-root', authority: authority.id, plan, gap: Math.max(1, gap) * HOUR });
        }}
      >
        <label className="pki-field">
          <span>{t('certificates.breaks.subject.authority-gone')}</span>
          <select className="input" value={authority?.id ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {authorities.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="pki-field">
          <span>{t('certificates.rotation.plan')}</span>
          <select
            className="input"
            value={plan}
            onChange={(event) => setPlan(PLANS.find((one) => one === event.target.value) ?? 'by-the-book')}
          >
            {PLANS.map((value) => (
              <option key={value} value={value}>
                {t(`certificates.rotation.plans.${value}`)}
              </option>
            ))}
          </select>
        </label>
        {plan === 'by-the-book' && (
          <label className="pki-field">
            <span>{t('certificates.rotation.gap')}</span>
            <input
              type="number"
              className="input pki-number"
              value={gap}
              min={1}
              max={72}
              onChange={(event) => setGap(Math.min(72, Number(event.target.value)))}
            />
          </label>
        )}
        <button type="submit" className="button button-primary" disabled={authority === undefined}>
          {t('certificates.rotation.ask')}
        </button>
      </form>
      <div aria-live="polite">
        {asking.status === 'asking' && <p className="muted">{t('certificates.breaks.asking')}</p>}
        {asking.status === 'failed' && <p className="muted">{t('certificates.breaks.failed')}</p>}
        {asking.status === 'answered' && <Outcome rotation={asking.answer} />}
      </div>
    </div>
  );
}

function Outcome({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslator('certificates');
  const { steps, proxies, windows, from, until, tried } = rotation;
  const place = (at: number): number => ((at - from) / (until - from)) * 100;
  return (
    <>
      <ol className="pki-steps">
        {steps.map(({ at, signs, trusts }) => (
          <li key={at}>
            <strong>{dateTime(at)}</strong>{' '}
            {t('certificates.rotation.step', {
              signs: t(`certificates.rotation.root.${signs}`),
              trusts: trusts.map((root) => t(`certificates.rotation.root.${root}`)).join(' + '),
            })}
          </li>
        ))}
      </ol>
      <ul className="pki-legend muted">
        {STATES.map((state) => (
          <li key={state}>
            <span className="pki-swatch" data-state={state} aria-hidden="true" />
            {t(`certificates.rotation.state.${state}`)}
          </li>
        ))}
      </ul>
      <ul className="pki-rows">
        {proxies.map(({ workload, states }) => (
          <li key={workload} className="pki-row">
            <span className="mono pki-cut" title={workload}>
              {workload}
            </span>
            <span className="pki-track pki-states">
              {states.map(({ from: start, signs, trusts }, at) => {
                const end = states[at + 1]?.from ?? until;
                const state = stateOf(signs, trusts);
                const label = `${dateTime(start)} ${t(`certificates.rotation.state.${state}`)}`;
                return (
                  <span
                    key={start}
                    className="pki-held"
                    data-state={state}
                    style={{ left: `${place(start)}%`, width: `${place(end) - place(start)}%` }}
                    title={label}
                  >
                    <span className="visually-hidden">{label}</span>
                  </span>
                );
              })}
              {steps.map(({ at }) => (
                <i key={at} className="pki-now" aria-hidden="true" style={{ left: `${place(at)}%` }} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <section className="pki-stage">
        <h3>{t('certificates.rotation.windows')}</h3>
        <p className="muted">
          {windows.length === 0
            ? t('certificates.rotation.noWindows', { tried })
            : t('certificates.rotation.windowCount', { count: windows.length, tried })}
        </p>
        <ul className="pki-changes">
          {windows.map(({ call, from: start, until: end, after }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: in the order of time, which does not change
            <li key={at}>
              <p className="pki-window">
                {end === undefined
                  ? t('certificates.rotation.windowOpen', { from: dateTime(start) })
                  : t('certificates.rotation.window', {
                      from: dateTime(start),
                      until: dateTime(end),
                      hours: Math.round((end - start) / HOUR),
                    })}
              </p>
              <CallChange call={call} after={after} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const STATES = ['old-old', 'old-both', 'new-both', 'new-new'] as const;
type Held = (typeof STATES)[number];
type State = Rotation['proxies'][number]['states'][number];

const stateOf = (signs: State['signs'], trusts: State['trusts']): Held => {
  if (trusts.length > 1) return signs === 'old' ? 'old-both' : 'new-both';
  return signs === 'old' ? 'old-old' : 'new-new';
};
