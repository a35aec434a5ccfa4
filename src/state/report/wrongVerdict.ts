/**
 * What somebody needs to look into a verdict that a cluster contradicts: the mesh, the call and its
 * trace, as Markdown for an issue. Keys, tokens, passwords and other values of Secrets are taken out.
 */
import type { Trace } from '../../trace/trace.ts';
import { REDACTED, redactDraft, redactText, redactWorkspace } from '../workspace/redact.ts';
import type { CallDraft, Workspace } from '../workspace/workspace.ts';

export interface ReportedVerdict {
  readonly workspace: Workspace;
  readonly trace: Trace;
  readonly draft: CallDraft;
  /** What is simulated, the verdict in a sentence, and the path of the call, in the reader's language. */
  readonly versions: string;
  readonly verdict: string;
  readonly path: readonly string[];
  readonly title: string;
  readonly headings: Readonly<Record<'call' | 'simulated' | 'observed' | 'mesh' | 'trace', string>>;
  /** Writes a call as a command line. */
  readonly curl: (draft: CallDraft) => string;
}

/** Nothing is known to be public to whoever reads the report. */
const nothingIsPublic = (): boolean => false;
const withoutSecrets = (text: string): string => redactText(text, nothingIsPublic).value;

export function wrongVerdictReport(about: ReportedVerdict): string {
  const { headings, draft, trace, path } = about;
  const { value: workspace } = redactWorkspace(about.workspace, nothingIsPublic);
  const call = { ...draft, ...redactDraft(draft, withoutSecrets).draft };
  const from = call.container === 'app' ? call.from : `${call.from} (${call.container})`;
  return [
    `# ${about.title}`,
    about.versions,
    `## ${headings.call}`,
    fenced('sh', `# ${from}\n${about.curl(call)}`),
    `## ${headings.simulated}`,
    about.verdict,
    path.map((line, index) => `${index + 1}. ${line}`).join('\n'),
    `## ${headings.observed}`,
    '…',
    `## ${headings.mesh}`,
    ...workspace.files.flatMap(({ name, text }) => [`### ${name}`, fenced('yaml', text)]),
    `## ${headings.trace}`,
    fenced('json', withoutSecrets(JSON.stringify(trace, withoutCredentials, 1))),
    '',
  ].join('\n\n');
}

/** A fence that the text does not close itself. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

const CREDENTIAL = /^(?:(?:proxy-)?authorization|cookie|set-cookie)$/i;

/** Headers stand in traces as pairs and as objects. */
function withoutCredentials(key: string, value: unknown): unknown {
  if (CREDENTIAL.test(key) && typeof value === 'string') return REDACTED;
  if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && CREDENTIAL.test(value[0])) {
    return [value[0], REDACTED];
  }
  return value;
}
