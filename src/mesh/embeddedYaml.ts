/**
 * YAML that stands inside a string of a resource (MeshConfig in its ConfigMap, the annotation
 * proxy.istio.io/config). Parsing belongs to resources/; whoever builds a mesh hands the parser in.
 */
import type { Result } from '../base/result.ts';

/** The value, or the parser's message. */
export type ParseYaml = (text: string) => Result<unknown, string>;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
