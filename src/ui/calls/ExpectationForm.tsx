/** What must become of a call: the outcome, and as much more as one wants to hold on to. */
import { type FormEvent, useId, useState } from 'react';
import { resourceText } from '../../i18n/render/names.ts';
import { expectOutcome } from '../../state/actions/collection.ts';
import { expectationOf } from '../../state/calls/judge.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Expectation, SavedCall } from '../../state/workspace/workspace.ts';
import type { CallSummary } from '../../trace/summary.ts';
import { useShallowState, useStudio, useTranslator } from '../shared/context.tsx';

const KINDS = ['served', 'answered', 'refused', 'failed'] as const;
const POLICIES =
  /^(AuthorizationPolicy|PeerAuthentication|RequestAuthentication|Gateway|DestinationRule|Sidecar|VirtualService)$/;

const policiesOf = ({ engine }: StudioState) =>
  engine.outline.flatMap(({ kind, resource }) => (resource !== undefined && POLICIES.test(kind) ? [resource] : []));
const workloadsOf = ({ engine }: StudioState) => (engine.graph?.workloads ?? []).map(({ id }) => id);

interface ExpectationFormProps {
  readonly call: SavedCall;
  readonly outcome: CallSummary | undefined;
  readonly onDone: () => void;
}

export function ExpectationForm({ call, outcome, onDone }: ExpectationFormProps) {
  const studio = useStudio();
  const { t } = useTranslator('calls');
  const now = outcome === undefined ? undefined : expectationOf(outcome);
  const [start, setStart] = useState<Expectation>(call.expect ?? now ?? { kind: 'served' });
  const policies = useShallowState(policiesOf);
  const workloads = useShallowState(workloadsOf);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    expectOutcome(studio, call.id, readForm(new FormData(event.currentTarget)));
    onDone();
  };
  return (
    // A new start is a new form: its fields keep their own values.
    <form key={JSON.stringify(start)} className="expectation" onSubmit={submit}>
      <Field label={t('calls.field.kind')}>
        {(id) => (
          <select id={id} className="field" name="kind" defaultValue={start.kind}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`verdict.word.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('calls.field.status')}>
        {(id) => <NumberField id={id} name="status" value={start.status} />}
      </Field>
      <Field label={t('calls.field.curlExit')}>
        {(id) => <NumberField id={id} name="curlExit" value={start.curlExit} />}
      </Field>
      <Field label={t('calls.field.servedBy')}>
        {(id) => <OneOf id={id} name="servedBy" value={start.servedBy} options={workloads} textOf={String} />}
      </Field>
      <Field label={t('calls.field.by')}>
        {(id) => <OneOf id={id} name="by" value={start.by} options={policies} textOf={resourceText} />}
      </Field>
      <div className="expectation-buttons">
        <button type="submit" className="button button-primary">
          {t('calls.keep')}
        </button>
        {now !== undefined && (
          <button type="button" className="button button-outlined" onClick={() => setStart(now)}>
            {t('calls.fromNow')}
          </button>
        )}
        {call.expect !== undefined && (
          <button
            type="button"
            className="button"
            onClick={() => {
              expectOutcome(studio, call.id, undefined);
              onDone();
            }}
          >
            {t('calls.expectNothing')}
          </button>
        )}
      </div>
    </form>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => React.ReactNode }) {
  const id = useId();
  return (
    <div className="expectation-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function NumberField({ id, name, value }: { id: string; name: string; value: number | undefined }) {
  const { t } = useTranslator('calls');
  return (
    <input
      id={id}
      className="field"
      name={name}
      inputMode="numeric"
      pattern="\d{1,3}"
      placeholder={t('calls.any')}
      defaultValue={value ?? ''}
    />
  );
}

interface OneOfProps<T extends string> {
  readonly id: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly options: readonly T[];
  readonly textOf: (option: T) => string;
}

function OneOf<T extends string>({ id, name, value, options, textOf }: OneOfProps<T>) {
  const { t } = useTranslator('calls');
  // What was expected may be gone from the mesh by now: it stays to be chosen.
  const gone = value !== undefined && !options.some((option) => option === value);
  return (
    <select id={id} className="field" name={name} defaultValue={value ?? ''}>
      <option value="">{t('calls.any')}</option>
      {gone && <option value={value}>{textOf(value as T)}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {textOf(option)}
        </option>
      ))}
    </select>
  );
}

function readForm(form: FormData): Expectation {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const number = (name: string): Record<string, number> => (text(name) === '' ? {} : { [name]: Number(text(name)) });
  const word = (name: string): Record<string, string> => (text(name) === '' ? {} : { [name]: text(name) });
  return {
    kind: KINDS.find((kind) => kind === text('kind')) ?? 'served',
    ...number('status'),
    ...number('curlExit'),
    ...word('servedBy'),
    ...word('by'),
  };
}
