/**
 * Refusal -> edits worth trying, narrow ones first. Nothing here is sure to work: each is verified
 * by making the call again. Values are exactly those that the filter saw.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';
import type { FieldPath } from '../../base/origin.ts';
import { addDocuments, removeResource } from '../../editing/documents.ts';
import { locateObject } from '../../editing/located.ts';
import { removeField } from '../../editing/removeField.ts';
import { setField } from '../../editing/setField.ts';
import type { TextEdit } from '../../editing/textEdit.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { Resource, WorkspaceFile } from '../../resources/types.ts';
import type { RbacFailedField, RbacRuleEvaluation } from '../../trace/step.ts';
import type { RbacRefusal, SeenCall } from './refusal.ts';
import { spelled, valueAt } from './spelling.ts';
import type { SuggestionKind } from './types.ts';

export interface Candidate {
  readonly kind: SuggestionKind;
  readonly resource: ResourceId;
  readonly edits: readonly TextEdit[];
}

export interface CandidateContext {
  readonly files: readonly WorkspaceFile[];
  readonly mesh: Mesh;
  readonly resources: readonly Resource[];
}

export function candidatesFor(refusal: RbacRefusal, context: CandidateContext): Candidate[] {
  return refusal.step.phase === 'allow' ? forAllowMiss(refusal, context) : forDeny(refusal, context);
}

function forAllowMiss({ step, seen, workload }: RbacRefusal, context: CandidateContext): Candidate[] {
  const near = [...step.rules].sort((a, b) => a.failed.length - b.failed.length);
  const widened = near.slice(0, 6).flatMap((rule) => widen(rule, context));
  const policies = [
    ...new Set([...step.rules.map(({ origin }) => origin.resource), ...step.origins.map(({ resource }) => resource)]),
  ];
  const rules = ruleVariants(seen);
  const added = policies.slice(0, 4).flatMap((policy) => rules.flatMap((rule) => addRule(policy, rule, context)));
  return [...widened, ...added, ...rules.flatMap((rule) => addPolicy(workload, rule, context))];
}

const bodyOf = (id: ResourceId, { resources }: CandidateContext): unknown =>
  resources.find((resource) => resource.id === id)?.body;

/** Every field that failed gets the value it saw. */
function widen(rule: RbacRuleEvaluation, context: CandidateContext): Candidate[] {
  if (rule.matched || rule.failed.length === 0) return [];
  const edits: TextEdit[] = [];
  for (const failed of rule.failed) {
    const edit = failed.negated ? dropValue(failed, context) : addValue(failed, context);
    if (edit === undefined) return [];
    edits.push(edit);
  }
  return [{ kind: 'widen-rule', resource: rule.origin.resource, edits }];
}

function addValue(failed: RbacFailedField, context: CandidateContext): TextEdit | undefined {
  const value = failed.saw === undefined || failed.saw === '' ? undefined : spelled(failed.field, failed.saw);
  const object = locateObject(context.files, failed.origin.resource);
  if (value === undefined || object === undefined) return undefined;
  const path = listPath(failed.origin.path);
  const list = valueAt(bodyOf(failed.origin.resource, context), path);
  return setField(object, [...path, Array.isArray(list) ? list.length : 0], value);
}

function dropValue(failed: RbacFailedField, context: CandidateContext): TextEdit | undefined {
  const object = locateObject(context.files, failed.origin.resource);
  return object && removeField(object, failed.origin.path);
}

/** The list that a value stands in; of a condition its `values`. */
function listPath(path: FieldPath): FieldPath {
  if (typeof path.at(-1) !== 'number') return path;
  return path.at(-2) === 'when' ? [...path, 'values'] : path.slice(0, -1);
}

