/** Theme, language and motion on the document element, following the system where asked to. */
import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import { useStudioState } from '../shared/context.tsx';

const settingsOf = ({ settings }: StudioState) => settings;

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}

export function useIsDark(): boolean {
  const { theme } = useStudioState(settingsOf);
  const system = useMedia('(prefers-color-scheme: dark)');
  return theme === 'system' ? system : theme === 'dark';
}

export function useIsReducedMotion(): boolean {
  const { motion } = useStudioState(settingsOf);
  const system = useMedia('(prefers-reduced-motion: reduce)');
  return motion === 'system' ? system : motion === 'reduced';
}

/** Too narrow for panels side by side. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 860px)');

/** Too short for a panel above the request and the verdict. */
export const useIsShort = (): boolean => useMedia('(max-height: 520px)');

export function useAppearance(): void {
  const { language } = useStudioState(settingsOf);
  const isDark = useIsDark();
  const isReduced = useIsReducedMotion();
  // Before other effects: some read the tokens of the new theme.
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = language;
    documentElement.dataset.theme = isDark ? 'dark' : 'light';
    documentElement.dataset.motion = isReduced ? 'reduced' : 'full';
  }, [language, isDark, isReduced]);
}
