/** istioctl analyze: its analyzers are not simulated; what the validation webhook says of the text is shown. */
import { type ConsoleEnv, type ConsoleOutput, output, remark } from '../types.ts';
import type { IstioctlArgs } from './istioctl.ts';

export function analyze({ compiled }: ConsoleEnv, { namespace, switches }: IstioctlArgs): ConsoleOutput {
  const isMeant = (finding: { readonly namespace: string }): boolean =>
    switches.has('all-namespaces') || finding.namespace === namespace;
  const { rejected, warnings } = compiled.parsed;
  const lines = [
    ...rejected
      .filter(isMeant)
      .map((finding) => `Error [IST0106] ${place(finding)} Schema validation error: ${bare(finding.message)}\n`),
    ...warnings.filter(isMeant).map((finding) => `Warning ${place(finding)} ${bare(finding.message)}\n`),
  ];
  return output({ stdout: lines.join(''), remarks: [remark('analyze-by-webhook')], exit: lines.length > 0 ? 79 : 0 });
}

const place = ({ kind, namespace, name }: { kind: string; namespace: string; name: string }): string =>
  `(${kind} ${namespace}/${name})`;

/** The webhook's sentence without the API server's words around it. */
const bare = (message: string): string => message.replace(/^.*?configuration is invalid: /s, '');
