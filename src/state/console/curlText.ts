/** What curl prints of an outcome, by the options that say what to print. Pure; curl's own words. */
import type { HttpOutcome } from '../../trace/outcome.ts';
import { VALUED_SHORT } from '../curl/options.ts';

interface Printing {
  readonly silent: boolean;
  readonly showError: boolean;
  readonly headers: boolean;
  readonly output?: string;
  readonly writeOut?: string;
}

export function printingOf(words: readonly string[]): Printing {
  const found = {
    silent: false,
    showError: false,
    headers: false,
    output: undefined as string | undefined,
    writeOut: undefined as string | undefined,
  };
  const SWITCHES: Readonly<Record<string, 'silent' | 'showError' | 'headers'>> = {
    s: 'silent',
    S: 'showError',
    i: 'headers',
    I: 'headers',
    '--silent': 'silent',
    '--show-error': 'showError',
    '--include': 'headers',
    '--head': 'headers',
  };
  const VALUES: Readonly<Record<string, 'output' | 'writeOut'>> = {
    o: 'output',
    w: 'writeOut',
    '--output': 'output',
    '--write-out': 'writeOut',
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('--')) {
      const switched = SWITCHES[word];
      const valued = VALUES[word];
      if (switched !== undefined) found[switched] = true;
      if (valued !== undefined) found[valued] = words[++at];
    } else if (word.startsWith('-')) {
      for (let index = 1; index < word.length; index++) {
        const letter = word.charAt(index);
        const switched = SWITCHES[letter];
        if (switched !== undefined) found[switched] = true;
        if (!VALUED_SHORT.includes(letter)) continue;
        const value = word.length > index + 1 ? word.slice(index + 1) : words[++at];
        const valued = VALUES[letter];
        if (valued !== undefined) found[valued] = value;
        break;
      }
    }
  }
  const { output, writeOut, ...switches } = found;
  return { ...switches, ...(output === undefined ? {} : { output }), ...(writeOut === undefined ? {} : { writeOut }) };
}

export function curlText(
  outcome: HttpOutcome,
  words: readonly string[],
): { readonly stdout: string; readonly stderr: string } {
  const { silent, showError, headers, output, writeOut } = printingOf(words);
  const { curlExit, error, status, body, appSaw } = outcome;
  const head =
    headers && status > 0
      ? `HTTP/1.1 ${status}\r\n${outcome.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
      : '';
  // Without a body of its own the answer is the application's echo of what it saw.
  const text = status === 0 ? '' : (body ?? (appSaw === undefined ? '' : `${JSON.stringify(appSaw, null, 2)}\n`));
  const written = (writeOut ?? '')
    .replaceAll(/%\{(?:http_code|response_code)\}/g, String(status).padStart(3, '0'))
    .replaceAll('%{exitcode}', String(curlExit))
    .replaceAll(/%\{[^}]*\}/g, '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  return {
    stdout: (output === undefined ? head + text : '') + written,
    stderr: curlExit !== 0 && (!silent || showError) ? `curl: (${curlExit}) ${error ?? ''}\n` : '',
  };
}
