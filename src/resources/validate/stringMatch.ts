/** StringMatch and regular expressions in routes (validateStringMatch). */

import type { FieldPath } from '../../base/origin.ts';
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import { goQuote } from '../go/quote.ts';
import type { StringMatch } from '../kinds/virtualService.ts';
import { error, type Findings, NOTHING } from './faults.ts';

export function validateStringMatch(at: FieldPath, match: StringMatch | undefined, where: string): Findings {
  if (match?.prefix === '') {
    return error([...at, 'prefix'], `${goQuote(where)}: prefix string match should not be empty`);
  }
  return validateStringMatchRegex(at, match, where);
}

/** Only the regular expression: an empty prefix of a URI is allowed. */
export function validateStringMatchRegex(at: FieldPath, match: StringMatch | undefined, where: string): Findings {
  if (match?.regex === undefined) return NOTHING;
  const path = [...at, 'regex'];
  if (match.regex === '') return error(path, `${goQuote(where)}: regex string match should not be empty`);
  return validateRegex(path, match.regex, where);
}

export function validateRegex(at: FieldPath, regex: string, where: string): Findings {
  if (regex.length > 1024) return error(at, `${goQuote(where)}: regex is too large, max length allowed is 1024`);
  const compiled = compileRe2(regex);
  if (compiled.ok) return NOTHING;
  return error(
    at,
    `${goQuote(where)}: ${compiled.error}; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)`,
  );
}
