/**
 * What breaks if a CA is gone, a root is taken out of the trust bundles, or the clock of a node is
 * off. The engine makes the saved calls and the mesh's own again; what ends differently is listed.
 */
import { useState } from 'react';
import { parseNodeId } from '../../state/nodeIds.ts';
import { selectedNode } from '../../state/selectors/select.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { WhatBreaksQuery } from '../../worker/protocol.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { useCostlyAnswer } from './askEngine.ts';
import { CallChange } from './CallChange.tsx';
import { dateTime } from './MeshClock.tsx';
import { useCertificates } from './useCertificates.ts';

type Disturbance = WhatBreaksQuery['disturbance'];
const KINDS = ['authority-gone', 'root-removed', 'clock-off'] as const;
const HOUR = 3_600_000;
/** Id of the selected authority or workload. */
function selectedId(state: StudioState): string | undefined {
  const node = selectedNode(state);
  const ref = node === undefined ? undefined : parseNodeId(node);
  return ref === undefined || ref.kind === 'outside' ? undefined : ref.id;
}
const graphOf = ({ engine }: StudioState) => engine.graph;

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What each question can be about. */
function useSubjects(): Readonly<Record<Disturbance['kind'], readonly Option[]>> {
  const graph = useStudioState(graphOf);
  const list = useCertificates();
  return {
    'authority-gone': (graph?.authorities ?? [])
      .filter(({ certifies }) => certifies.length > 0)
      .map(({ id, name }) => ({ value: id, label: name })),
    'root-removed': (list?.certificates ?? [])
      .filter(({ certificate, holders }) => certificate.ca && holders.some(({ kind }) => kind === 'anchor'))
      .map(({ certificate }) => ({
        value: certificate.fingerprint,
        label: `${certificate.subject} (${certificate.fingerprint.slice(0, 8)})`,
      })),
    'clock-off': (graph?.workloads ?? [])
      .filter(({ proxy }) => proxy !== 'none')
      .map(({ id }) => ({ value: id, label: id })),
  };
}

export function WhatBreaks() {
  const { t } = useTranslator('certificates');
  const subjects = useSubjects();
  const [kind, setKind] = useState<Disturbance['kind']>('authority-gone');
  const [picked, setChosen] = useState<string>();
  const selected = useStudioState(selectedId);
  // What is selected on the canvas is what somebody has in mind.
  const chosen = picked ?? selected;
  const [hours, setHours] = useState(48);
  const [asking, ask] = useCostlyAnswer<'what-breaks'>();
  const options = subjects[kind];
  const subject = options.find(({ value }) => value === chosen) ?? options[0];

  const send = (): void => {
    if (subject !== undefined) ask({ kind: 'what-breaks', disturbance: disturbanceOf(kind, subject.value, hours) });
  };
  return (
    <div className="pki-what">
      <p className="muted">{t('certificates.breaks.hint')}</p>
      <form
        className="pki-bar"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="pki-field">
          <span>{t('certificates.breaks.question')}</span>
          <select
            className="input"
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'authority-gone')}
          >
            {KINDS.map((value) => (
              <option key={value} value={value}>
                {t(`certificates.breaks.kind.${value}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="pki-field">
          <span>{t(`certificates.breaks.subject.${kind}`)}</span>
          <select className="input" value={subject?.value ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {kind === 'clock-off' && (
          <label className="pki-field">
            <span>{t('certificates.breaks.hours')}</span>
            <input
              type="number"
              className="input pki-number"
              value={hours}
              min={-87600}
              max={87600}
              onChange={(event) => setHours(Number(event.target.value))}
            />
          </label>
        )}
        <button type="submit" className="button button-primary" disabled={subject === undefined}>
          {t('certificates.breaks.ask')}
        </button>
      </form>
      <div aria-live="polite">
        {asking.status === 'asking' && <p className="muted">{t('certificates.breaks.asking')}</p>}
        {asking.status === 'failed' && <p className="muted">{t('certificates.breaks.failed')}</p>}
        {asking.status === 'answered' &&
          asking.answer.stages.map((stage) => (
            <section key={stage.kind} className="pki-stage">
              <h3>{t(`certificates.breaks.stage.${stage.kind}`, { date: dateTime(stage.at) })}</h3>
              <p className="muted">
                {t('certificates.breaks.count', { count: stage.changed.length, tried: asking.answer.tried })}
              </p>
              <ul className="pki-changes">
                {stage.changed.map(({ call, before, after }, at) => (
                  // The order is that of the calls tried.
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <li key={at}>
                    <CallChange call={call} before={before} after={after} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}

function disturbanceOf(kind: Disturbance['kind'], subject: string, hours: number): Disturbance {
  switch (kind) {
    case 'authority-gone':
      return { kind, authority: subject };
    case 'root-removed':
      return { kind, fingerprint: subject };
    case 'clock-off':
      // The options are the ids of the graph's workloads.
      return {
        kind,
        workload: subject as Extract<Disturbance, { kind: 'clock-off' }>['workload'],
        milliseconds: hours * HOUR,
      };
  }
}
