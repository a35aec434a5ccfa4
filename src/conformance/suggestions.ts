/** How often a suggestion helps, over the refused calls of a case. */
import { applyEdits, compile, evaluate, parse, suggestEdits } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

export interface SuggestionFigures {
  /** Calls that RBAC refused: 403, or a TCP connection it closed. */
  refused: number;
  /** Of those, calls for which the first suggestion is accepted by the webhook and lets the call through. */
  helped: number;
  /** Other calls that the first suggestion opens. */
  opened: number[];
  helpless: string[];
  /** Other refusals (no token, STRICT) for which a remedy in the call is named. */
  remedied: number;
}

export async function measureSuggestions(path: string, file: CaseFile): Promise<SuggestionFigures> {
  const figures: SuggestionFigures = { refused: 0, helped: 0, opened: [], helpless: [], remedied: 0 };
  for (const variant of file.variants) {
    const input = variantInput(file, variant);
    const compiled = await compile(parse(input.files), input.options);
    for (const caseCall of variant.calls ?? []) {
      const call = callFrom(compiled, file, caseCall);
      const { disposition } = evaluate(compiled, call);
      if (disposition.kind !== 'refused') continue;
      const { suggestions, remedies } = await suggestEdits(input.files, input.options, call);
      if (disposition.by !== 'authorization') {
        if (remedies.length > 0) figures.remedied++;
        continue;
      }
      figures.refused++;
      const [first] = suggestions;
      if (first === undefined) {
        figures.helpless.push(`${path} | ${variant.name} | ${caseCall.name}`);
        continue;
      }
      const after = await compile(parse(applyEdits(input.files, first.edits)), input.options);
      const helped =
        after.parsed.rejected.length === compiled.parsed.rejected.length &&
        evaluate(after, call).disposition.kind !== 'refused';
      if (!helped) figures.helpless.push(`${path} | ${variant.name} | ${caseCall.name} (the edit did not help)`);
      else {
        figures.helped++;
        figures.opened.push(first.opens.length);
      }
    }
  }
  return figures;
}
