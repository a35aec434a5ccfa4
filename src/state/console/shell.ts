/**
 * The bit of shell that command lines of tutorials use: here-documents, pipes, `$(...)`, assignments. Text in,
 * a pipeline of command texts out; words are split later, by the command that wants them.
 */
export interface Pipeline {
  /** Command texts in order; the first is fed the here-document. */
  readonly commands: readonly string[];
  readonly stdin?: string;
  /** The end of the here-document is quoted: nothing in it is replaced. */
  readonly isLiteral?: boolean;
}

const HERE = /<<-?\s*(['"]?)(\w+)\1/;

/** Whether a here-document has begun and not ended: the line goes on. */
export function isUnfinished(text: string): boolean {
  const marker = HERE.exec(text)?.[2];
  if (marker !== undefined)
    return !text
      .split('\n')
      .slice(1)
      .some((line) => line.trim() === marker);
  return /\\$/.test(text);
}

export function parsePipeline(text: string): Pipeline {
  const match = HERE.exec(text);
  if (match === null) return { commands: splitPipes(text.replace(/\\\n/g, ' ')) };
  const lines = text.split('\n');
  const end = lines.findIndex((line, at) => at > 0 && line.trim() === match[2]);
  const body = lines.slice(1, end < 0 ? undefined : end);
  // Pasted from a list, everything stands further in than it should.
  const indent = Math.min(...body.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const stdin = body.map((line) => `${line.slice(Number.isFinite(indent) ? indent : 0)}\n`).join('');
  const isLiteral = match[1] !== '';
  return { commands: splitPipes((lines[0] ?? '').replace(HERE, '')), stdin, ...(isLiteral ? { isLiteral } : {}) };
}

/** At every `|` outside quotes and substitutions. */
function splitPipes(text: string): string[] {
  const commands: string[] = [];
  let command = '';
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === '' && char === '\\') command += text.charAt(at++);
    else if (quote === char) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (quote !== "'" && char === '$' && text.charAt(at + 1) === '(') depth++;
    else if (quote !== "'" && char === ')' && depth > 0) depth--;
    if (char === '|' && quote === '' && depth === 0) {
      commands.push(command.trim());
      command = '';
    } else command += text.charAt(at);
  }
  return [...commands, command.trim()].filter((part) => part !== '');
}

/** `export NAME=value`, or `NAME=value` alone. */
export function readAssignment(words: readonly string[]): readonly [string, string] | undefined {
  const [word = '', ...more] = words[0] === 'export' ? words.slice(1) : words;
  const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
  return name === undefined || more.length > 0 ? undefined : [name, value];
}

/** The first innermost `$(...)` of a command: what stands before, in and after it. */
export function firstSubstitution(text: string): { before: string; inner: string; after: string } | undefined {
  const start = text.lastIndexOf('$(');
  if (start < 0) return undefined;
  let quote = '';
  for (let at = start + 2; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === char) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (quote === '' && char === ')') {
      return { before: text.slice(0, start), inner: text.slice(start + 2, at), after: text.slice(at + 1) };
    }
  }
  return undefined;
}
