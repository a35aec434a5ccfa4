/** Go's encoding/base64 StdEncoding, strict about padding: the message for a text that is not base64. */
export function base64Problem(text: string): string | undefined {
  const at = corruptAt(text);
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`;
}

const isDigit = (character: string) => /[A-Za-z0-9+/]/.test(character);

/** Line breaks are skipped wherever they stand. */
function corruptAt(text: string): number | undefined {
  let at = 0;
  const skipBreaks = () => {
    while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at++;
  };
  for (;;) {
    for (let digit = 0; digit < 4; digit++) {
      skipBreaks();
      if (at >= text.length) return digit === 0 ? undefined : at - digit;
      const character = text.charAt(at++);
      if (isDigit(character)) continue;
      if (character !== '=' || digit < 2) return at - 1;
      if (digit === 2) {
        skipBreaks();
        if (at >= text.length) return text.length;
        if (text.charAt(at) !== '=') return at - 1;
        at++;
      }
      skipBreaks();
      return at < text.length ? at : undefined;
    }
  }
}
