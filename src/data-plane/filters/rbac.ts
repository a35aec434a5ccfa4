/**
 * Envoy's RBAC filter, HTTP and network: the first matching policy in id order decides; dry-run and
 * CUSTOM rules are evaluated in the shadow, before, and leave their result for the filters after.
 * Records one step with every rule and why it did or did not match. Authority: Envoy
 * source/extensions/filters/{http,network}/rbac, filters/common/rbac/engine_impl.cc.
 */

import type { Origin } from '../../base/origin.ts';
import type { HttpRbac, NetworkRbac, RbacPolicy } from '../../control-plane/envoy/authz.ts';
import type { RbacRuleEvaluation, RbacStep, Step } from '../../trace/step.ts';
import type { DownstreamInfo, FilterContext, FilterResult, FilterState } from './filter.ts';
import { explainRule } from './rbacExplain.ts';
import type { RbacInput } from './rbacInput.ts';
import { ruleMatches } from './rbacMatch.ts';

export interface RbacVerdict {
  readonly allowed: boolean;
  /** The enforced rule that matched: of DENY it denies, of ALLOW it allows. */
  readonly matched?: RbacPolicy;
  readonly shadow?: { readonly allowed: boolean; readonly matched?: RbacPolicy };
}

const firstMatch = (policies: readonly RbacPolicy[], input: RbacInput): RbacPolicy | undefined =>
  policies.find((policy) => ruleMatches(policy.matcher, input));

/** The verdict without reasons: a few comparisons. */
export function decideRbac(rbac: HttpRbac, input: RbacInput): RbacVerdict {
  const judge = (policies: readonly RbacPolicy[]): { readonly allowed: boolean; readonly matched?: RbacPolicy } => {
    const matched = firstMatch(policies, input);
    const allowed = rbac.action === 'log' || (matched !== undefined) === (rbac.action === 'allow');
    return matched === undefined ? { allowed } : { allowed, matched };
  };
  return {
    ...(rbac.rules === undefined ? { allowed: true } : judge(rbac.rules)),
    ...(rbac.shadowRules === undefined ? {} : { shadow: judge(rbac.shadowRules) }),
  };
}

/** What CUSTOM rules, and dry-run rules of either kind, are noted under. */
const shadowPrefix = (rbac: HttpRbac): string =>
  rbac.phase === 'custom' ? 'istio_ext_authz_' : `istio_dry_run_${rbac.action}_`;

/** State that both kinds of chain carry from filter to filter. */
type Notes = Pick<FilterState, 'customTriggered' | 'dynamicMetadata'>;

function noteShadow(filterName: string, rbac: HttpRbac, verdict: RbacVerdict, notes: Notes): void {
  if (verdict.shadow === undefined || rbac.action === 'log') return;
  const { allowed, matched } = verdict.shadow;
  notes.dynamicMetadata ??= new Map();
  const metadata = notes.dynamicMetadata.get(filterName) ?? new Map<string, unknown>();
  notes.dynamicMetadata.set(filterName, metadata);
  metadata.set(`${shadowPrefix(rbac)}shadow_engine_result`, allowed ? 'allowed' : 'denied');
  if (matched !== undefined) metadata.set(`${shadowPrefix(rbac)}shadow_effective_policy_id`, matched.id);
  if (rbac.phase === 'custom' && matched !== undefined && rbac.provider !== undefined)
    notes.customTriggered = rbac.provider;
}

function decision(rbac: HttpRbac, verdict: RbacVerdict): RbacStep['decision'] {
  if (!verdict.allowed) return 'denied';
  if (rbac.phase === 'audit') return verdict.matched === undefined ? 'allowed' : 'logged';
  if (rbac.phase === 'custom' && rbac.badProvider === undefined)
    return verdict.shadow?.matched === undefined ? 'not-triggered' : 'triggered';
  return 'allowed';
}

/** Most decisive first: the rule that matched with the values that held; of a miss, the policies in force. */
function deciders(
  rbac: HttpRbac,
  matched: RbacPolicy | undefined,
  rules: readonly RbacRuleEvaluation[],
): readonly Origin[] {
  if (matched === undefined) return rbac.origins;
  const held = rules.find(({ policyId }) => policyId === matched.id)?.heldBy ?? [];
  return [matched.origin, ...held];
}

