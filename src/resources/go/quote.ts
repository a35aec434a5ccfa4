/** Go's `%q`. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

export function goQuote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (ESCAPES[character] !== undefined) quoted += ESCAPES[character];
    else if (character !== ' ' && /[\p{C}\p{Z}]/u.test(character)) quoted += hexEscape(code);
    else quoted += character;
  }
  return `${quoted}"`;
}

function hexEscape(code: number): string {
  const digits = code.toString(16);
  if (code < 0x80) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
