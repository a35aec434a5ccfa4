/** A second one beside the first: its documents as they are written, under names that are free. */
import { excerpt } from './excerpt.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { refused } from './outcome.ts';
import { paste } from './paste.ts';

export function duplicate(drawing: Drawing, { what }: IntentionOf<'duplicate'>): Drawn {
  const text = excerpt(drawing, what);
  return text === '' ? refused('not-there', { what: '' }) : paste(drawing, { kind: 'paste', text });
}
