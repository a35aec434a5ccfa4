/**
 * YAML inside a string of a resource: MeshConfig in ConfigMap `istio` (key `mesh`) and the proxy's
 * ProxyConfig in the annotation proxy.istio.io/config. Both are protobuf JSON, where fields may be
 * written as in the .proto file too (`trust_domain`); the value has the JSON names.
 */
import type { FieldPath } from '../base/origin.ts';
import { err, ok, type Result } from '../base/result.ts';
import { meshConfig } from './kinds/meshConfig.ts';
import { proxyConfigDefaults } from './kinds/meshConfigProxy.ts';
import { type DecodeIssue, decode, isObject } from './schema/decode.ts';
import type { Schema } from './schema/schema.ts';
import { meshConfigProblem } from './validate/meshConfig.ts';
import { readText } from './yaml/readText.ts';

/** Where MeshConfig lies: the control plane's ConfigMap of the default revision. */
export const isMeshConfigMap = (resource: {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): boolean =>
  resource.kind === 'ConfigMap' &&
  resource.group === '' &&
  resource.namespace === 'istio-system' &&
  resource.name === 'istio';

export const MESH_CONFIG_PATH: FieldPath = ['data', 'mesh'];

export const PROXY_CONFIG_ANNOTATION = 'proxy.istio.io/config';

/**
 * The decoded MeshConfig or ProxyConfig (they share no field, so the text says which it is), or
 * why the control plane does not take it.
 */
export function parseEmbeddedConfig(text: string): Result<unknown, string> {
  const { objects, problems } = readText(text);
  const problem = problems.find(({ code }) => code !== 'duplicate-key');
  if (problem !== undefined) return err(String(problem.params['message'] ?? problem.code));
  const value = objects[0]?.value ?? {};
  if (!isObject(value)) return err('not an object');
  const schema: Schema<unknown> = isProxyConfig(value) ? proxyConfigDefaults : meshConfig;
  const decoded = decode(schema, value, 'protobuf', { acceptSnakeCase: true });
  const refusal = refusalOf(decoded.issues);
  if (refusal !== undefined) return err(refusal);
  const invalid = schema === meshConfig ? meshConfigProblem(decoded.value as object) : undefined;
  return invalid === undefined ? ok(decoded.value) : err(invalid);
}

/** What is wrong or left out in a MeshConfig, with paths from the root of its ConfigMap. */
export const meshConfigIssues = (text: string): readonly DecodeIssue[] => issuesOf(meshConfig, text, MESH_CONFIG_PATH);

/** The same of the MeshConfig that an IstioOperator installs; it stands there as it is, not as text. */
export function installedConfigIssues(body: unknown): readonly DecodeIssue[] {
  const { spec } = body as { readonly spec?: { readonly meshConfig?: unknown; readonly values?: Valued } };
  const places = [
    [spec?.meshConfig, ['spec', 'meshConfig']],
    [spec?.values?.meshConfig, ['spec', 'values', 'meshConfig']],
  ] as const;
  return places.flatMap(([value, path]) =>
    isObject(value) ? decode(meshConfig, value, 'protobuf', { acceptSnakeCase: true, path }).issues : [],
  );
}

interface Valued {
  readonly meshConfig?: unknown;
}

/** The same of the ProxyConfig in a pod's annotation; where annotations lie, in a pod or a template of pods. */
export function proxyConfigIssues(
  annotations: Readonly<Record<string, unknown>> | undefined,
  path: FieldPath,
): readonly DecodeIssue[] {
  const text = annotations?.[PROXY_CONFIG_ANNOTATION];
  return typeof text === 'string' ? issuesOf(proxyConfigDefaults, text, [...path, PROXY_CONFIG_ANNOTATION]) : [];
}

function issuesOf(schema: Schema<unknown>, text: string, path: FieldPath): readonly DecodeIssue[] {
  const value = readText(text).objects[0]?.value;
  return isObject(value) ? decode(schema, value, 'protobuf', { acceptSnakeCase: true, path }).issues : [];
}

function isProxyConfig(value: Record<string, unknown>): boolean {
  const fields = proxyConfigDefaults.type === 'object' ? Object.keys(proxyConfigDefaults.fields) : [];
  const known = new Set(fields.flatMap((field) => [field, field.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`)]));
  return Object.keys(value).some((key) => known.has(key));
}

function refusalOf(issues: readonly DecodeIssue[]): string | undefined {
  for (const issue of issues) if (issue.kind === 'wrong-type' && issue.refusal !== undefined) return issue.refusal;
  return undefined;
}
