/** How components reach their studio: by context, so that two on one page share nothing. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { invariant } from '../../base/invariant.ts';
import type { I18n, Translator } from '../../i18n/i18n.ts';
import type { Area } from '../../i18n/messages/areas.ts';
import type { PlaybackClock } from '../../state/playback/clock.ts';
import type { Studio } from '../../state/studio.ts';
import type { StudioState } from '../../state/studioState.ts';

export interface StudioServices {
  readonly studio: Studio;
  readonly clock: PlaybackClock;
  readonly i18n: I18n;
}

const Services = createContext<StudioServices | undefined>(undefined);

export function StudioProvider({ services, children }: { services: StudioServices; children: ReactNode }) {
  return <Services value={services}>{children}</Services>;
}

function useServices(): StudioServices {
  const services = useContext(Services);
  invariant(services !== undefined, 'rendered inside a StudioProvider');
  return services;
}

export const useStudio = (): Studio => useServices().studio;
export const useClock = (): PlaybackClock => useServices().clock;

/** A slice or a value of the state; selectors are constants outside components. */
export function useStudioState<T>(selector: (state: StudioState) => T): T {
  return useStore(useServices().studio.store, selector);
}

/** For selectors that build an array or object: re-renders only when an element changed. */
export function useShallowState<T>(selector: (state: StudioState) => T): T {
  return useStore(useServices().studio.store, useShallow(selector));
}

/** Words of the core, and of the areas named: the component waits (in its Suspense) until they are here. */
export function useTranslator<A extends Area = never>(...areas: readonly A[]): Translator<A> {
  const { i18n } = useServices();
  const translator = useSyncExternalStore(i18n.subscribe, i18n.current);
  const fetching = i18n.need(areas);
  // Thrown, not `use`d: `use` wants to be called again when the component goes on, and by then nothing is missing.
  if (fetching !== undefined) throw fetching;
  return translator as Translator<A>;
}
