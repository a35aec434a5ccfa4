/** Codes with parameters become sentences. A code without one is shown as it is, never swallowed. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { Params, Translator } from '../i18n.ts';

export const reasonText = ({ find }: Translator, { code, params }: Reason): string =>
  find(`reason.${code}`, params) ?? codeText(code, params);

export function diagnosticText({ find }: Translator<'diagnostic'>, { code, params }: Diagnostic): string {
  // Why a field is not simulated is a code, too; its words come with the editor.
  const why = find(`code.fieldReason.${params['reason'] ?? ''}`);
  return find(`diagnostic.${code}`, why === undefined ? params : { ...params, reason: why }) ?? codeText(code, params);
}

/** The sentence is the same for every cause of a kind; what exactly it is stands behind it. */
export function cannotTellText({ find }: Translator, { code, params }: CannotTell): string {
  const values = Object.values(params).filter((value) => value !== '');
  const sentence = find(`verdict.cannotTellWhy.${code}`) ?? code;
  return values.length === 0 ? sentence : `${sentence} (${values.join(', ')})`;
}

function codeText(code: string, params: Params): string {
  const values = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return values.length === 0 ? code : `${code} (${values.join(', ')})`;
}
