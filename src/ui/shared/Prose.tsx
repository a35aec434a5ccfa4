/** A sentence of ours, in which `...` marks what is code. */
export function Prose({ text }: { text: string }) {
  // Every second piece stood between two marks; pieces have no other identity than their place.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
  return text.split('`').map((piece, place) => (place % 2 === 1 ? <code key={place}>{piece}</code> : piece));
}