function rbacStep(rbac: HttpRbac, layer: RbacStep['layer'], verdict: RbacVerdict, input: RbacInput): RbacStep {
  const explain = (policies: readonly RbacPolicy[]): readonly RbacRuleEvaluation[] =>
    policies.map((policy) => explainRule(policy, input));
  const custom = rbac.phase === 'custom' && rbac.badProvider === undefined;
  const matched = custom ? (verdict.matched ?? verdict.shadow?.matched) : verdict.matched;
  const rules = explain((custom ? rbac.shadowRules : rbac.rules) ?? []);
  const denied = !verdict.allowed;
  return {
    kind: 'rbac-check',
    phase: rbac.phase,
    layer,
    decision: decision(rbac, verdict),
    ...(matched === undefined && !denied ? {} : { matchedPolicy: matched?.id ?? 'none' }),
    ...(rbac.provider === undefined ? {} : { provider: rbac.provider }),
    ...(rbac.badProvider === undefined ? {} : { badProvider: rbac.badProvider }),
    rules,
    dropped: rbac.dropped.map(({ policyId, why, field }) => ({ name: policyId, reason: why, origin: field })),
    ...(custom || verdict.shadow === undefined
      ? {}
      : {
          shadow: {
            decision: verdict.shadow.allowed ? ('allowed' as const) : ('denied' as const),
            ...(verdict.shadow.matched === undefined ? {} : { matchedPolicy: verdict.shadow.matched.id }),
            rules: explain(rbac.shadowRules ?? []),
          },
        }),
    origins: deciders(rbac, matched, rules),
  };
}

/** Denials by DENY carry the policy's id, a miss of all ALLOW policies `none`. */
const denialDetails = (rbac: HttpRbac, verdict: RbacVerdict): string => {
  const id = rbac.action === 'deny' ? (verdict.matched?.id ?? 'none') : 'none';
  return `rbac_access_denied_matched_policy[${id.replaceAll(/\s/g, '_')}]`;
};

export function runHttpRbac(rbac: HttpRbac, state: FilterState, context: Pick<FilterContext, 'record'>): FilterResult {
  const verdict = decideRbac(rbac, state);
  noteShadow('envoy.filters.http.rbac', rbac, verdict, state);
  context.record(rbacStep(rbac, 'http', verdict, state));
  if (verdict.allowed) return { kind: 'continue' };
  return {
    kind: 'local-reply',
    status: 403,
    body: 'RBAC: access denied',
    headers: [],
    details: denialDetails(rbac, verdict),
    flags: [],
  };
}

/** What one TCP connection carries through its network filters. */
export interface NetworkFilterState extends Notes {
  readonly downstream: DownstreamInfo;
}

export type NetworkFilterResult =
  | { readonly kind: 'continue' }
  /** The connection ends without a byte from behind. */
  | {
      readonly kind: 'close';
      readonly flags: readonly string[];
      /** RESPONSE_CODE_DETAILS */
      readonly details?: string;
      /** CONNECTION_TERMINATION_DETAILS */
      readonly termination?: string;
    };

/** Evaluated once, when the first byte of the client arrives: a silent client is never denied. */
export function evaluateNetworkRbac(
  rbac: NetworkRbac,
  state: NetworkFilterState,
  record: (step: Step) => void,
): NetworkFilterResult {
  const input: RbacInput = {
    downstream: state.downstream,
    remoteIp: state.downstream.directRemoteIp,
    ...(state.dynamicMetadata === undefined ? {} : { dynamicMetadata: state.dynamicMetadata }),
  };
  const verdict = decideRbac(rbac, input);
  noteShadow('envoy.filters.network.rbac', rbac, verdict, state);
  record(rbacStep(rbac, 'network', verdict, input));
  return verdict.allowed
    ? { kind: 'continue' }
    : { kind: 'close', flags: [], termination: denialDetails(rbac, verdict) };
}
