/**
 * Rules and matches of a VirtualService that no request reaches (analyzeUnreachable...Rules): a
 * rule without matches before others, a match that is written twice, a prefix behind a shorter one.
 */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { HttpMatchRequest, HttpRoute, StringMatch, VirtualServiceSpec } from '../kinds/virtualService.ts';
import { all, type Findings, NOTHING, warning } from './faults.ts';

interface Rule {
  readonly name?: string;
  readonly match?: readonly object[];
}

const ruleName = (rule: { readonly name?: string } | undefined, index: number) =>
  rule?.name ? goQuote(rule.name) : `#${index}`;

const unused = (at: FieldPath, rule: string, reason: string) =>
  warning(at, `virtualService rule ${rule} not used (${reason})`);

const ineffective = (at: FieldPath, rule: string, match: string, duplicateOf: string) =>
  warning(
    at,
    `virtualService rule ${rule} match ${match} is not used (duplicate/overlapping match in rule ${duplicateOf})`,
  );

export function findUnreachableRules(spec: VirtualServiceSpec): Findings {
  return all(
    findUnusedMatches(['spec', 'http'], spec.http ?? []),
    findCoveredPrefixes(spec.http ?? []),
    findUnusedMatches(['spec', 'tcp'], spec.tcp ?? []),
    findUnusedMatches(['spec', 'tls'], spec.tls ?? []),
  );
}

function findUnusedMatches(at: FieldPath, rules: readonly Rule[]): Findings {
  const seen = new Map<string, number>();
  let catchAll = false;
  let findings = NOTHING;
  const add = (found: Findings) => {
    findings = all(findings, found);
  };
  for (const [index, rule] of rules.entries()) {
    const path = [...at, index];
    const name = ruleName(rule, index);
    const matches = rule.match ?? [];
    if (matches.length === 0) {
      if (catchAll) add(unused(path, name, 'only the last rule can have no matches'));
      catchAll = true;
      continue;
    }
    let duplicates = 0;
    for (const [matchIndex, match] of matches.entries()) {
      if (catchAll) {
        add(unused(path, name, 'route without matches defined before'));
        continue;
      }
      const key = matchKey(match);
      const earlier = seen.get(key);
      if (earlier === undefined) {
        seen.set(key, index);
        continue;
      }
      duplicates++;
      const matchName = ruleName(match as { name?: string }, matchIndex);
      add(ineffective([...path, 'match', matchIndex], name, matchName, ruleName(rules[earlier], earlier)));
    }
    if (duplicates === matches.length) add(unused(path, name, 'all matches used by prior rules'));
  }
  return findings;
}

/** The match without its name, as text that is equal for equal matches. */
function matchKey(match: object): string {
  const { name: _name, ...rest } = match as { name?: string };
  return canonical(rest, true);
}

/** Protobuf does not tell zero values from absent ones, except inside a StringMatch. */
function canonical(value: unknown, dropsZero: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, true)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const isStringMatch = 'exact' in value || 'prefix' in value || 'regex' in value;
  const fields = Object.entries(value)
    .filter(([, field]) => !dropsZero || isStringMatch || !isZero(field))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field, !isStringMatch)}`);
  return `{${fields.join(',')}}`;
}

const isZero = (value: unknown) =>
  value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);

interface PrefixMatch {
  readonly at: FieldPath;
  readonly rule: string;
  readonly match: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly queryParams: ReadonlyMap<string, string>;
  readonly withoutHeaders: ReadonlyMap<string, string>;
}

const matchText = (match: StringMatch | undefined) => {
  if (match?.exact) return `exact:${match.exact}`;
  return match?.prefix ? `prefix:${match.prefix}` : '';
};

const matchTexts = (matches: Readonly<Record<string, StringMatch>> | undefined) =>
  new Map(Object.entries(matches ?? {}).map(([name, match]) => [name, matchText(match)]));

/** Prefix matches, without those that are written twice. */
function prefixMatches(rules: readonly HttpRoute[]): readonly PrefixMatch[] {
  const seen = new Set<string>();
  const found: PrefixMatch[] = [];
  for (const [index, rule] of rules.entries()) {
    const matches: readonly HttpMatchRequest[] = rule.match ?? [];
    // Behind a rule without matches nothing is looked at.
    if (matches.length === 0) break;
    for (const [matchIndex, match] of matches.entries()) {
      const key = matchKey(match);
      if (seen.has(key)) continue;
      seen.add(key);
      const prefix = match.uri?.prefix;
      if (!prefix) continue;
      found.push({
        at: ['spec', 'http', index, 'match', matchIndex],
        rule: ruleName(rule, index),
        match: ruleName(match, matchIndex),
        prefix,
        port: match.port ?? 0,
        method: matchText(match.method) || 'exact:GET',
        authority: matchText(match.authority),
        headers: matchTexts(match.headers),
        queryParams: matchTexts(match.queryParams),
        withoutHeaders: matchTexts(match.withoutHeaders),
      });
    }
  }
  return found;
}

function findCoveredPrefixes(rules: readonly HttpRoute[]): Findings {
  const matches = prefixMatches(rules);
  const found: Findings[] = [];
  for (const [index, earlier] of matches.entries()) {
    for (const later of matches.slice(index + 1)) {
      if (later.prefix === earlier.prefix || !covers(earlier, later)) continue;
      const what = `${later.match} of prefix ${later.prefix}`;
      const by = `${earlier.match} of prefix ${earlier.prefix} on ${earlier.rule}`;
      found.push(ineffective(later.at, later.rule, what, by));
    }
  }
  return found.length === 0 ? NOTHING : all(...found);
}

function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    later.prefix.startsWith(earlier.prefix) &&
    later.port === earlier.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    coversAll(earlier.headers, later.headers) &&
    coversAll(earlier.queryParams, later.queryParams) &&
    coversAll(earlier.withoutHeaders, later.withoutHeaders)
  );
}

const coversAll = (earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>) =>
  earlier.size === later.size &&
  [...earlier].every(([name, text]) => later.has(name) && text.startsWith(later.get(name) ?? ''));
