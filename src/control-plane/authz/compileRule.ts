/**
 * One rule of an AuthorizationPolicy -> one Envoy RBAC policy, for HTTP or TCP chains.
 *
 *   rule = (one of `to`) and (one of `from`) and every `when`
 *
 * What cannot be configured (an HTTP field on a TCP chain, a broken value) voids an ALLOW rule, so
 * that it allows less, and is left out of the others, so that they match more. An unknown condition
 * key voids a rule of any action. Authority: istio pilot/pkg/security/authz/model/model.go New,
 * Generate, checkError; builder.go build.
 */
import type { FieldPath, Origin } from '../../base/origin.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { AuthorizationRule } from '../../resources/kinds/authorizationPolicy.ts';
import type { DroppedRule, RbacField, RbacMatcher, RbacPolicy, RbacValue } from '../envoy/authz.ts';
import { conditionTest, type FieldTest, OPERATION_FIELDS, type RuleContext, SOURCE_FIELDS } from './fieldTests.ts';

export interface RuleInput extends RuleContext {
  readonly rule: AuthorizationRule;
  readonly id: string;
  readonly origin: Origin;
  readonly chain: 'http' | 'tcp';
  /** ALLOW voids a rule with an error; the other actions ignore the field. */
  readonly strict: boolean;
}

const ANY: RbacMatcher = { kind: 'any' };

export function compileRule(input: RuleInput): Result<RbacPolicy, DroppedRule> {
  const ignored: RbacPolicy['ignored'][number][] = [];
  const at = (...path: FieldPath): Origin => ({
    resource: input.origin.resource,
    path: [...input.origin.path, ...path],
  });

  const dropped = (code: string, field: string, origin: Origin): Result<never, DroppedRule> =>
    err({ policyId: input.id, origin: input.origin, why: { code, params: { field } }, field: origin });

  /** The matcher of one list of values; undefined when it is empty or ignored. */
  function compileField(
    name: string,
    test: FieldTest,
    values: readonly string[],
    negated: boolean,
    origin: Origin,
  ): Result<RbacField | undefined, DroppedRule> {
    if (values.length === 0) return ok(undefined);
    if (test.httpOnly && input.chain === 'tcp') {
      if (input.strict) return dropped('http-field-on-tcp', name, origin);
      ignored.push({ field: name, origin });
      return ok(undefined);
    }
    const anyOf: RbacValue[] = [];
    for (const [index, wanted] of values.entries()) {
      const valueOrigin = { resource: origin.resource, path: [...origin.path, index] };
      const compiled = test.test(wanted, input);
      if (compiled !== undefined) anyOf.push({ wanted, test: compiled, origin: valueOrigin });
      else if (input.strict) return dropped('invalid-value', name, valueOrigin);
      else ignored.push({ field: name, origin: valueOrigin });
    }
    return ok(anyOf.length === 0 ? undefined : { kind: 'field', name, negated, origin, anyOf });
  }

  /** All fields of one source or operation. */
  function compileEntry<K extends string>(
    entry: Readonly<Partial<Record<K, readonly string[]>>>,
    fields: readonly (readonly [K, K, FieldTest])[],
    path: FieldPath,
  ): Result<RbacMatcher, DroppedRule> {
    const parts: RbacField[] = [];
    for (const [positive, negative, test] of fields) {
      for (const name of [positive, negative]) {
        const part = compileField(name, test, entry[name] ?? [], name === negative, at(...path, name));
        if (!part.ok) return part;
        if (part.value !== undefined) parts.push(part.value);
      }
    }
    return ok(all(parts));
  }

  function compileEntries<E>(
    entries: readonly E[],
    compile: (entry: E, index: number) => Result<RbacMatcher, DroppedRule>,
  ): Result<RbacMatcher, DroppedRule> {
    if (entries.length === 0) return ok(ANY);
    const of: RbacMatcher[] = [];
    for (const [index, entry] of entries.entries()) {
      const compiled = compile(entry, index);
      if (!compiled.ok) return compiled;
      of.push(compiled.value);
    }
    // An entry that lost all its fields matches anything, and so do the entries together.
    if (of.some((entry) => entry.kind === 'any')) return ok(ANY);
    return ok(of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', of });
  }

  function compileWhen(): Result<readonly RbacMatcher[], DroppedRule> {
    const parts: RbacMatcher[] = [];
    for (const [index, { key = '', values = [], notValues = [] }] of (input.rule.when ?? []).entries()) {
      const test = conditionTest(key);
      if (test === undefined) return dropped('unknown-attribute', key, at('when', index, 'key'));
      for (const [negated, list, member] of [
        [false, values, 'values'],
        [true, notValues, 'notValues'],
      ] as const) {
        const part = compileField(`when[${key}]`, test, list, negated, at('when', index, member));
        if (!part.ok) return part;
        if (part.value !== undefined) parts.push(part.value);
      }
    }
    return ok(parts);
  }

  const when = compileWhen();
  if (!when.ok) return when;
  const to = compileEntries(input.rule.to ?? [], ({ operation }, index) =>
    compileEntry(operation ?? {}, OPERATION_FIELDS, ['to', index, 'operation']),
  );
  if (!to.ok) return to;
  const from = compileEntries(input.rule.from ?? [], ({ source }, index) =>
    compileEntry(source ?? {}, SOURCE_FIELDS, ['from', index, 'source']),
  );
  if (!from.ok) return from;
  return ok({ id: input.id, matcher: all([from.value, to.value, ...when.value]), origin: input.origin, ignored });
}

/** Conjunction without the parts that always hold. */
function all(parts: readonly RbacMatcher[]): RbacMatcher {
  const of = parts.filter((part) => part.kind !== 'any').flatMap((part) => (part.kind === 'and' ? part.of : [part]));
  if (of.length === 0) return ANY;
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'and', of };
}
