/**
 * Tests that ask another program for a second opinion (openssl, tshark). Without the program such
 * tests do not run, and `npm test` prints NOT RUN and how to install it; CI counts that as failed.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

export type Tool = 'openssl' | 'tshark';

/** A group of tests that needs a program in PATH. */
export function describeWithTool(tool: Tool, name: string, body: () => void): void {
  describe.skipIf(!isInPath(tool))(`${name} (with ${tool})`, body);
}

function isInPath(tool: Tool): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, tool)));
}
