/** Where the token is at a moment of playback, and whether it travels closed. */
import type { Moment } from '../../../state/trace/moments.ts';
import type { CallPath } from './pathOfCall.ts';
import { pointAt } from './polyline.ts';
import type { Point } from './routeOrthogonal.ts';

export interface TokenPlace extends Point {
  readonly closed: boolean;
}

export function placeToken(
  path: CallPath,
  moments: readonly Moment[],
  { at, progress }: { readonly at: number; readonly progress: number },
): TokenPlace | undefined {
  const moment = moments[at];
  if (moment === undefined) return undefined;
  if (moment.kind === 'step') {
    const anchor = path.anchors.get(moment.hop);
    return anchor === undefined ? undefined : { ...anchor, closed: false };
  }
  const leg = path.legs.find(({ far, near }) => far === moment.far && near === moment.near);
  if (leg === undefined) return undefined;
  const share = moment.direction === 'request' ? ease(progress) : 1 - ease(progress);
  return { ...pointAt(leg.walk, share), closed: leg.tunnels.some((tunnel) => tunnel.established) };
}

/** In and out, as things with weight move. */
const ease = (share: number): number => (share < 0.5 ? 2 * share * share : 1 - (2 - 2 * share) ** 2 / 2);
