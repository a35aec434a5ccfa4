/**
 * Who may see a resource: `exportTo` of Services, ServiceEntries, VirtualServices and
 * DestinationRules. `.` is the resource's own namespace, `*` everybody, `~` nobody.
 */

/** `*` hides every other entry, then `~` does; `.` becomes the namespace's name. */
export function normalizeExportTo(
  own: readonly string[] | undefined,
  byDefault: readonly string[],
  namespace: string,
): readonly string[] {
  const entries = own === undefined || own.length === 0 ? byDefault : own;
  if (entries.includes('*') || entries.length === 0) return ['*'];
  if (entries.includes('~')) return ['~'];
  return [...new Set(entries.map((entry) => (entry === '.' ? namespace : entry)))];
}

/** For a list that normalizeExportTo returned. */
export const isExportedTo = (exportTo: readonly string[], namespace: string): boolean =>
  exportTo.includes('*') || exportTo.includes(namespace);
