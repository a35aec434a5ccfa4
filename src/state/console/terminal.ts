/** What the console shows: entries of one command line each, as plain data. */
import type { ConsoleRemark } from '../../console/types.ts';
import type { SendAnswer } from '../../worker/protocol.ts';
import type { ShellVariables } from '../curl/shellWords.ts';

export interface Terminal {
  readonly entries: readonly TerminalEntry[];
  /** Every line typed, oldest first, for the arrow keys; clearing the screen leaves it. */
  readonly history: readonly string[];
  /** Of the shell, as `export` set them. */
  readonly variables: ShellVariables;
}

export interface TerminalEntry {
  readonly id: number;
  readonly line: string;
  readonly status: 'running' | 'done';
  readonly parts: readonly TerminalPart[];
}

export type TerminalPart =
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'remark'; readonly remark: ConsoleRemark | OwnRemark }
  /** The handshake of a call, to be told as openssl tells it. */
  | { readonly kind: 'handshake'; readonly answer: SendAnswer; readonly address: string; readonly port: number };

/** What only the page's side has to say. */
export interface OwnRemark {
  readonly code:
    | 'help'
    | 'exec-only-curl'
    | 'cannot-tell'
    | 'cannot-be-sent'
    | 'engine-failed'
    | 'log-of-application'
    | 'log-without-call';
  readonly params: Readonly<Record<string, string | number>>;
}

export const EMPTY_TERMINAL: Terminal = { entries: [], history: [], variables: {} };
