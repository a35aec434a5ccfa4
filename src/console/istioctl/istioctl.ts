/** istioctl: which of its commands are known here, and their flags. */
import { parseArgs } from '../args.ts';
import { type ConsoleCommand, type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import { analyze } from './analyze.ts';
import { describePod } from './describePod.ts';
import { proxyConfig } from './proxyConfig.ts';

export interface IstioctlArgs {
  readonly words: readonly string[];
  readonly namespace: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
}

const FLAGS = {
  values: {
    namespace: 'n',
    output: 'o',
    port: '',
    fqdn: '',
    direction: '',
    name: '',
    cluster: '',
    istioNamespace: 'i',
  },
  switches: { 'all-namespaces': 'A', verbose: '' },
} as const;

export const ISTIOCTL_COMMANDS = ['proxy-config', 'x describe pod', 'analyze', 'version'];

export function istioctl(env: ConsoleEnv, { argv }: ConsoleCommand): ConsoleOutput {
  const parsed = parseArgs(argv.slice(1), FLAGS);
  if (parsed.problem !== undefined) return failure(parsed.problem.replace(/^error/, 'Error'));
  const [first = '', ...rest] = parsed.words;
  const [command, ...words] = first === 'x' || first === 'experimental' ? rest : parsed.words;
  const args: IstioctlArgs = {
    words,
    namespace: parsed.values.get('namespace')?.at(-1) ?? 'default',
    values: parsed.values,
    switches: parsed.switches,
  };
  switch (command) {
    case 'proxy-config':
    case 'pc':
      return proxyConfig(env, args);
    case 'describe':
    case 'des':
      return describePod(env, args);
    case 'analyze':
      return analyze(env, args);
    case 'version':
      return output({ stdout: 'client version: 1.32-dev\ncontrol plane version: 1.32-dev\n' });
    default:
      return failure(
        `Error: unknown command "${command ?? ''}" for "istioctl"`,
        remark('unknown-command', { command: `istioctl ${first}`.trim(), known: ISTIOCTL_COMMANDS.join(', ') }),
      );
  }
}
