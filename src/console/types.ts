/**
 * The command line of the mesh: one command in, what the real command would print out. Texts are
 * kubectl's and istioctl's own and are never translated; remarks of ours are codes.
 */
import type { CompiledMesh, ParseCache, TextEdit, WorkspaceFile } from '../engine.ts';

export interface ConsoleCommand {
  /** Program first. */
  readonly argv: readonly string[];
  readonly stdin?: string;
}

export interface ConsoleOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  /** What the command changes in the text. */
  readonly edits: readonly TextEdit[];
  readonly remarks: readonly ConsoleRemark[];
}

/** Something of ours to say beside what the command prints. */
export interface ConsoleRemark {
  readonly code: ConsoleRemarkCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export const CONSOLE_REMARK_CODES = [
  /** params: command, known */
  'unknown-command',
  /** params: what */
  'not-simulated',
  'analyze-by-webhook',
  'envoy-json',
  /** params: names */
  'files-known',
  'pods-recreated',
] as const;
export type ConsoleRemarkCode = (typeof CONSOLE_REMARK_CODES)[number];

export interface ConsoleEnv {
  readonly compiled: CompiledMesh;
  readonly files: readonly WorkspaceFile[];
  readonly cache: ParseCache;
}

const NOTHING: ConsoleOutput = { stdout: '', stderr: '', exit: 0, edits: [], remarks: [] };

export const output = (part: Partial<ConsoleOutput>): ConsoleOutput => ({ ...NOTHING, ...part });
export const failure = (stderr: string, ...remarks: ConsoleRemark[]): ConsoleOutput =>
  output({ stderr: `${stderr}\n`, exit: 1, remarks });
export const remark = (code: ConsoleRemarkCode, params: ConsoleRemark['params'] = {}): ConsoleRemark => ({
  code,
  params,
});
