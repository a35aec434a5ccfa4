/** The three summaries above the tables; each count shows just those rows. */
import { useTranslator } from '../shared/context.tsx';
import type { SecurityTab } from './SecurityView.tsx';
import { Status, useStatusName } from './Status.tsx';
import { statusesOf, toneOf } from './tones.ts';

export interface Counted {
  readonly tab: SecurityTab;
  readonly params: Readonly<Record<string, number>>;
  readonly counts: ReadonlyMap<string, number>;
}

interface CardsProps {
  readonly cards: readonly Counted[];
  readonly tab: SecurityTab;
  readonly only: string;
  readonly onShow: (tab: SecurityTab, only: string) => void;
}

export function Cards({ cards, tab, only, onShow }: CardsProps) {
  const { t } = useTranslator('security');
  const nameOf = useStatusName();
  return (
    <div className="security-cards">
      {cards.map(({ tab: of, params, counts }) => {
        const present = statusesOf(of).filter((status) => counts.has(status));
        return (
          <section key={of} className="security-card" aria-label={t(`security.tabs.${of}`)}>
            <h2>{t(`security.tabs.${of}`)}</h2>
            <p className="muted">{t(`security.card.${of}`, params)}</p>
            <div className="security-bar" aria-hidden="true">
              {present.map((status) => (
                <span key={status} className={`tone-${toneOf(of, status)}`} style={{ flexGrow: counts.get(status) }} />
              ))}
            </div>
            <ul className="security-counts">
              {present.map((status) => (
                <li key={status}>
                  <button
                    type="button"
                    className="security-count"
                    aria-pressed={tab === of && only === status}
                    title={t('security.onlyThese', { what: nameOf(of, status) })}
                    onClick={() => onShow(of, tab === of && only === status ? '' : status)}
                  >
                    <strong>{counts.get(status)}</strong>
                    <Status of={of} status={status} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
