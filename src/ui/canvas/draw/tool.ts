import type { Item } from './items.ts';

/** What the tool in the hand does. */
export type Tool =
  | { readonly kind: 'select' }
  | { readonly kind: 'hand' }
  | { readonly kind: 'place'; readonly item: Item };

export const SELECT: Tool = { kind: 'select' };
