/** The documents of the text, in order: those in force and those the webhook refused. */
import type { CompiledMesh } from '../../engine.ts';
import type { OutlineEntry } from '../protocol.ts';

export function outline(compiled: CompiledMesh): OutlineEntry[] {
  const { parsed } = compiled;
  const entries: OutlineEntry[] = [];
  for (const resource of parsed.resources) {
    const range = parsed.locate({ resource: resource.id, path: [] });
    if (range === undefined) continue;
    const { id, kind, namespace, name } = resource;
    entries.push({ file: range.file, range, resource: id, kind, namespace, name, status: 'in-force' });
  }
  for (const { resource, kind, namespace, name, range } of parsed.rejected) {
    entries.push({ file: range.file, range, resource, kind, namespace, name, status: 'rejected' });
  }
  const files = new Map<string, number>();
  for (const { file } of entries) if (!files.has(file)) files.set(file, files.size);
  return entries.sort((a, b) => (files.get(a.file) ?? 0) - (files.get(b.file) ?? 0) || a.range.start - b.range.start);
}
