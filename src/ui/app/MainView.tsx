/** What stands in the middle: the canvas, or the security dashboards; and the switch between them. */
import { lazy, Suspense } from 'react';
import { showView } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

const SecurityView = lazy(async () => ({ default: (await import('../security/SecurityView.tsx')).SecurityView }));

const viewOf = ({ layout }: StudioState) => layout.view;

export function MainView() {
  if (useStudioState(viewOf) === 'mesh') return <Canvas />;
  return (
    <Suspense>
      <SecurityView />
    </Suspense>
  );
}

export function ViewSwitch() {
  const studio = useStudio();
  const { t } = useTranslator();
  const view = useStudioState(viewOf);
  return (
    <nav className="view-switch" aria-label={t('app.view.label')}>
      {(['mesh', 'security'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className="button"
          aria-current={name === view ? 'page' : undefined}
          onClick={() => showView(studio, name)}
        >
          {t(`app.view.${name}`)}
        </button>
      ))}
    </nav>
  );
}
