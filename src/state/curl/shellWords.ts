/** POSIX shell words, as far as a pasted command line needs them: quotes, backslashes, line ends. */

/** Splits a command line into words; an unfinished quote ends with the text. */
export function splitShellWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
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
        word += line.charAt(at);
      }
      inWord = true;
    } else if (char === '\\') {
      at++;
      if (line.charAt(at) === '\r' && line.charAt(at + 1) === '\n') at++;
      else if (line.charAt(at) !== '\n') {
        word += line.charAt(at);
        inWord = true;
      }
    } else if (/\s/.test(char)) {
      if (inWord) words.push(word);
      word = '';
      inWord = false;
    } else {
      word += char;
      inWord = true;
    }
  }
  if (inWord) words.push(word);
  return words;
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
