/**
 * Compiled policies of one proxy -> RBAC filters, in order: CUSTOM (by provider name, each with its
 * ext_authz), AUDIT, DENY, ALLOW. Dry-run policies are shadow rules of the same filter; a filter
 * without enforced policies enforces nothing. A provider that cannot be used makes its rules deny.
 * Authority: istio pilot/pkg/security/authz/builder/builder.go buildHTTP, buildTCP.
 */
import type { Reason } from '../../trace/step.ts';
import type { HttpExtAuthz, HttpRbac, RbacPolicy } from '../envoy/authz.ts';
import type { CompiledPolicy } from './compilePolicy.ts';
import type { ResolvedProvider } from './providers.ts';

/** Envoy keeps the policies of a filter in a map ordered by id, and reports the first that matches. */
const byId = (policies: readonly RbacPolicy[]): readonly RbacPolicy[] =>
  policies.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

const rulesOf = (policies: readonly CompiledPolicy[]): readonly RbacPolicy[] =>
  byId(policies.flatMap((policy) => policy.rules));

const common = (policies: readonly CompiledPolicy[]): Pick<HttpRbac, 'dropped' | 'origins'> => ({
  dropped: policies.flatMap((policy) => policy.dropped),
  origins: policies.map((policy) => policy.origin),
});

const PHASES = [
  { phase: 'audit', action: 'log', of: 'AUDIT' },
  { phase: 'deny', action: 'deny', of: 'DENY' },
  { phase: 'allow', action: 'allow', of: 'ALLOW' },
] as const;

/** AUDIT, DENY and ALLOW; one filter for each that has a policy. */
export function localFilters(policies: readonly CompiledPolicy[]): readonly HttpRbac[] {
  return PHASES.flatMap(({ phase, action, of }): readonly HttpRbac[] => {
    const own = policies.filter((policy) => policy.action === of);
    if (own.length === 0) return [];
    const enforced = own.filter((policy) => !policy.dryRun);
    const shadow = own.filter((policy) => policy.dryRun);
    return [
      {
        phase,
        action,
        ...(enforced.length === 0 ? {} : { rules: rulesOf(enforced) }),
        ...(shadow.length === 0 ? {} : { shadowRules: rulesOf(shadow) }),
        ...common(own),
      },
    ];
  });
}

/** An RBAC filter of the CUSTOM phase, and the ext_authz that it triggers. */
export interface CustomPair {
  readonly rbac: HttpRbac;
  /** Absent when the provider cannot be used and the rules deny. */
  readonly extAuthz?: HttpExtAuthz;
}

export function customFilters(
  policies: readonly CompiledPolicy[],
  chain: 'http' | 'tcp',
  resolve: (provider: string) => ResolvedProvider,
  severalProviders: boolean,
): readonly CustomPair[] {
  const custom = policies.filter((policy) => policy.action === 'CUSTOM');
  const names = [...new Set(custom.map((policy) => policy.provider))].sort();
  const tooMany: Reason | undefined =
    names.length > 1 && !severalProviders
      ? { code: 'several-custom-providers', params: { providers: names.join(', ') } }
      : undefined;
  return names.flatMap((provider): readonly CustomPair[] => {
    const own = custom.filter((policy) => policy.provider === provider);
    const enforced = own.filter((policy) => !policy.dryRun);
    const resolved = tooMany === undefined ? resolve(provider) : { ok: false as const, error: tooMany };
    if (!resolved.ok) return [{ rbac: denyInstead(provider, own, enforced, resolved.error) }];
    // An HTTP authorizer cannot be asked about a TCP connection: the policy is not enforced there.
    if (chain === 'tcp' && resolved.value.protocol === 'http') return [];
    // The webhook refuses dry-run here; past it, istiod would enforce such rules as a denial.
    const dryRun = own.filter((policy) => policy.dryRun);
    return [
      {
        rbac: {
          phase: 'custom',
          action: 'deny',
          provider,
          ...(dryRun.length === 0 ? {} : { rules: rulesOf(dryRun) }),
          shadowRules: rulesOf(enforced),
          ...common(own),
        },
        extAuthz: resolved.value,
      },
    ];
  });
}

function denyInstead(
  provider: string,
  own: readonly CompiledPolicy[],
  enforced: readonly CompiledPolicy[],
  badProvider: Reason,
): HttpRbac {
  const rules = enforced
    .flatMap((policy) => policy.rules)
    .map((rule) => ({ ...rule, id: `${rule.id}-deny-due-to-bad-CUSTOM-action` }));
  return { phase: 'custom', action: 'deny', provider, badProvider, rules: byId(rules), ...common(own) };
}
