/**
 * The documents of a YAML or JSON text by kind and name, as far as a glance at the lines tells: the
 * text may not parse, and it may be an old one that the engine does not hold.
 */
export interface NamedDocument {
  /** `PeerAuthentication demo/default`; undefined: the text does not say. */
  readonly name: string | undefined;
  readonly text: string;
}

export function documentsOf(text: string): readonly NamedDocument[] {
  return text
    .split(/^---(?:[ \t].*)?\r?$/m)
    .filter((document) => /^[^\S\n]*[^\s#]/m.test(document))
    .map((document) => ({ name: nameOf(document), text: document.trim() }));
}

function nameOf(document: string): string | undefined {
  const kind = /^(?:kind|\s*"kind")\s*:\s*["']?([\w.]+)/m.exec(document)?.[1];
  if (kind === undefined) return undefined;
  const metadata = metadataOf(document);
  const name = fieldOf(metadata, 'name');
  const namespace = fieldOf(metadata, 'namespace');
  if (name === undefined) return kind;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** What stands below `metadata:`, or behind it. */
function metadataOf(document: string): string {
  const found = /^([ \t]*)["']?metadata["']?[ \t]*:[ \t]*(.*)\r?\n?/m.exec(document);
  if (found === null) return '';
  const [all, indent = '', rest = ''] = found;
  if (rest.startsWith('{') && rest.includes('}')) return rest;
  const lines = document.slice(found.index + all.length).split('\n');
  const end = lines.findIndex((line) => /\S/.test(line) && line.search(/\S/) <= indent.length);
  const block = lines.slice(0, end < 0 ? lines.length : end);
  const depth = Math.min(...block.filter((line) => /^\s*[^\s#]/.test(line)).map((line) => line.search(/\S/)));
  // Labels have names too, further in.
  return block.filter((line) => line.search(/\S/) === depth).join('\n');
}

const fieldOf = (metadata: string, field: string): string | undefined =>
  new RegExp(`(?:^|[{,])\\s*["']?${field}["']?\\s*:\\s*["']?([^\\s"',{}#]+)`, 'm').exec(metadata)?.[1];
