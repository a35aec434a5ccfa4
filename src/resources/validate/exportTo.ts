/** exportTo lists (validateExportTo). */
import type { FieldPath } from '../../base/origin.ts';
import { all, error, type Findings, NOTHING } from './faults.ts';
import { isDnsLabel } from './names.ts';

export interface ExportToRules {
  /** A ServiceEntry may be exported to no one (`~`). */
  readonly allowsNone?: boolean;
  /** A DestinationRule with a workload selector stays in its namespace. */
  readonly staysInNamespace?: boolean;
}

export function validateExportTo(
  namespace: string,
  exportTo: readonly string[] | undefined,
  { allowsNone = false, staysInNamespace = false }: ExportToRules = {},
): Findings {
  if (exportTo === undefined || exportTo.length === 0) return NOTHING;
  const at: FieldPath = ['spec', 'exportTo'];
  const seen = new Set<string>();
  const entries = exportTo.map((entry, index) => {
    const key = entry === '.' ? namespace : entry;
    const path = [...at, index];
    if (seen.has(key)) {
      return key === entry
        ? error(path, `duplicate entries in exportTo for entry ${entry}`)
        : error(path, `duplicate entries in exportTo: . and current namespace ${namespace}`);
    }
    const problem = allowsNone && entry === '~' ? NOTHING : validateVisibility(path, key);
    if (problem === NOTHING) seen.add(key);
    return problem;
  });
  return all(
    ...entries,
    staysInNamespace ? validateStaysInNamespace(at, namespace, seen) : NOTHING,
    seen.has('*') && exportTo.length > 1
      ? error(at, 'cannot have both public (*) and non-public exportTo values for a resource')
      : NOTHING,
    seen.has('~') && exportTo.length > 1 ? error(at, 'cannot export service entry to no one (~) and someone') : NOTHING,
  );
}

function validateStaysInNamespace(at: FieldPath, namespace: string, seen: ReadonlySet<string>): Findings {
  if (seen.size === 0) return NOTHING;
  if (!seen.has(namespace)) {
    return error(at, 'destination rule with workload selector cannot have exportTo beyond current namespace');
  }
  return seen.size > 1
    ? error(at, 'destination rule with workload selector cannot have multiple entries in exportTo')
    : NOTHING;
}

function validateVisibility(at: FieldPath, entry: string): Findings {
  if (entry === '.' || entry === '*') return NOTHING;
  if (entry === '~') return error(at, 'exportTo ~ (none) is not allowed for Istio configuration objects');
  return isDnsLabel(entry) ? NOTHING : error(at, 'only .,*, or a valid DNS 1123 label is allowed as exportTo entry');
}
