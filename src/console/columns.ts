/** Go's text/tabwriter as the tools use it: cells padded to their column, the last one left as it is. */
export function columns(
  rows: readonly (readonly string[])[],
  { padding, minWidth = 0 }: { readonly padding: number; readonly minWidth?: number },
): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(minWidth, ...rows.map((row) => (at < row.length - 1 ? [...(row[at] ?? '')].length + padding : 0))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)))
        .join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** kubectl's printer: three spaces between columns, none narrower than six. */
export const kubectlTable = (rows: readonly (readonly string[])[]): string =>
  columns(rows, { padding: 3, minWidth: 6 });
