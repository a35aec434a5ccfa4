/** A Secret from a pasted kubectl command, or from fields: written into the YAML when it is whole. */
import { useId, useState } from 'react';
import { parseKubectlSecret, type SecretDraft } from '../../state/secret/kubectlSecret.ts';
import { secretProblem } from '../../state/secret/secretDocument.ts';
import { existingSecret, readPemFile, writeSecret } from '../../state/secret/writeSecret.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { SecretEntryRow } from './SecretEntryRow.tsx';
import './secret.css';

const stateOf = (state: StudioState) => state;

/** Credentials are read in the namespace of the gateway's pod. */
const emptyDraft = ({ engine }: StudioState): SecretDraft => ({
  namespace: engine.graph?.workloads.find(({ proxy }) => proxy === 'gateway')?.namespace ?? 'istio-system',
  name: '',
  type: 'Opaque',
  entries: ['key', 'cert', 'cacert'].map((key) => ({ key, value: '' })),
});

export function SecretForm({ command: pasted, onClose }: { command: string; onClose: () => void }) {
  const studio = useStudio();
  const { t } = useTranslator('secret');
  const state = useStudioState(stateOf);
  const problemId = useId();
  const read = (line: string) => parseKubectlSecret(line, (path) => readPemFile(studio.store.getState(), path));
  const [command, setCommand] = useState(pasted);
  const [draft, setDraft] = useState(() => read(pasted) ?? emptyDraft(studio.store.getState()));
  const isStrange = command.trim() !== '' && read(command) === undefined;
  const problem = secretProblem(draft);
  const exists = existingSecret(state, draft) !== undefined;
  const change = (part: Partial<SecretDraft>): void => setDraft((now) => ({ ...now, ...part }));
  return (
    <form
      className="secret-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== undefined) return;
        writeSecret(studio, draft);
        onClose();
      }}
    >
      <p className="muted">{t('secret.hint')}</p>
      <textarea
        className="field mono secret-command"
        rows={3}
        spellCheck={false}
        aria-label={t('secret.command')}
        placeholder={t('secret.command')}
        value={command}
        aria-invalid={isStrange}
        onChange={(event) => {
          setCommand(event.target.value);
          const understood = read(event.target.value);
          if (understood !== undefined) setDraft(understood);
        }}
      />
      {isStrange && <p className="muted">{t('secret.notUnderstood')}</p>}
      <div className="secret-names">
        {(['namespace', 'name'] as const).map((field) => (
          <label key={field} className="secret-name">
            <span>{t(`secret.${field}`)}</span>
            <input
              className="field mono"
              spellCheck={false}
              value={draft[field]}
              onChange={(event) => change({ [field]: event.target.value.trim() })}
            />
          </label>
        ))}
      </div>
      <ul className="secret-entries">
        {draft.entries.map((entry, index) => (
          <SecretEntryRow
            // Keys change while they are typed; places do not.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            entry={entry}
            onChange={(next) => change({ entries: draft.entries.map((other, at) => (at === index ? next : other)) })}
            onRemove={() => change({ entries: draft.entries.filter((_, at) => at !== index) })}
          />
        ))}
      </ul>
      <button
        type="button"
        className="button button-outlined"
        onClick={() => change({ entries: [...draft.entries, { key: '', value: '' }] })}
      >
        <Icon name="plus" />
        {t('secret.addKey')}
      </button>
      <div className="secret-end">
        <p id={problemId} className="muted" role="status">
          {problem !== undefined
            ? t(`secret.problem.${problem}`)
            : exists
              ? t('secret.exists', { name: `${draft.namespace}/${draft.name}` })
              : ''}
        </p>
        <button
          type="submit"
          className="button button-primary"
          disabled={problem !== undefined}
          aria-describedby={problemId}
        >
          {t(exists ? 'secret.replace' : 'secret.write')}
        </button>
      </div>
    </form>
  );
}
