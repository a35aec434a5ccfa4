/** The frame of the step's details: scrolls, and can be reached by keyboard to be scrolled. */
import type { ReactNode } from 'react';
import { useTranslator } from '../shared/context.tsx';

export function StepFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslator();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className="step" aria-label={t('playback.details')} tabIndex={0}>
      {children}
    </section>
  );
}
