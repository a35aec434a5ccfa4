/**
 * Regular expressions as Envoy and istiod read them: RE2 syntax, linear time, whole-text match
 * (Envoy's safe_regex always matches the whole value). Errors carry the RE2 text that istiod's
 * validation repeats. Compiled expressions are remembered; sizes are bounded, so no text hangs.
 */
import { RE2JS } from 're2js';
import { err, ok, type Result } from '../result.ts';

export interface Re2 {
  readonly pattern: string;
  /** RE2's measure of cost; Istio's proxies refuse above 32768. */
  readonly programSize: number;
  readonly matchesWhole: (text: string) => boolean;
  readonly matchesPart: (text: string) => boolean;
  /** RE2::GlobalReplace: `\0` to `\9` in the rewrite are the match and its groups, `\\` a backslash. */
  readonly replaceAll: (text: string, rewrite: string) => string;
}

/** Far above the 1,024 characters that istiod accepts from users. */
const MAX_PATTERN_LENGTH = 16_384;
/** Runtime key re2.max_program_size.error_level of Istio's bootstrap. */
const MAX_PROGRAM_SIZE = 32_768;
const MAX_REMEMBERED = 2_000;

const remembered = new Map<string, Result<Re2, string>>();

/** The error is a sentence in RE2's (and Go's) words, e.g. ``error parsing regexp: missing closing ]: `[a` ``. */
export function compileRe2(pattern: string): Result<Re2, string> {
  const known = remembered.get(pattern);
  if (known !== undefined) return known;
  const compiled = compile(pattern);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): Result<Re2, string> {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return err(`error parsing regexp: expression is longer than ${MAX_PATTERN_LENGTH} characters`);
  }
  try {
    const expression = RE2JS.compile(pattern);
    const programSize = expression.programSize();
    if (programSize > MAX_PROGRAM_SIZE) {
      return err(
        `regex RE2 program size of ${programSize} > max program size of ${MAX_PROGRAM_SIZE} set for the error level threshold`,
      );
    }
    return ok({
      pattern,
      programSize,
      matchesWhole: (text) => expression.matches(text),
      matchesPart: (text) => expression.matcher(text).find(),
      replaceAll: (text, rewrite) => replaceAll(expression, text, rewrite),
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

function replaceAll(expression: RE2JS, text: string, rewrite: string): string {
  const matcher = expression.matcher(text);
  let out = '';
  let from = 0;
  let lastEnd = -1;
  while (matcher.find()) {
    const start = matcher.start();
    const end = matcher.end();
    // An empty match right after the last match does not count.
    if (start === end && start === lastEnd) continue;
    const group = (index: number) => (index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '');
    const replacement = rewrite.replace(/\\([0-9\\])/g, (_, sign: string) =>
      sign === '\\' ? '\\' : group(Number(sign)),
    );
    out += text.slice(from, start) + replacement;
    from = end;
    lastEnd = end;
  }
  return out + text.slice(from);
}
