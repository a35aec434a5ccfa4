/**
 * Runs one line of the console: substitutions first, then the pipeline. kubectl and istioctl are
 * answered by the engine, and what they change becomes one entry of the history; curl and openssl
 * are calls, shown on the canvas like any other.
 */
import type { ConsoleRemark } from '../../console/types.ts';
import { applyProposedEdits } from '../actions/applyEdits.ts';
import { sendCall } from '../actions/sendCall.ts';
import { settledRevision } from '../actions/settledRevision.ts';
import { parseCurl } from '../curl/parseCurl.ts';
import { expandVariables, quoteShellWord, splitShellWords } from '../curl/shellWords.ts';
import { readingIn } from '../curl/surroundings.ts';
import type { Studio } from '../studio.ts';
import { type CallDraft, EMPTY_DRAFT } from '../workspace/workspace.ts';
import { curlText } from './curlText.ts';
import { filterText } from './filters.ts';
import { readLogs } from './logs.ts';
import { placeOf } from './place.ts';
import { firstSubstitution, parsePipeline, readAssignment } from './shell.ts';
import type { OwnRemark, TerminalPart } from './terminal.ts';

interface Ran {
  readonly parts: readonly TerminalPart[];
  readonly exit: number;
}

export async function runLine(studio: Studio, line: string): Promise<void> {
  const text = line.trim().replace(/^\$\s+/, '');
  if (text === '') return;
  if (text === 'clear') {
    studio.store.setState(({ terminal }) => ({
      terminal: { ...terminal, entries: [], history: [...terminal.history, text] },
    }));
    return;
  }
  const id = studio.store.getState().terminal.history.length + 1;
  studio.store.setState(({ terminal }) => ({
    terminal: {
      ...terminal,
      entries: [...terminal.entries, { id, line: text, status: 'running', parts: [] }],
      history: [...terminal.history, text],
    },
  }));
  const { parts } = await runText(studio, text);
  studio.store.setState(({ terminal }) => ({
    terminal: {
      ...terminal,
      entries: terminal.entries.map((entry) => (entry.id === id ? { ...entry, status: 'done', parts } : entry)),
    },
  }));
}

async function runText(studio: Studio, text: string): Promise<Ran> {
  const { commands, stdin, isLiteral } = parsePipeline(text);
  const { variables } = studio.store.getState().terminal;
  let input = stdin === undefined || isLiteral === true ? stdin : expandVariables(stdin, variables);
  let ran: Ran = { parts: [], exit: 0 };
  const errors: TerminalPart[] = [];
  for (const [at, command] of commands.entries()) {
    ran = await runOne(studio, command, input);
    if (at === commands.length - 1) break;
    input = stdoutOf(ran);
    errors.push(...ran.parts.filter(({ kind }) => kind !== 'stdout'));
  }
  return { parts: [...errors, ...ran.parts], exit: ran.exit };
}

const stdoutOf = ({ parts }: Ran): string => parts.map((part) => (part.kind === 'stdout' ? part.text : '')).join('');

async function runOne(studio: Studio, command: string, stdin: string | undefined): Promise<Ran> {
  let text = command;
  for (let found = firstSubstitution(text); found !== undefined; found = firstSubstitution(text)) {
    const ran = await runText(studio, found.inner);
    if (ran.exit !== 0) return ran;
    text = found.before + quoteShellWord(stdoutOf(ran).trim()) + found.after;
  }
  const words = splitShellWords(text, studio.store.getState().terminal.variables);
  const [program = ''] = words;
  const assigned = readAssignment(words);
  if (assigned !== undefined) return assign(studio, assigned);
  if (program === 'xargs')
    return runOne(
      studio,
      [...words.slice(1), ...splitShellWords(stdin ?? '')].map(quoteShellWord).join(' '),
      undefined,
    );
  if (program === 'help' || words[1] === '--help') return own('help', 0);
  if (program === 'cat' || program === 'echo')
    return printed(program === 'cat' ? (stdin ?? '') : `${words.slice(1).join(' ')}\n`);
  const filtered = stdin === undefined ? undefined : filterText(words, stdin);
  if (filtered !== undefined) return printed(filtered);
  const start = words.findIndex((word) => /(^|\/)(curl|openssl)$/.test(word));
  const isExec = /(^|\/)kubectl$/.test(program) && words[1] === 'exec';
  if (isExec && start < 0) return own('exec-only-curl');
  if (isExec || start === 0) {
    const around = words.slice(0, start);
    return /openssl$/.test(words[start] ?? '')
      ? openssl(studio, around, words.slice(start + 1))
      : curl(studio, text, around, words.slice(start + 1));
  }
  if (/(^|\/)(kubectl|k)$/.test(program) && words[1] === 'logs') return logs(studio, words);
  return engine(studio, words, stdin);
}

function assign(studio: Studio, [name, value]: readonly [string, string]): Ran {
  studio.store.setState(({ terminal }) => ({
    terminal: { ...terminal, variables: { ...terminal.variables, [name]: value } },
  }));
  return printed('');
}

