/** One command of the console: kubectl or istioctl. What else there is runs where its answers are. */
import { istioctl } from './istioctl/istioctl.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { type ConsoleCommand, type ConsoleEnv, type ConsoleOutput, output, remark } from './types.ts';

const PROGRAMS: Readonly<Record<string, (env: ConsoleEnv, command: ConsoleCommand) => ConsoleOutput>> = {
  kubectl,
  k: kubectl,
  istioctl,
};

export function runCommand(env: ConsoleEnv, command: ConsoleCommand): ConsoleOutput {
  const [name = ''] = command.argv;
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program !== undefined) return program(env, command);
  return output({
    stderr: `${name}: command not found\n`,
    exit: 127,
    remarks: [remark('unknown-command', { command: name, known: 'kubectl, istioctl, curl, openssl, help' })],
  });
}
