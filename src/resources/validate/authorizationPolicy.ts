/** ValidateAuthorizationPolicy; every error is prefixed `invalid policy NAME.NAMESPACE:`. */
import type { FieldPath } from '../../base/origin.ts';
import type {
  AuthorizationCondition,
  AuthorizationOperation,
  AuthorizationPolicySpec,
  AuthorizationRule,
  AuthorizationSource,
} from '../kinds/authorizationPolicy.ts';
import {
  validateAttribute,
  validateIps,
  validateNoEmptyValues,
  validatePathTemplates,
  validatePorts,
  validateServiceAccounts,
  validateTrustDomains,
} from './authorizationValues.ts';
import { all, each, error, type Findings, faultsText, hasErrors, NOTHING, prefixed, warning } from './faults.ts';
import { validateTargets } from './selectors.ts';

const RULES: FieldPath = ['spec', 'rules'];

export function validateAuthorizationPolicy(
  spec: AuthorizationPolicySpec,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Findings {
  const action = spec.action ?? 'ALLOW';
  const hasRules = has(spec.rules);
  return prefixed(
    `invalid policy ${name}.${namespace}:`,
    all(
      validateTargets(spec),
      action === 'CUSTOM' ? validateCustom(spec) : NOTHING,
      spec.provider !== undefined && action !== 'CUSTOM'
        ? error(['spec', 'provider'], `\`provider\` must not be with non CUSTOM action, found ${action}`)
        : NOTHING,
      action === 'DENY' && !hasRules ? error(['spec'], withoutRules('DENY')) : NOTHING,
      each(spec.rules, (rule, index) => validateRule(rule, index, action === 'DENY')),
    ),
  );
}

const withoutRules = (action: string) =>
  `${action} action without \`rules\` is meaningless as it will never be triggered, add an empty rule \`{}\` if you want it be triggered for every request`;

const has = (values: readonly unknown[] | undefined) => (values?.length ?? 0) > 0;

const UNSUPPORTED_IN_CUSTOM = [
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'trustDomains',
  'notTrustDomains',
  'principals',
  'notPrincipals',
  'requestPrincipals',
  'notRequestPrincipals',
] as const;

const UNSUPPORTED_KEYS = ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal'];

const goName = (field: string) => field.charAt(0).toUpperCase() + field.slice(1);

function validateCustom(spec: AuthorizationPolicySpec): Findings {
  if (!has(spec.rules)) return error(['spec'], withoutRules('CUSTOM'));
  const unsupported = (path: FieldPath, what: string) =>
    error(path, `${what} is currently not supported with CUSTOM action`);
  return all(
    spec.provider?.name ? NOTHING : error(['spec', 'provider'], '`provider.name` must not be empty'),
    each(spec.rules, (rule, index) =>
      all(
        each(rule.from, (from, fromIndex) =>
          all(
            ...UNSUPPORTED_IN_CUSTOM.filter((field) => has(from.source?.[field])).map((field) =>
              unsupported([...RULES, index, 'from', fromIndex, 'source', field], `From.${goName(field)}`),
            ),
          ),
        ),
        each(rule.when, (when, whenIndex) => {
          const key = when.key ?? '';
          const bad = UNSUPPORTED_KEYS.includes(key) || key.startsWith('request.auth.');
          return bad ? unsupported([...RULES, index, 'when', whenIndex, 'key'], key) : NOTHING;
        }),
      ),
    ),
  );
}

function validateRule(rule: AuthorizationRule, index: number, isDeny: boolean): Findings {
  const at = [...RULES, index];
  const sources = (rule.from ?? []).flatMap((from) => (from.source === undefined ? [] : [from.source]));
  const operations = (rule.to ?? []).flatMap((to) => (to.operation === undefined ? [] : [to.operation]));
  const tcpInFrom = sources.some((source) => TCP_SOURCE_FIELDS.some((field) => has(source[field])));
  const tcpInTo = operations.some((operation) => has(operation.ports) || has(operation.notPorts));
  const deniesAllTcp =
    (sources.length > 0 && operations.length === 0 && !tcpInFrom) || (operations.length > 0 && !tcpInTo);
  return all(
    each(rule.from, ({ source }, n) => {
      const path = [...at, 'from', n];
      if (source !== undefined) return validateSource([...path, 'source'], source, index);
      return error(path, `\`from.source\` must not be nil, found at rule ${index}`);
    }),
    each(rule.to, ({ operation }, n) => {
      const path = [...at, 'to', n];
      if (operation !== undefined) return validateOperation([...path, 'operation'], operation, index);
      return error(path, `\`to.operation\` must not be nil, found at rule ${index}`);
    }),
    each(rule.when, (condition, n) => validateCondition([...at, 'when', n], condition)),
    deniesAllTcp && isDeny ? warning(at, DENIES_ALL_TCP) : NOTHING,
  );
}

const DENIES_ALL_TCP =
  'configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port';

/** trustDomains is a TCP attribute too, but istiod does not count it. */
const TCP_SOURCE_FIELDS = [
  'notPrincipals',
  'principals',
  'ipBlocks',
  'notIpBlocks',
  'namespaces',
  'notNamespaces',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
  'serviceAccounts',
  'notServiceAccounts',
] as const;

function validateSource(at: FieldPath, source: AuthorizationSource, rule: number): Findings {
  const identities = [source.principals, source.notPrincipals, source.namespaces, source.notNamespaces].some(has);
  const accounts = has(source.serviceAccounts) || has(source.notServiceAccounts);
  const noEmpty = (field: keyof AuthorizationSource) =>
    validateNoEmptyValues([...at, field], goName(field), source[field]);
  return all(
    identities && accounts
      ? error(at, `cannot set serviceAccounts with namespaces or principals, found at rule ${rule}`)
      : NOTHING,
    Object.values(source).some(has) ? NOTHING : error(at, `\`from.source\` must not be empty, found at rule ${rule}`),
    validateIps([...at, 'ipBlocks'], source.ipBlocks),
    validateIps([...at, 'notIpBlocks'], source.notIpBlocks),
    validateIps([...at, 'remoteIpBlocks'], source.remoteIpBlocks),
    validateIps([...at, 'notRemoteIpBlocks'], source.notRemoteIpBlocks),
    noEmpty('principals'),
    noEmpty('requestPrincipals'),
    noEmpty('namespaces'),
    validateServiceAccounts([...at, 'serviceAccounts'], 'ServiceAccounts', source.serviceAccounts),
    validateTrustDomains([...at, 'trustDomains'], 'TrustDomains', source.trustDomains),
    noEmpty('ipBlocks'),
    noEmpty('remoteIpBlocks'),
    noEmpty('notPrincipals'),
    noEmpty('notRequestPrincipals'),
    noEmpty('notNamespaces'),
    validateServiceAccounts([...at, 'notServiceAccounts'], 'NotServiceAccounts', source.notServiceAccounts),
    validateTrustDomains([...at, 'notTrustDomains'], 'NotTrustDomains', source.notTrustDomains),
    noEmpty('notIpBlocks'),
    noEmpty('notRemoteIpBlocks'),
  );
}

const OPERATION_FIELDS = [
  'ports',
  'methods',
  'paths',
  'hosts',
  'notPorts',
  'notMethods',
  'notPaths',
  'notHosts',
] as const;

function validateOperation(at: FieldPath, operation: AuthorizationOperation, rule: number): Findings {
  return all(
    Object.values(operation).some(has)
      ? NOTHING
      : error(at, `\`to.operation\` must not be empty, found at rule ${rule}`),
    validatePorts([...at, 'ports'], operation.ports),
    validatePorts([...at, 'notPorts'], operation.notPorts),
    ...OPERATION_FIELDS.map((field) => validateNoEmptyValues([...at, field], goName(field), operation[field])),
    validatePathTemplates([...at, 'paths'], 'Paths', operation.paths),
    validatePathTemplates([...at, 'notPaths'], 'NotPaths', operation.notPaths),
  );
}

function validateCondition(at: FieldPath, condition: AuthorizationCondition): Findings {
  const { key, values, notValues } = condition;
  if (!key) return error(at, '`key` must not be empty');
  if (!has(values) && !has(notValues)) {
    return error(at, `at least one of \`values\` or \`notValues\` must be set for key ${key}`);
  }
  const check = (what: 'value' | 'notValue', list: readonly string[] | undefined) => {
    const found = validateAttribute([...at, `${what}s`], key, list);
    if (!hasErrors(found)) return NOTHING;
    const path = found.errors.items[0]?.path ?? at;
    return error(path, `invalid \`${what}\` for \`key\` ${key}: ${faultsText(found.errors)}`);
  };
  return all(check('value', values), check('notValue', notValues));
}
