/**
 * The ratchet: the list of everything that agrees, one line each. What is on it never leaves it;
 * what newly agrees is added by `npm run conformance -- DIR --update-ratchet`.
 */
import type { CaseResult } from './runCase.ts';

/** `file | variant | call or '-' | level`, the levels being verdict, explanation, rejected, warnings, nacks, analysis. */
export type RatchetLine = string;

const CONFIGURATION_FIELDS = ['rejected', 'warnings', 'nacks', 'analysis'] as const;

export function agreeing(results: readonly CaseResult[]): RatchetLine[] {
  const lines: RatchetLine[] = [];
  for (const result of results) {
    for (const variant of result.variants) {
      for (const call of variant.calls) {
        const at = `${result.file} | ${variant.variant} | ${call.call}`;
        if (call.outcome === 'agrees' || call.outcome === 'verdict-only') lines.push(`${at} | verdict`);
        if (call.outcome === 'agrees') lines.push(`${at} | explanation`);
      }
      const differing = new Set(variant.configuration.map((d) => d.field));
      for (const field of CONFIGURATION_FIELDS) {
        if (!differing.has(field)) lines.push(`${result.file} | ${variant.variant} | - | ${field}`);
      }
    }
  }
  return lines.sort();
}

/** Lines of the ratchet that no longer agree; cases that were not run are not judged. */
export function lost(ratchet: readonly RatchetLine[], results: readonly CaseResult[]): RatchetLine[] {
  const now = new Set(agreeing(results));
  const ran = new Set(results.map((result) => result.file));
  return ratchet.filter((line) => line !== '' && ran.has(line.slice(0, line.indexOf(' | '))) && !now.has(line));
}
