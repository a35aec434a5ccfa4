/**
 * One Kubernetes object -> a typed resource, or why it is none: unknown kind, no name, a value that
 * the API server's decoder refuses, or a refusal of the validation webhook. It knows nothing of
 * files and order, so that it can be cached by text.
 */

import type { DiagnosticCode } from '../base/diagnostics/codes.ts';
import type { Severity } from '../base/diagnostics/diagnostic.ts';
import { resourceId } from '../base/ids.ts';
import type { FieldPath } from '../base/origin.ts';
import { installedConfigIssues, isMeshConfigMap, meshConfigIssues, proxyConfigIssues } from './embeddedConfig.ts';
import { type AnyKindDefinition, findKind } from './kinds/registry.ts';
import { objectMeta } from './kinds/shared/objectMeta.ts';
import { type DecodeIssue, decode, isObject } from './schema/decode.ts';
import type { ResourceMeta } from './types.ts';
import { error, type Findings, hasErrors, NOTHING } from './validate/faults.ts';
import { validateObject } from './validate/validateObject.ts';

/** Everything of a Resource but its place in the workspace. */
export type PlacelessResource = Omit<ResourceMeta, 'order'> & { readonly body: unknown };

export interface Issue {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly params: Readonly<Record<string, string | number>>;
  readonly path: FieldPath;
  /** Mark the key instead of the value. */
  readonly ofKey: boolean;
}

export interface InterpretedObject {
  readonly resource?: PlacelessResource;
  /** True: the API server or the webhook refuses it; it is not in force. */
  readonly refused: boolean;
  /** False: not even decoded, so `findings` are the decoder's. */
  readonly decoded: boolean;
  readonly findings: Findings;
  readonly issues: readonly Issue[];
}

export function interpretObject(value: unknown): InterpretedObject {
  if (!isObject(value)) return unusable({ code: 'document-not-an-object', params: {}, path: [] });
  const { apiVersion, kind, metadata, ...rest } = value;
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return unusable({ code: 'missing-api-version', params: {}, path: ['apiVersion'] });
  }
  if (typeof kind !== 'string' || kind === '') return unusable({ code: 'missing-kind', params: {}, path: ['kind'] });
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const definition = findKind(group, kind);
  if (definition === undefined) {
    return unusable({ code: 'unknown-kind', params: { apiVersion, kind }, path: ['kind'] }, 'warning');
  }
  if (!definition.versions.includes(version)) {
    return unusable({ code: 'unsupported-kind', params: { apiVersion, kind }, path: ['apiVersion'] });
  }
  return interpretKnown(definition, version, metadata, rest);
}

function interpretKnown(
  definition: AnyKindDefinition,
  version: string,
  metadata: unknown,
  rest: Readonly<Record<string, unknown>>,
): InterpretedObject {
  const meta = decode(objectMeta, metadata ?? {}, 'kubernetes', { path: ['metadata'] });
  const { unnamed } = definition;
  const name = meta.value?.name || (unnamed?.name ?? '');
  if (name === '') return unusable({ code: 'missing-name', params: {}, path: ['metadata'] });
  const body = decode(definition.body, rest, definition.decoder);
  const { group, kind } = definition;
  const namespace = definition.clusterScoped ? '' : meta.value.namespace || (unnamed?.namespace ?? 'default');
  const id = resourceId(group, kind, namespace, name);
  const time = creationTime(meta.value.creationTimestamp);
  const resource: PlacelessResource = {
    id,
    group,
    version,
    kind,
    name,
    namespace,
    labels: meta.value.labels ?? {},
    annotations: meta.value.annotations ?? {},
    ...(time === undefined || time === 'invalid' ? {} : { creationTimestamp: time }),
    body: body.value,
  };
  const issues = [...meta.issues, ...body.issues].map(toIssue);
  if (definition.unmodelled !== undefined) {
    const params = { field: kind, reason: definition.unmodelled };
    issues.push({ code: 'unmodelled-field', severity: 'warning', params, path: ['kind'], ofKey: false });
  }
  if (time === 'invalid') {
    const params = { value: String(meta.value.creationTimestamp) };
    issues.push({
      code: 'invalid-timestamp',
      severity: 'warning',
      params,
      path: ['metadata', 'creationTimestamp'],
      ofKey: false,
    });
  }
  const refusal = [...meta.issues, ...body.issues].find((issue) => issue.kind === 'wrong-type' && issue.refusal);
  if (refusal?.kind === 'wrong-type') {
    const text =
      definition.decoder === 'protobuf' && refusal.path[0] !== 'metadata'
        ? `cannot parse proto message for ${name}: ${refusal.refusal}`
        : `${kind} in version "${version}" cannot be handled as a ${kind}: ${refusal.refusal}`;
    return { resource, refused: true, findings: error(refusal.path, text), decoded: false, issues };
  }
  if (isMeshConfigMap(resource)) issues.push(...meshConfigIssues(meshConfigText(body.value)).map(toIssue));
  if (kind === 'IstioOperator') issues.push(...installedConfigIssues(body.value).map(toIssue));
  issues.push(...podConfigIssues(meta.value, body.value).map(toIssue));
  const findings = validateObject(resource);
  return { resource, refused: hasErrors(findings), findings, decoded: true, issues };
}

/** A pod's own annotations, or those of the pods that it is a template of. */
function podConfigIssues(meta: Annotated, body: unknown): readonly DecodeIssue[] {
  const { spec } = body as { readonly spec?: { readonly template?: { readonly metadata?: Annotated } } };
  return [
    ...proxyConfigIssues(meta.annotations, ['metadata', 'annotations']),
    ...proxyConfigIssues(spec?.template?.metadata?.annotations, ['spec', 'template', 'metadata', 'annotations']),
  ];
}

interface Annotated {
  readonly annotations?: Readonly<Record<string, string>>;
}

const meshConfigText = (body: unknown): string =>
  (body as { readonly data?: Readonly<Record<string, string>> }).data?.['mesh'] ?? '';

function unusable(
  problem: { code: DiagnosticCode; params: Issue['params']; path: FieldPath },
  severity: Severity = 'error',
): InterpretedObject {
  return { refused: false, findings: NOTHING, decoded: false, issues: [{ ...problem, severity, ofKey: false }] };
}

function creationTime(value: unknown): number | 'invalid' | undefined {
  if (value === undefined || value === null) return undefined;
  const rfc3339 =
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})$/;
  if (typeof value !== 'string' || !rfc3339.test(value)) return 'invalid';
  const time = Date.parse(value);
  return Number.isNaN(time) ? 'invalid' : time;
}

const fieldText = (path: FieldPath) =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

function toIssue(issue: DecodeIssue): Issue {
  const field = fieldText(issue.path);
  switch (issue.kind) {
    case 'wrong-type': {
      const severity = issue.refusal === undefined ? 'warning' : 'error';
      const params = { field, expected: issue.expected, actual: issue.actual };
      return { code: 'wrong-type', severity, params, path: issue.path, ofKey: false };
    }
    case 'unknown-field':
      return { code: 'unknown-field', severity: 'warning', params: { field }, path: issue.path, ofKey: true };
    case 'exclusive-fields': {
      const params = { field, fields: issue.fields.join(', ') };
      return { code: 'exclusive-fields', severity: 'warning', params, path: issue.path, ofKey: false };
    }
    case 'unmodelled-field':
      return {
        code: 'unmodelled-field',
        severity: 'warning',
        params: { field, reason: issue.reason },
        path: issue.path,
        ofKey: true,
      };
  }
}
