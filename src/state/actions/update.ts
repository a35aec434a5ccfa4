/** Small ways to change one slice; for actions only. */
import type { Studio } from '../studio.ts';
import type { NoticeCode, StudioState } from '../studioState.ts';

type Slice = 'engine' | 'layout' | 'settings' | 'playback' | 'selection' | 'request' | 'connections';

export function patch<S extends Slice>(studio: Studio, slice: S, change: Partial<StudioState[S]>): void {
  studio.store.setState((state) => ({ [slice]: { ...state[slice], ...change } }) as Pick<StudioState, S>);
}

let lastNotice = 0;

export function notify(
  studio: Studio,
  code: NoticeCode,
  params: Readonly<Record<string, string | number>> = {},
  tone: 'info' | 'problem' = 'info',
): void {
  lastNotice += 1;
  const notice = { id: lastNotice, tone, code, params };
  // The same news twice is one notice.
  studio.store.setState(({ notices }) => ({ notices: [...notices.filter((other) => other.code !== code), notice] }));
}

export function dismissNotice(studio: Studio, id: number): void {
  studio.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
