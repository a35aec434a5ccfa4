/** The filters that stand behind pipes: grep, head, tail, wc. undefined: none of them. */
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
    default:
      return undefined;
  }
}
