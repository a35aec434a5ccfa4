/**
 * Why a rule matched, or what kept it from it. Of alternatives (entries of `from` and of `to`) the
 * one with the fewest failing fields is told, the first of equals; so the number of failing fields
 * says how near a miss was.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { Origin } from '../../base/origin.ts';
import type { RbacField, RbacMatcher, RbacPolicy, RbacTest } from '../../control-plane/envoy/authz.ts';
import type { RbacFailedField, RbacRuleEvaluation } from '../../trace/step.ts';
import { headerValue } from '../routing/routeMatch.ts';
import { claimValue, peerNames, type RbacInput, rbacPath } from './rbacInput.ts';
import { fieldHolds, ruleMatches, testMatches } from './rbacMatch.ts';

export function explainRule(policy: RbacPolicy, input: RbacInput): RbacRuleEvaluation {
  const matched = ruleMatches(policy.matcher, input);
  return {
    policyId: policy.id,
    origin: policy.origin,
    matched,
    heldBy: matched ? holding(policy.matcher, input) : [],
    failed: matched ? [] : failing(policy.matcher, input),
    ignored: policy.ignored.map(({ origin }) => origin),
  };
}

/** The values that made it hold; of alternatives the first that did. */
function holding(matcher: RbacMatcher, input: RbacInput): readonly Origin[] {
  switch (matcher.kind) {
    case 'any':
    case 'never':
      return [];
    case 'and':
      return matcher.of.flatMap((part) => holding(part, input));
    case 'or': {
      const held = matcher.of.find((part) => ruleMatches(part, input));
      return held === undefined ? [] : holding(held, input);
    }
    case 'field': {
      const value = matcher.negated ? undefined : matcher.anyOf.find(({ test }) => testMatches(test, input));
      return [value?.origin ?? matcher.origin];
    }
    default:
      return assertNever(matcher);
  }
}

function failing(matcher: RbacMatcher, input: RbacInput): readonly RbacFailedField[] {
  switch (matcher.kind) {
    case 'any':
    case 'never':
      return [];
    case 'and':
      return matcher.of.flatMap((part) => failing(part, input));
    case 'or': {
      const ways = matcher.of.map((part) => failing(part, input));
      return ways.reduce((nearest, way) => (way.length < nearest.length ? way : nearest), ways[0] ?? []);
    }
    case 'field':
      return fieldHolds(matcher, input) ? [] : [failedField(matcher, input)];
    default:
      return assertNever(matcher);
  }
}

function failedField(field: RbacField, input: RbacInput): RbacFailedField {
  // Of a negated field only the value that the call has is of interest.
  const value = field.negated ? field.anyOf.find(({ test }) => testMatches(test, input)) : undefined;
  const first = value ?? field.anyOf[0];
  const seen = first === undefined ? undefined : saw(first.test, input);
  return {
    field: field.name,
    negated: field.negated,
    wanted: value === undefined ? field.anyOf.map(({ wanted }) => wanted) : [value.wanted],
    ...(seen === undefined ? {} : { saw: seen }),
    origin: value?.origin ?? field.origin,
  };
}

/** What the call has where the test looks; undefined when it has nothing there. */
function saw(test: RbacTest, input: RbacInput): string | undefined {
  switch (test.on) {
    case 'authenticated':
      return peerNames(input.downstream)?.find((name) => name !== '');
    case 'direct-remote-ip':
      return input.downstream.directRemoteIp;
    case 'remote-ip':
      return input.remoteIp;
    case 'destination-ip':
      return input.downstream.localIp;
    case 'destination-port':
      return String(input.downstream.localPort);
    case 'sni':
      return input.downstream.sni;
    case 'header':
      return input.request && headerValue(input.request, test.name);
    case 'path':
    case 'path-template':
      return input.request && rbacPath(input.request);
    case 'request-principal':
      return requestPrincipal(input.jwtPayload);
    case 'jwt-claim':
      return show(claimValue(input.jwtPayload, test.path));
    case 'dynamic-metadata':
      return show(input.dynamicMetadata?.get(test.filter)?.get(test.key));
    default:
      return assertNever(test);
  }
}

const show = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** `issuer/subject`; a token without one of them has no principal that could match. */
export function requestPrincipal(payload: RbacInput['jwtPayload']): string | undefined {
  if (payload === undefined) return undefined;
  return `${show(claimValue(payload, ['iss'])) ?? ''}/${show(claimValue(payload, ['sub'])) ?? ''}`;
}
