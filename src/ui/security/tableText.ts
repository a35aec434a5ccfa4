/** Rows of a table as text for a bug report, and as CSV (RFC 4180) for a spreadsheet. */
interface TextColumn<Row> {
  readonly label: string;
  readonly text: (row: Row) => string;
}

/** Columns side by side, as kubectl prints them. */
export function tableAsText<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => [...(line[at] ?? '')].length)));
  const pad = (text: string, width: number): string => text + ' '.repeat(width - [...text].length);
  return `${cells
    .map((line) =>
      line
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

export function tableAsCsv<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  return cells.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/** A spreadsheet would run what begins like a formula: an apostrophe makes it text. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
