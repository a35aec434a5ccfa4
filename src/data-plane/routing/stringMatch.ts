/** Envoy's StringMatcher, and header, query and claim conditions made of it. */
import { assertNever } from '../../base/assertNever.ts';
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import type { HeaderMatcher, StringMatch } from '../../control-plane/envoy/http.ts';

export function stringMatches(match: StringMatch, value: string): boolean {
  if (match.kind === 'regex') {
    const expression = compileRe2(match.value);
    return expression.ok && expression.value.matchesWhole(value);
  }
  const wanted = match.ignoreCase ? match.value.toLowerCase() : match.value;
  const saw = match.ignoreCase ? value.toLowerCase() : value;
  switch (match.kind) {
    case 'exact':
      return saw === wanted;
    case 'prefix':
      return saw.startsWith(wanted);
    case 'suffix':
      return saw.endsWith(wanted);
    case 'contains':
      return saw.includes(wanted);
    default:
      return assertNever(match);
  }
}

/** `value` is the header's value (several joined by a comma), undefined when it is absent. */
export function headerMatches(matcher: HeaderMatcher, value: string | undefined): boolean {
  const { match, invert, treatMissingAsEmpty } = matcher;
  if (match === 'present') return (value !== undefined) !== invert;
  const text = value ?? (treatMissingAsEmpty ? '' : undefined);
  // A missing header fails the condition, inverted or not.
  if (text === undefined) return false;
  return stringMatches(match, text) !== invert;
}
