/**
 * Fields whose values name something of the mesh, and what is known of one such place. The same
 * targets serve completion (their spelling for the place), definitions (their origin), and the
 * search for references (the same, over every resource).
 */
import type { ResourceId } from '../../base/ids.ts';
import type { FieldPath, Origin } from '../../base/origin.ts';
import type { Mesh } from '../../mesh/types.ts';

export type ReferenceKind =
  | 'host'
  | 'route-host'
  | 'whole-host'
  | 'scoped-host'
  | 'gateway-host'
  | 'gateway'
  | 'virtual-service'
  | 'namespace'
  | 'export-to'
  | 'principal'
  | 'source-account'
  | 'service-account'
  | 'request-principal'
  | 'jwt-issuer'
  | 'secret'
  | 'gateway-secret'
  | 'config-map'
  | 'extension-provider'
  | 'issuer'
  | 'subset'
  | 'host-port'
  | 'workload-port'
  | 'backend-port'
  | 'policy-target'
  | 'parent'
  | 'listener'
  | 'backend'
  | 'gateway-class';

/** One place in one resource. */
export interface ReferencePlace {
  readonly mesh: Mesh;
  readonly kind: string;
  readonly namespace: string;
  /** Of the value. */
  readonly path: FieldPath;
  /** What the resource says at a path: plain values, as far as they are written. */
  readonly valueAt: (path: FieldPath) => unknown;
}

/** Something that a value can name. */
export interface Target {
  /** As it is best written in the place. */
  readonly value: string;
  /** Other ways to write the same. */
  readonly also?: readonly string[];
  /** Where it is defined; absent for what is built in. */
  readonly origin?: Origin;
  /** What it is, in the API's words: `Service shop/web`. */
  readonly what: string;
}

/** A neighbour of the value: the field of that name beside it, or further out. */
export function siblingText({ path, valueAt }: ReferencePlace, name: string, up = 1): string {
  const value = valueAt([...path.slice(0, -up), name]);
  return typeof value === 'string' ? value : '';
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A map of strings, as a selector is. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([key, text]) => key !== '' && typeof text === 'string' && text !== '');
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A resource, by its name: where one goes to see it. */
export const byName = (resource: ResourceId): Origin => ({ resource, path: ['metadata', 'name'] });
