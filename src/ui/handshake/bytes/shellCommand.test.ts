/** What the shell commands print is the value that the view shows: run in bash with the real openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownHandshakes } from '../../../testing/shownHandshakes.ts';
import { describeWithTool } from '../../../testing/tools.ts';
import { sealingCommand, shellCommand } from './shellCommand.ts';

describeWithTool('openssl', 'shell commands', () => {
  describe.each(shownHandshakes())('$name', ({ view, pems }) => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'shell-'));
      for (const [file, text] of Object.entries(pems)) writeFileSync(join(folder, file), text);
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const run = (command: string): string =>
      execFileSync('bash', ['-euo', 'pipefail', '-c', command], { cwd: folder, encoding: 'utf8' }).trim();

    const computed = view.steps.flatMap((step) => {
      const command = step.kind === 'computation' ? shellCommand(step, view.messages) : undefined;
      return step.kind === 'computation' ? [{ ...step, command }] : [];
    });
    const repeatable = computed.flatMap(({ command, ...step }) =>
      command === undefined ? [] : [{ ...step, command }],
    );

    it('exist for all that is not drawn from the seed', () => {
      const missing = computed.filter(({ command }) => command === undefined);
      expect(missing.filter(({ operation }) => operation.kind !== 'random').map(({ name }) => name)).toEqual([]);
      expect(repeatable.length).toBeGreaterThan(15);
    });

    it.each(repeatable)('$by: $name', ({ operation, value, command }) => {
      const printed = run(command);
      if (operation.kind === 'sign') expect(printed).toMatch(/Verified OK|Signature Verified Successfully/);
      else expect(printed).toBe(value);
    });

    it('make the ciphertext of each record again', () => {
      const sealed = view.messages.flatMap(({ records }) =>
        records.filter(({ protection }) => protection !== undefined),
      );
      expect(sealed.length).toBeGreaterThan(1);
      for (const { bytes, protection } of sealed) {
        if (protection === undefined) continue;
        // The header and the proof at the end are not ciphered; TLS 1.2 sends part of the nonce along.
        expect(bytes.slice(0, -32)).toMatch(new RegExp(`${run(sealingCommand(protection))}$`));
      }
    });
  });
});
