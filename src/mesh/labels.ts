/** Equality-based label selection: the only kind Istio's and Service selectors have. */
export type Labels = Readonly<Record<string, string>>;

/** Whether every key of the selector has the same value in the labels; an empty selector selects all. */
export function selects(selector: Labels | undefined, labels: Labels): boolean {
  if (selector === undefined) return true;
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}

export const isEmptySelector = (selector: Labels | undefined): boolean =>
  selector === undefined || Object.keys(selector).length === 0;

/** Whether two selectors are the same set of pairs. */
export function sameLabels(a: Labels | undefined, b: Labels | undefined): boolean {
  const left = a ?? {};
  const right = b ?? {};
  return Object.keys(left).length === Object.keys(right).length && selects(left, right);
}
