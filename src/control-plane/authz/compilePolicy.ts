/**
 * One AuthorizationPolicy -> its rules as Envoy policies, for one kind of chain. A policy without
 * rules becomes one that never matches, so that its filter exists: an ALLOW filter then denies.
 * Authority: istio pilot/pkg/security/authz/builder/builder.go build, policyName, isDryRun.
 */
import type { Origin } from '../../base/origin.ts';
import type { ResourceOf } from '../../resources/ofKind.ts';
import type { DroppedRule, RbacPolicy } from '../envoy/authz.ts';
import { compileRule } from './compileRule.ts';
import type { TrustDomains } from './trustDomains.ts';
import { parseGoBool } from './valueForms.ts';

export type AuthorizationPolicy = ResourceOf<'security.istio.io/AuthorizationPolicy'>;

export interface CompiledPolicy {
  readonly action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
  readonly dryRun: boolean;
  /** CUSTOM: the provider's name, '' when missing. */
  readonly provider: string;
  readonly rules: readonly RbacPolicy[];
  readonly dropped: readonly DroppedRule[];
  readonly origin: Origin;
}

const DRY_RUN = 'istio.io/dry-run';

export function compilePolicy(
  policy: AuthorizationPolicy,
  chain: 'http' | 'tcp',
  trustDomains: TrustDomains,
): CompiledPolicy {
  const { action = 'ALLOW', rules = [], provider } = policy.body.spec ?? {};
  const providerName = provider?.name ?? '';
  const id = (index: number): string =>
    `${action === 'CUSTOM' ? customPrefix(providerName) : ''}ns[${policy.namespace}]-policy[${policy.name}]-rule[${index}]`;
  const spec: Origin = { resource: policy.id, path: ['spec'] };
  const compiled: RbacPolicy[] = [];
  const dropped: DroppedRule[] = [];
  for (const [index, rule] of rules.entries()) {
    const result = compileRule({
      rule,
      id: id(index),
      origin: { resource: policy.id, path: ['spec', 'rules', index] },
      chain,
      strict: action === 'ALLOW',
      policyNamespace: policy.namespace,
      trustDomains,
    });
    if (result.ok) compiled.push(result.value);
    else dropped.push(result.error);
  }
  if (rules.length === 0) compiled.push({ id: id(0), matcher: { kind: 'never' }, origin: spec, ignored: [] });
  return {
    action,
    // An unreadable value counts as false; the webhook refuses it anyway.
    dryRun: parseGoBool(policy.annotations[DRY_RUN] ?? '') ?? false,
    provider: providerName,
    rules: compiled,
    dropped,
    origin: spec,
  };
}

/** Rules of CUSTOM policies are found again by this prefix. */
const customPrefix = (provider: string): string =>
  provider === '' ? 'istio-ext-authz-' : `istio-ext-authz-${provider}-`;
