/**
 * Cuts a YAML stream into the texts of its documents, so that an edit parses one of them again.
 * A line that starts with `---` or `...` and then white space or nothing is a document marker
 * wherever it stands (YAML 1.2, 9.1.2: no scalar may contain one), so the cut is exact. The only
 * state that crosses a marker are directives (`%YAML`), which stay with the document they precede.
 */
export interface DocumentText {
  /** Offset of `text` in the file. */
  readonly start: number;
  readonly text: string;
}

const MARKER = /\n(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;

/** The documents' texts in order; texts without content (only comments) are among them. */
export function splitDocuments(text: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  const cut = (end: number) => {
    if (end > start) documents.push({ start, text: text.slice(start, end) });
    start = end;
  };
  MARKER.lastIndex = 0;
  for (let match = MARKER.exec(text); match !== null; match = MARKER.exec(text)) {
    const at = match.index + 1;
    if (text.charCodeAt(at) === 46) {
      const lineEnd = text.indexOf('\n', at);
      cut(lineEnd < 0 ? text.length : lineEnd + 1);
    } else if (!isDirectivesOnly(text, start, at)) {
      cut(at);
    }
    MARKER.lastIndex = at;
  }
  cut(text.length);
  return documents;
}

/** True if [start, end) holds directives, and besides them only blank lines and comments. */
function isDirectivesOnly(text: string, start: number, end: number): boolean {
  let directives = false;
  for (let line = start; line < end; ) {
    const next = text.indexOf('\n', line) + 1;
    let at = line;
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\uFEFF') at++;
    const first = text[at];
    if (first === '%' && at === line) directives = true;
    else if (first !== '#' && first !== '\n' && first !== '\r') return false;
    line = next;
  }
  return directives;
}
