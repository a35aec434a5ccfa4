/**
 * Splits arguments into words and flags as cobra does: `-n demo`, `-ndemo`, `-n=demo`,
 * `--namespace demo`, `--namespace=demo`, clusters of short switches, `--` ends the flags.
 */
export interface FlagSpec {
  /** Long name to short name ('' for none); these take a value. */
  readonly values: Readonly<Record<string, string>>;
  readonly switches: Readonly<Record<string, string>>;
}

export interface ParsedArgs {
  readonly words: readonly string[];
  /** Values by long name, in the order given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  readonly problem?: string;
}

export function parseArgs(argv: readonly string[], spec: FlagSpec): ParsedArgs {
  const words: string[] = [];
  const values = new Map<string, string[]>();
  const switches = new Set<string>();
  const byShort = (table: FlagSpec['values'], letter: string): string | undefined =>
    Object.keys(table).find((long) => table[long] === letter && letter !== '');
  const add = (long: string, value: string): void => {
    values.set(long, [...(values.get(long) ?? []), value]);
  };
  const done = (problem?: string, rest: readonly string[] = []): ParsedArgs => ({
    words,
    values,
    switches,
    rest,
    ...(problem === undefined ? {} : { problem }),
  });

  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return done(undefined, argv.slice(at + 1));
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    if (word.startsWith('--')) {
      const [long = '', ...tail] = word.slice(2).split('=');
      if (long in spec.values) {
        const value = tail.length > 0 ? tail.join('=') : argv[++at];
        if (value === undefined) return done(`error: flag needs an argument: --${long}`);
        add(long, value);
      } else if (long in spec.switches) {
        if (tail[0] !== 'false') switches.add(long);
      } else return done(`error: unknown flag: --${long}`);
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      const valued = byShort(spec.values, letter);
      if (valued !== undefined) {
        const attached = word.slice(index + 1).replace(/^=/, '');
        const value = attached === '' ? argv[++at] : attached;
        if (value === undefined) return done(`error: flag needs an argument: '${letter}' in -${letter}`);
        add(valued, value);
        break;
      }
      const named = byShort(spec.switches, letter);
      if (named === undefined) return done(`error: unknown shorthand flag: '${letter}' in ${word}`);
      switches.add(named);
    }
  }
  return done();
}