async function logs(studio: Studio, words: readonly string[]): Promise<Ran> {
  if ((await settledRevision(studio)) === undefined) return own('engine-failed');
  const read = readLogs(studio, words);
  if (read.kind === 'refused') return { parts: [{ kind: 'stderr', text: read.text }], exit: 1 };
  return read.kind === 'lines' ? printed(read.text) : own(read.code, 0);
}

const printed = (text: string): Ran => ({ parts: text === '' ? [] : [{ kind: 'stdout', text }], exit: 0 });
const own = (code: OwnRemark['code'], exit = 1, params: OwnRemark['params'] = {}): Ran => ({
  parts: [{ kind: 'remark', remark: { code, params } }],
  exit,
});
const remarks = (all: readonly ConsoleRemark[]): TerminalPart[] => all.map((remark) => ({ kind: 'remark', remark }));

async function engine(studio: Studio, argv: readonly string[], stdin: string | undefined): Promise<Ran> {
  for (;;) {
    const revision = await settledRevision(studio);
    if (revision === undefined) return own('engine-failed');
    const reply = await studio.engine.ask({
      kind: 'console',
      revision,
      argv,
      ...(stdin === undefined ? {} : { stdin }),
    });
    if (reply.kind === 'stale' || studio.store.getState().engine.revision !== revision) continue;
    if (reply.kind !== 'answer' || reply.answer === undefined) return own('engine-failed');
    const { stdout, stderr, exit, edits, remarks: said } = reply.answer;
    applyProposedEdits(studio, edits);
    const [edit] = edits;
    if (edit !== undefined) studio.store.setState(({ layout }) => ({ layout: { ...layout, file: edit.file } }));
    if (edit !== undefined || isApply(argv, exit)) studio.store.setState(({ applied }) => ({ applied: applied + 1 }));
    return {
      exit,
      parts: [
        ...(stdout === '' ? [] : [{ kind: 'stdout', text: stdout } as const]),
        ...(stderr === '' ? [] : [{ kind: 'stderr', text: stderr } as const]),
        ...remarks(said),
      ],
    };
  }
}

/** Applied, though nothing had to change: from now on that is what was applied last. */
const isApply = ([program = '', verb, ...rest]: readonly string[], exit: number): boolean =>
  exit === 0 &&
  /(^|\/)kubectl$/.test(program) &&
  verb === 'apply' &&
  !rest.some((word) => word.startsWith('--dry-run'));

async function curl(studio: Studio, text: string, around: readonly string[], options: readonly string[]): Promise<Ran> {
  const { workspace, engine: known, terminal } = studio.store.getState();
  const reading = readingIn(workspace.world, known.graph);
  const variables = { ...reading.variables, ...terminal.variables };
  const parsed = parseCurl(text, { ...reading, variables });
  if (!parsed.ok) return { parts: [{ kind: 'stderr', text: 'curl: no URL specified\n' }], exit: 2 };
  const placed = placeOf(studio, around);
  if (typeof placed === 'string') return { parts: [{ kind: 'stderr', text: placed }], exit: 1 };
  const answer = await call(studio, { ...parsed.value.draft, ...placed });
  if (answer === undefined) return own('cannot-be-sent');
  const { outcome } = answer.trace;
  if (outcome.kind !== 'http') return own('cannot-tell');
  const { stdout, stderr } = curlText(outcome, options);
  const ended =
    around.length > 0 && outcome.curlExit !== 0 ? `command terminated with exit code ${outcome.curlExit}\n` : '';
  return {
    exit: outcome.curlExit,
    parts: [
      ...(stdout === '' ? [] : [{ kind: 'stdout', text: stdout } as const]),
      ...(stderr + ended === '' ? [] : [{ kind: 'stderr', text: stderr + ended } as const]),
    ],
  };
}

/** `openssl s_client -connect HOST:PORT`: the handshake that a TLS client there has. */
async function openssl(studio: Studio, around: readonly string[], options: readonly string[]): Promise<Ran> {
  const optionOf = (flag: string): string | undefined => options[options.indexOf(flag) + 1 || options.length];
  const [host = '', port = '443'] = (optionOf('-connect') ?? '').split(/:(?=\d+$)/);
  if (options[0] !== 's_client' || host === '') {
    return { parts: [{ kind: 'stderr', text: 'openssl: only s_client -connect HOST:PORT is known here\n' }], exit: 1 };
  }
  const placed = placeOf(studio, around);
  if (typeof placed === 'string') return { parts: [{ kind: 'stderr', text: placed }], exit: 1 };
  const name = optionOf('-servername') ?? host;
  const answer = await call(studio, {
    ...EMPTY_DRAFT,
    ...placed,
    url: `https://${name}:${port}/`,
    insecure: true,
    ...(name === host ? {} : { connectTo: host }),
  });
  if (answer === undefined) return own('cannot-be-sent');
  return { parts: [{ kind: 'handshake', answer, address: host, port: Number(port) }], exit: 0 };
}

/** Sends it as the request bar would, so that canvas and timeline show it. */
async function call(studio: Studio, draft: CallDraft) {
  if ((await settledRevision(studio)) === undefined) return undefined;
  studio.store.setState({ request: { draft } });
  await sendCall(studio, { play: false });
  const { run, request } = studio.store.getState();
  return run.status === 'done' && run.draft === draft && request.problem === undefined ? run.answer : undefined;
}
