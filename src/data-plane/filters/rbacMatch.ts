/**
 * Does a rule match? The truth value alone, as fast as it can be had; `rbacExplain.ts` says why.
 * Authority: Envoy source/extensions/filters/common/rbac/matchers.cc.
 */
import { assertNever } from '../../base/assertNever.ts';
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import type { RbacField, RbacMatcher, RbacTest } from '../../control-plane/envoy/authz.ts';
import type { StringMatch } from '../../control-plane/envoy/http.ts';
import { cidrContains } from '../../network/cidr.ts';
import { headerValue } from '../routing/routeMatch.ts';
import { stringMatches } from '../routing/stringMatch.ts';
import { claimValue, peerNames, type RbacInput, rbacPath } from './rbacInput.ts';

export function ruleMatches(matcher: RbacMatcher, input: RbacInput): boolean {
  switch (matcher.kind) {
    case 'any':
      return true;
    case 'never':
      return false;
    case 'and':
      return matcher.of.every((part) => ruleMatches(part, input));
    case 'or':
      return matcher.of.some((part) => ruleMatches(part, input));
    case 'field':
      return fieldHolds(matcher, input);
    default:
      return assertNever(matcher);
  }
}

/** One of the values matches; negated: none does. */
export const fieldHolds = (field: RbacField, input: RbacInput): boolean =>
  field.anyOf.some((value) => testMatches(value.test, input)) !== field.negated;

export function testMatches(test: RbacTest, input: RbacInput): boolean {
  switch (test.on) {
    case 'authenticated': {
      const names = peerNames(input.downstream);
      return names !== undefined && isPeer(test, names);
    }
    case 'direct-remote-ip':
      return cidrContains(test.cidr, input.downstream.directRemoteIp);
    case 'remote-ip':
      return cidrContains(test.cidr, input.remoteIp);
    case 'destination-ip':
      return cidrContains(test.cidr, input.downstream.localIp);
    case 'destination-port':
      return input.downstream.localPort === test.port;
    case 'sni':
      // Without a server name the text is empty, not missing.
      return stringMatches(test.match, input.downstream.sni ?? '');
    case 'header': {
      const value = input.request && headerValue(input.request, test.name);
      return value !== undefined && (test.match === 'present' || stringMatches(test.match, value));
    }
    case 'path':
      return input.request !== undefined && stringMatches(test.match, rbacPath(input.request));
    case 'path-template':
      return input.request !== undefined && templateMatches(test.template, rbacPath(input.request));
    case 'request-principal':
      return (
        isText(test.issuer, claimValue(input.jwtPayload, ['iss'])) &&
        isText(test.subject, claimValue(input.jwtPayload, ['sub']))
      );
    case 'jwt-claim':
      return isTextOrElement(test.match, claimValue(input.jwtPayload, test.path));
    case 'dynamic-metadata': {
      const value = input.dynamicMetadata?.get(test.filter)?.get(test.key);
      if (!test.list) return isText(test.match, value);
      return Array.isArray(value) && value.some((element) => isText(test.match, element));
    }
    default:
      return assertNever(test);
  }
}

type PeerTest = Extract<RbacTest, { on: 'authenticated' }>;

/** A mesh has few identities and asks for them often, mostly by regular expression: verdicts are kept. */
const peerVerdicts = new WeakMap<PeerTest, WeakMap<readonly string[], boolean>>();

function isPeer(test: PeerTest, names: readonly string[]): boolean {
  const known = peerVerdicts.get(test) ?? new WeakMap<readonly string[], boolean>();
  peerVerdicts.set(test, known);
  const verdict = known.get(names);
  if (verdict !== undefined) return verdict;
  const computed = names.some((name) => test.anyOf.some((match) => stringMatches(match, name)));
  known.set(names, computed);
  return computed;
}

/** Numbers, booleans and null never match, not even a star. */
const isText = (match: StringMatch, value: unknown): boolean =>
  typeof value === 'string' && stringMatches(match, value);

const isTextOrElement = (match: StringMatch, value: unknown): boolean =>
  Array.isArray(value) ? value.some((element) => isText(match, element)) : isText(match, value);

const SEGMENT = "[A-Za-z0-9\\-._~%!$&'()+,;:@=]";
const TAIL = "[A-Za-z0-9\\-._~%!$&'()+,;:@=/]";

/** `*` is one segment with something in it, `**` anything, also nothing. Authority: Envoy uri_template. */
export function templateMatches(template: string, path: string): boolean {
  const pattern = template
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? `${TAIL}*` : part === '*' ? `${SEGMENT}+` : part.replace(/[.+()$]/g, '\\$&')))
    .join('');
  const expression = compileRe2(pattern);
  return expression.ok && expression.value.matchesWhole(path);
}
