/** Narrows a table by namespace, by what is typed, and by the status chosen on a card. */
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

export interface Filter {
  /** '' is all. */
  readonly namespace: string;
  readonly text: string;
  /** A status; '' is all. */
  readonly only: string;
}

interface FilterBarProps {
  readonly filter: Filter;
  readonly namespaces: readonly string[];
  readonly onFilter: (filter: Filter) => void;
}

export function FilterBar({ filter, namespaces, onFilter }: FilterBarProps) {
  const { t } = useTranslator('security');
  return (
    <div className="security-filter">
      <select
        className="field security-namespace"
        aria-label={t('security.namespace')}
        value={filter.namespace}
        onChange={(event) => onFilter({ ...filter, namespace: event.target.value })}
      >
        <option value="">{t('security.allNamespaces')}</option>
        {namespaces.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <input
        className="field"
        type="search"
        aria-label={t('security.find')}
        placeholder={t('security.find')}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      {filter.only !== '' && (
        <button type="button" className="button" onClick={() => onFilter({ ...filter, only: '' })}>
          <Icon name="close" />
          {t('security.showAll')}
        </button>
      )}
    </div>
  );
}
