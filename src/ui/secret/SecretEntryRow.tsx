/** One key of a Secret: its name, its text, or a file of this machine that never leaves it. */
import type { SecretEntry } from '../../state/secret/kubectlSecret.ts';
import { useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';

export function SecretEntryRow({
  entry,
  onChange,
  onRemove,
}: {
  entry: SecretEntry;
  onChange: (entry: SecretEntry) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslator('secret');
  const { key, path, value } = entry;
  return (
    <li className="secret-entry">
      <input
        className="field mono"
        aria-label={t('secret.key')}
        spellCheck={false}
        value={key}
        onChange={(event) => onChange({ ...entry, key: event.target.value.trim() })}
      />
      <textarea
        className="field mono secret-value"
        aria-label={t('secret.value', { key })}
        placeholder={path ?? t('secret.pem')}
        rows={2}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange({ ...entry, value: event.target.value })}
      />
      <label className="button button-outlined" title={path === undefined ? '' : t('secret.file', { path })}>
        <span aria-hidden="true">{t('secret.chooseShort')}</span>
        <input
          type="file"
          className="visually-hidden"
          aria-label={t('secret.choose', { key })}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void file.text().then((text) => onChange({ ...entry, value: text }));
          }}
        />
      </label>
      <IconButton icon="close" label={t('secret.removeKey', { key })} onClick={onRemove} />
    </li>
  );
}
