/** The filters that stand behind pipes: grep, head, tail, wc, base64 -d, sed s/// and cat. undefined: none of them. */
export function filterText([program, ...options]: readonly string[], input: string): string | undefined {
  const lines = input.replace(/\n$/, '').split('\n');
  const joined = (kept: readonly string[]): string => (kept.length === 0 ? '' : `${kept.join('\n')}\n`);
  const count = Number(/\d+/.exec(options.join(' '))?.[0] ?? 10);
  switch (program) {
    case 'grep': {
      const flags = options.filter((option) => option.startsWith('-')).join('');
      const pattern = options.find((option) => !option.startsWith('-')) ?? '';
      const fold = (text: string): string => (flags.includes('i') ? text.toLowerCase() : text);
      return joined(lines.filter((line) => fold(line).includes(fold(pattern)) !== flags.includes('v')));
    }
    case 'head':
      return joined(lines.slice(0, count));
    case 'tail':
      return joined(lines.slice(-count));
    case 'wc':
      return `${input === '' ? 0 : lines.length}\n`;
    case 'base64':
      return options.some((option) => /^(-d|-D|--decode)$/.test(option)) ? decoded(input) : undefined;
    case 'sed': {
      const change = substitution(options.find((option) => !/^-[nre]+$/.test(option)) ?? '');
      return change === undefined ? undefined : joined(lines.map(change));
    }
    default:
      return undefined;
  }
}

function decoded(input: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(input.trim()), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** `s/from/to/` of plain text, or of the beginning (`^`) or the end (`$`) of a line; nothing more of sed. */
function substitution(script: string): ((line: string) => string) | undefined {
  const [, from, to = ''] = /^s([/|#])((?:(?!\1).)*)\1((?:(?!\1).)*)\1g?$/.exec(script)?.slice(1) ?? [];
  if (from === undefined || /[\\[\]()*+?.{}]/.test(from)) return undefined;
  if (from === '^') return (line) => to + line;
  if (from === '$') return (line) => line + to;
  return (line) => line.replaceAll(from, to);
}
