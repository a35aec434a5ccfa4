/** What belongs here, and how to fill it: by drawing, or from an example. */
import { localize } from '../../base/localizedText.ts';
import { openExample } from '../../state/actions/openWorkspace.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { AddMenu } from './draw/AddMenu.tsx';
import type { AddKind } from './draw/addKinds.ts';

export function CanvasEmpty({ onAdd }: { onAdd: (kind: AddKind) => void }) {
  const { t, language } = useTranslator('draw');
  const studio = useStudio();
  return (
    <div className="canvas-empty">
      <h2>{t('canvas.empty')}</h2>
      <p>{t('canvas.emptyHint')}</p>
      <div className="canvas-empty-actions">
        <AddMenu
          onChoose={onAdd}
          trigger={
            <button type="button" className="button button-primary">
              <Icon name="plus" />
              {t('draw.addFirst')}
            </button>
          }
        />
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