interface PolicyRule {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The narrowest rule that admits the call, and one that does without its operation. */
function ruleVariants({ principal, sourceIp, port, http }: SeenCall): PolicyRule[] {
  const source =
    principal !== undefined
      ? { principals: [principal] }
      : sourceIp !== undefined
        ? { ipBlocks: [sourceIp] }
        : undefined;
  if (source === undefined) return [];
  const ports = port === undefined ? {} : { ports: [String(port)] };
  const operation = http === undefined ? ports : { methods: [http.method], paths: [http.path], ...ports };
  const from = [{ source }];
  return Object.keys(operation).length === 0 ? [{ from }] : [{ from, to: [{ operation }] }, { from }];
}

function addRule(policy: ResourceId, rule: PolicyRule, context: CandidateContext): Candidate[] {
  const object = locateObject(context.files, policy);
  const body = bodyOf(policy, context);
  if (object === undefined || body === undefined) return [];
  const rules = valueAt(body, ['spec', 'rules']);
  const edit = setField(object, ['spec', 'rules', Array.isArray(rules) ? rules.length : 0], rule);
  return [{ kind: 'add-rule', resource: policy, edits: [edit] }];
}

function addPolicy(target: RbacRefusal['workload'], rule: PolicyRule, context: CandidateContext): Candidate[] {
  const workload = context.mesh.workloads.get(target);
  const file = context.files.at(-1)?.name;
  if (workload === undefined || file === undefined) return [];
  const app = ['app', 'app.kubernetes.io/name', 'istio'].find((label) => workload.labels[label] !== undefined);
  const neighbours = context.resources.filter(({ namespace }) => namespace === workload.namespace);
  const taken = new Set(neighbours.map(({ name }) => name));
  let name = `allow-to-${workload.name}`;
  for (let n = 2; taken.has(name); n++) name = `allow-to-${workload.name}-${n}`;
  const document = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: workload.namespace },
    spec: {
      ...(app === undefined ? {} : { selector: { matchLabels: { [app]: workload.labels[app] } } }),
      action: 'ALLOW',
      rules: [rule],
    },
  };
  const resource = resourceId('security.istio.io', 'AuthorizationPolicy', workload.namespace, name);
  return [{ kind: 'add-policy', resource, edits: [addDocuments(context.files, file, [document])] }];
}

function forDeny({ step, seen }: RbacRefusal, context: CandidateContext): Candidate[] {
  const matched = step.rules.filter((rule) => rule.matched);
  return [
    ...matched.flatMap((rule) => except(rule, seen, context)),
    ...matched.flatMap((rule) => dropHeldValue(rule, context)),
    ...matched.flatMap((rule) => removeRule(rule, context)),
  ];
}

/** The rule goes on to deny everybody (or everything) else. */
function except(rule: RbacRuleEvaluation, seen: SeenCall, context: CandidateContext): Candidate[] {
  const { resource, path } = rule.origin;
  const object = locateObject(context.files, resource);
  const body = bodyOf(resource, context);
  if (object === undefined || body === undefined) return [];
  const { principal, sourceIp, port, http } = seen;
  const variants = [
    ['from', 'source', 'notPrincipals', principal],
    ['to', 'operation', 'notPaths', http?.path],
    ['from', 'source', 'notIpBlocks', principal === undefined ? sourceIp : undefined],
    ['to', 'operation', 'notMethods', http?.method],
    ['to', 'operation', 'notPorts', port === undefined ? undefined : String(port)],
  ] as const;
  return variants.flatMap(([part, inner, field, value]): Candidate[] => {
    if (value === undefined) return [];
    const entries = valueAt(body, [...path, part]);
    const count = Array.isArray(entries) ? entries.length : 0;
    if (count === 0) {
      const only = setField(object, [...path, part], [{ [inner]: { [field]: [value] } }]);
      return [{ kind: 'except-from-deny', resource, edits: [only] }];
    }
    const edits = Array.from({ length: count }, (_, i) => {
      const at = [...path, part, i, inner, field];
      const list = valueAt(body, at);
      return Array.isArray(list) ? setField(object, [...at, list.length], value) : setField(object, at, [value]);
    });
    return [{ kind: 'except-from-deny', resource, edits }];
  });
}

function dropHeldValue(rule: RbacRuleEvaluation, context: CandidateContext): Candidate[] {
  return rule.heldBy.flatMap((origin): Candidate[] => {
    const object = locateObject(context.files, origin.resource);
    const list = valueAt(bodyOf(origin.resource, context), origin.path.slice(0, -1));
    // The last value of a list would take its condition along, and the rule would deny more.
    if (object === undefined || !Array.isArray(list) || list.length < 2) return [];
    const edit = removeField(object, origin.path);
    return edit === undefined ? [] : [{ kind: 'drop-value', resource: origin.resource, edits: [edit] }];
  });
}

function removeRule(rule: RbacRuleEvaluation, context: CandidateContext): Candidate[] {
  const { resource, path } = rule.origin;
  const object = locateObject(context.files, resource);
  const rules = valueAt(bodyOf(resource, context), path.slice(0, -1));
  const part = object && Array.isArray(rules) && rules.length > 1 ? removeField(object, path) : undefined;
  const isPolicy = resourceIdParts(resource).kind === 'AuthorizationPolicy';
  const whole = isPolicy ? removeResource(context.files, resource) : undefined;
  return [
    ...(part === undefined ? [] : [{ kind: 'remove-rule' as const, resource, edits: [part] }]),
    ...(whole === undefined ? [] : [{ kind: 'remove-policy' as const, resource, edits: [whole] }]),
  ];
}
