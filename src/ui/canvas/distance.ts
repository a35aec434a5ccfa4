/** From how far the canvas is seen: what is drawn depends on it. */
import { createContext } from 'react';

export type Distance = 'near' | 'far' | 'farthest';

/** From afar a card is a name; from further still a room is a name and how many are in it. */
export const distanceAt = (zoom: number): Distance => (zoom > 0.62 ? 'near' : zoom > 0.34 ? 'far' : 'farthest');

/** Says beforehand from where it is about to be seen. */
export const Approach = createContext<(distance: Distance) => void>(() => undefined);
