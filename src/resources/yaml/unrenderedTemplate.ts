/**
 * A text that is not YAML because it is the source of a Helm chart: its problems -> the one that
 * explains them all, at the first template action. Actions inside strings, block scalars and comments
 * are harmless: they leave the text YAML, and nothing is said.
 */
import type { YamlProblem } from './composeDocument.ts';

/** `{{ ... }}` on one line, as in text/template. */
const ACTION = /\{\{-?[^{}\n]{0,400}\}\}/;

export function explainTemplate(text: string, problems: readonly YamlProblem[]): readonly YamlProblem[] {
  if (!problems.some(({ code }) => code === 'yaml-syntax')) return problems;
  const action = ACTION.exec(text);
  if (action === null) return problems;
  const [found] = action;
  return [{ code: 'yaml-template', params: { action: found }, start: action.index, end: action.index + found.length }];
}
