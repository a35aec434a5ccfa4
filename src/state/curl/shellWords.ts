/** POSIX shell words, as far as a pasted command line needs them: quotes, backslashes, line ends, variables. */

export type ShellVariables = Readonly<Record<string, string>>;

/**
 * Splits the first command of a line into words; an unfinished quote ends with the text, redirections
 * are left out, and variables that are not known stay as they are written.
 */
export function splitShellWords(line: string, variables: ShellVariables = {}): string[] {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  /** The next word is the file of a redirection. */
  let redirected = false;
  const endWord = (): void => {
    if (inWord && !redirected) words.push(word);
    if (inWord) redirected = false;
    word = '';
    inWord = false;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (endsCommand(line, at)) break;
    if (char === "'") {
      const end = line.indexOf("'", at + 1);
      word += line.slice(at + 1, end < 0 ? undefined : end);
      at = end < 0 ? line.length : end;
      inWord = true;
    } else if (char === '$' && line.charAt(at + 1) === "'") {
      const quoted = readAnsiC(line, at + 2);
      word += quoted.text;
      at = quoted.end;
      inWord = true;
    } else if (char === '"') {
      for (at++; at < line.length && line.charAt(at) !== '"'; at++) {
        if (line.charAt(at) === '\\' && '$`"\\\n'.includes(line.charAt(at + 1))) {
          at++;
          if (line.charAt(at) === '\n') continue;
        }
        const variable = variableAt(line, at, variables);
        word += variable?.value ?? line.charAt(at);
        at += (variable?.length ?? 1) - 1;
      }
      inWord = true;
    } else if (line.startsWith('<(', at)) {
      // `<(cat a.pem b.pem)` stands for both files.
      const end = line.indexOf(')', at);
      const files = splitShellWords(line.slice(at + 2, end < 0 ? undefined : end), variables).filter(
        (file) => file !== 'cat',
      );
      word += files.join(',');
      at = end < 0 ? line.length : end;
      inWord = true;
    } else if (char === '>' || char === '<') {
      // `2>` names a descriptor, not a word.
      if (/^\d+$/.test(word)) inWord = false;
      endWord();
      redirected = line.charAt(at + 1) !== char;
    } else if (char === '\\') {
      at++;
      if (line.charAt(at) === '\r' && line.charAt(at + 1) === '\n') at++;
      else if (line.charAt(at) !== '\n') {
        word += line.charAt(at);
        inWord = true;
      }
    } else if (/\s/.test(char)) {
      endWord();
    } else {
      const variable = variableAt(line, at, variables);
      word += variable?.value ?? char;
      at += (variable?.length ?? 1) - 1;
      inWord = true;
    }
  }
  endWord();
  return words;
}

/** A pipe, `;`, `&&`, or a line end that no option or URL follows; `&` within a URL is taken for a part of it. */
function endsCommand(line: string, at: number): boolean {
  const char = line.charAt(at);
  if (char === '|' || char === ';') return true;
  if (char === '&') return /^&(&|\s|$)/.test(line.slice(at, at + 2));
  return char === '\n' && /^\s*[^\s"'h-]/.test(line.slice(at));
}

/** Known variables wherever they stand, as in a here-document, where quotes mean nothing. */
export const expandVariables = (text: string, variables: ShellVariables): string =>
  text.replace(/\\.|\$(?:\{\w+\}|\w+)/gs, (found) => variableAt(found, 0, variables)?.value ?? found);

/** `$NAME` or `${NAME}` of a known variable. */
function variableAt(
  line: string,
  at: number,
  variables: ShellVariables,
): { readonly value: string; readonly length: number } | undefined {
  const match = /^\$(?:\{(\w+)\}|(\w+))/.exec(line.slice(at));
  const name = match?.[1] ?? match?.[2];
  if (match === null || name === undefined || !Object.hasOwn(variables, name)) return undefined;
  return { value: variables[name] ?? '', length: match[0].length };
}

/** `$'...'`, which browsers write into "copy as cURL". */
function readAnsiC(line: string, start: number): { text: string; end: number } {
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
  let text = '';
  let at = start;
  for (; at < line.length && line.charAt(at) !== "'"; at++) {
    if (line.charAt(at) !== '\\') {
      text += line.charAt(at);
      continue;
    }
    at++;
    const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(line.slice(at, at + 5));
    if (hex === null) {
      text += escapes[line.charAt(at)] ?? line.charAt(at);
    } else {
      text += String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16));
      at += hex[0].length - 1;
    }
  }
  return { text, end: at };
}

/** Quotes a word only when a shell would not take it as it is. */
export function quoteShellWord(word: string): string {
  // The shell is to expand a named token.
  if (/^Authorization: Bearer \$[\w-]+$/.test(word)) return `"${word}"`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
