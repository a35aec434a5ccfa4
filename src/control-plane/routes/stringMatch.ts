/** Istio's StringMatch -> Envoy's; which of the three is a protobuf oneof, so at most one is set. */
import type { StringMatch as IstioStringMatch } from '../../resources/kinds/virtualService.ts';
import type { StringMatch } from '../envoy/http.ts';

/** Undefined when no form is set. */
export function translateStringMatch(match: IstioStringMatch): StringMatch | undefined {
  if (match.exact !== undefined) return { kind: 'exact', value: match.exact, ignoreCase: false };
  if (match.prefix !== undefined) return { kind: 'prefix', value: match.prefix, ignoreCase: false };
  if (match.regex !== undefined) return { kind: 'regex', value: match.regex };
  return undefined;
}

/** Of headers and query parameters: nothing set, or the regex `*`, asks only for presence. */
export function translateValueMatch(match: IstioStringMatch): StringMatch | 'present' {
  if (match.regex === '*') return 'present';
  return translateStringMatch(match) ?? 'present';
}
