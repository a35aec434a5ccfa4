/** What belongs here, and one action to fill it. */
import { localize } from '../../base/localizedText.ts';
import { openExample } from '../../state/actions/openWorkspace.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';

export function CanvasEmpty() {
  const { t, language } = useTranslator();
  const studio = useStudio();
  return (
    <div className="canvas-empty">
      <h2>{t('canvas.empty')}</h2>
      <p>{t('canvas.emptyHint')}</p>
      <div className="canvas-empty-actions">
        {studio.examples.entries.map(({ slug, name }) => (
          <button
            key={slug}
            type="button"
            className="button button-outlined"
            onClick={() => void openExample(studio, slug)}
          >
            {t('canvas.openExample', { name: localize(name, language) })}
          </button>
        ))}
      </div>
    </div>
  );
}
