/** Who put something where it is: stored places and those that a change brings -> places. */
import type { Places } from './workspace.ts';

/** What the hand placed stays so when a layout or a neighbour moves it along. */
export function withPlaces(before: Places, brought: Places): Places {
  const merged = { ...before };
  for (const [node, place] of Object.entries(brought)) {
    const was = before[node];
    merged[node] = place.auto === true && was !== undefined && was.auto !== true ? { x: place.x, y: place.y } : place;
  }
  return merged;
}

export const isByHand = (places: Places, node: string): boolean =>
  places[node] !== undefined && places[node].auto !== true;
