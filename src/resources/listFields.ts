/** Every field of every kind and what the simulator does with it: the source of docs/fidelity.md. */
import { meshConfig } from './kinds/meshConfig.ts';
import { type AnyKindDefinition, KINDS } from './kinds/registry.ts';
import type { Schema } from './schema/schema.ts';

export interface FieldEntry {
  /** `group/Kind`, or `MeshConfig`. */
  readonly kind: string;
  /** e.g. `spec.servers[].port.name`; `{}` stands for any key. */
  readonly field: string;
  readonly status: 'modelled' | 'ignored' | 'unmodelled';
  /** Code of base/diagnostics/fieldReasons.ts; absent for what is modelled. */
  readonly reason?: string;
  /** Only these values are unmodelled; the others change no verdict or are modelled. */
  readonly condition?: string;
}

/** Leaves, and whole branches where a branch is ignored or unmodelled. */
export function listFields(): readonly FieldEntry[] {
  const entries: FieldEntry[] = [];
  for (const [kind, definition] of Object.entries<AnyKindDefinition>(KINDS)) {
    if (definition.unmodelled === undefined) walk(entries, kind, '', definition.body);
    else entries.push({ kind, field: '', status: 'unmodelled', reason: definition.unmodelled });
  }
  walk(entries, 'MeshConfig', '', meshConfig);
  return entries;
}

function walk(entries: FieldEntry[], kind: string, field: string, schema: Schema<unknown>): void {
  if (schema.mark !== undefined) {
    const { mark } = schema;
    const condition = mark.kind === 'unmodelled' && mark.when !== undefined ? { condition: mark.when.text } : {};
    entries.push({ kind, field, status: mark.kind, reason: mark.reason, ...condition });
    return;
  }
  switch (schema.type) {
    case 'list':
      walk(entries, kind, `${field}[]`, schema.item);
      return;
    case 'map':
      walk(entries, kind, `${field}{}`, schema.value);
      return;
    case 'object':
      for (const [name, child] of Object.entries(schema.fields)) {
        walk(entries, kind, field === '' ? name : `${field}.${name}`, child);
      }
      return;
    default:
      entries.push({ kind, field, status: 'modelled' });
  }
}
