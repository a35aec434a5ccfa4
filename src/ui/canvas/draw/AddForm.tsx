/** The few words that a new thing needs, with a proposal in each field; Enter adds it. */
import { type FormEvent, useCallback, useId, useRef, useState } from 'react';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Dialog } from '../../shared/controls.tsx';
import { type AddFields, addDefaults, intentionOf, namespaceChoices, problemOf } from './addDefaults.ts';
import type { AddKind } from './addKinds.ts';

export interface AddFormProps {
  readonly kind: AddKind;
  readonly graph: MeshGraph;
  /** Proposes the namespace. */
  readonly selected: string | undefined;
  readonly onAdd: (intention: EditQuery['intention']) => void;
  readonly onClose: () => void;
  readonly returnFocus: () => void;
}

export function AddForm({ kind, graph, selected, onAdd, onClose, returnFocus }: AddFormProps) {
  const { t } = useTranslator('draw');
  const [fields, setFields] = useState<AddFields>(() => addDefaults(kind, graph, selected));
  const [isTried, setIsTried] = useState(false);
  const first = useRef<HTMLInputElement | HTMLButtonElement>(null);
  const problemId = useId();
  const problem = problemOf(kind, fields);
  const shown = isTried ? problem : undefined;
  // The dialog makes its content a moment after itself: the field says when it is there.
  const takeFocus = useCallback((field: HTMLInputElement | HTMLButtonElement | null) => {
    first.current = field;
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }, []);

  const change = (changed: Partial<AddFields>): void => setFields((before) => ({ ...before, ...changed }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (problem === undefined) onAdd(intentionOf(kind, fields));
    else first.current?.focus();
  };
  const isGateway = kind === 'ingress-gateway' || kind === 'egress-gateway';
  const isServer = kind === 'external-server';
  const hasPort = kind === 'workload' || isServer;

  return (
    <Dialog
      title={t(`draw.title.${kind}`)}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      returnFocus={returnFocus}
    >
      <form className="add-form" onSubmit={submit} noValidate>
        <p className="muted">{t(`draw.hint.${kind}`)}</p>
        {!isGateway && (
          <label className="add-row">
            <span>{t(isServer ? 'draw.host' : 'draw.name')}</span>
            <input
              ref={takeFocus}
              className="field mono"
              spellCheck={false}
              autoComplete="off"
              value={fields.name}
              aria-invalid={shown !== undefined && shown !== 'draw.badPort'}
              aria-describedby={problemId}
              onChange={(event) => change({ name: event.target.value.trim() })}
            />
          </label>
        )}
        {kind !== 'namespace' && kind !== 'issuer' && (
          <label className="add-row">
            <span>{t('draw.namespace')}</span>
            <select
              className="field"
              value={fields.namespace}
              onChange={(event) => change({ namespace: event.target.value })}
            >
              {namespaceChoices(kind, graph).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        {hasPort && (
          <label className="add-row">
            <span>{t(isServer ? 'draw.serverPort' : 'draw.port')}</span>
            <input
              className="field mono"
              inputMode="numeric"
              autoComplete="off"
              value={fields.port}
              aria-invalid={shown === 'draw.badPort'}
              aria-describedby={problemId}
              onChange={(event) => change({ port: event.target.value.trim() })}
            />
          </label>
        )}
        {kind === 'namespace' && (
          <label className="add-check">
            <input
              type="checkbox"
              className="checkbox"
              checked={fields.injection}
              onChange={(event) => change({ injection: event.target.checked })}
            />
            <span>{t('draw.injection')}</span>
          </label>
        )}
        <p id={problemId} className="add-problem" role="alert">
          {shown !== undefined && t(shown)}
        </p>
        <div className="add-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('draw.cancel')}
          </button>
          {/* Enter on a list opens it: a form that is only a list begins with its button. */}
          <button {...(isGateway ? { ref: takeFocus } : {})} type="submit" className="button button-primary">
            {t('draw.add')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
