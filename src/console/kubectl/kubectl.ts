/** kubectl: which of its commands are known here, and their flags. */
import { parseArgs } from '../args.ts';
import { type ConsoleCommand, type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import { apply } from './apply.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { get } from './get.ts';
import { KINDS, POD, pluralWithGroup } from './kinds.ts';
import { label } from './label.ts';

export interface KubectlArgs {
  readonly words: readonly string[];
  readonly namespace: string;
  /** -n was given. */
  readonly namespaceGiven: boolean;
  readonly allNamespaces: boolean;
  readonly output?: string;
  readonly selector?: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
  readonly stdin?: string;
}

const FLAGS = {
  values: {
    namespace: 'n',
    output: 'o',
    selector: 'l',
    filename: 'f',
    'from-literal': '',
    'from-file': '',
    cert: '',
    key: '',
    context: '',
    'dry-run': '',
  },
  switches: { 'all-namespaces': 'A', overwrite: '', all: '', 'ignore-not-found': '', 'show-labels': '', wait: '' },
} as const;

const COMMANDS: Readonly<Record<string, (env: ConsoleEnv, args: KubectlArgs) => ConsoleOutput>> = {
  apply,
  'api-resources': apiResources,
  create,
  delete: remove,
  describe,
  get,
  label,
};

export const KUBECTL_COMMANDS = [...Object.keys(COMMANDS), 'exec'];

export function kubectl(env: ConsoleEnv, { argv, stdin }: ConsoleCommand): ConsoleOutput {
  const parsed = parseArgs(argv.slice(1), FLAGS);
  if (parsed.problem !== undefined) return failure(`${parsed.problem}\nSee 'kubectl --help' for usage.`);
  const [name = '', ...words] = parsed.words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    return failure(
      `error: unknown command "${name}" for "kubectl"`,
      remark('unknown-command', { command: `kubectl ${name}`, known: KUBECTL_COMMANDS.join(', ') }),
    );
  }
  const last = (flag: string): string | undefined => parsed.values.get(flag)?.at(-1);
  const [namespace, format, selector] = [last('namespace'), last('output'), last('selector')];
  return command(env, {
    words,
    namespace: namespace ?? 'default',
    namespaceGiven: namespace !== undefined,
    allNamespaces: parsed.switches.has('all-namespaces'),
    ...(format === undefined ? {} : { output: format }),
    ...(selector === undefined ? {} : { selector }),
    values: parsed.values,
    switches: parsed.switches,
    ...(stdin === undefined ? {} : { stdin }),
  });
}

function apiResources(): ConsoleOutput {
  const rows = [POD, ...KINDS]
    .map((kind) => `${pluralWithGroup(kind)}${kind.short.length === 0 ? '' : ` (${kind.short.join(', ')})`}\n`)
    .sort();
  return output({ stdout: rows.join('') });
}
