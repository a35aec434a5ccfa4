/** What a diagnostic points at in the text, and another word in its place. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { SourceRange } from '../../base/origin.ts';
import { requote } from '../requote.ts';
import type { Fix } from './fix.ts';

export interface Pointed {
  readonly range: SourceRange;
  /** The file's whole text. */
  readonly text: string;
  /** With its quotes. */
  readonly written: string;
  readonly word: string;
}

export function replacedBy({ range, written, word }: Pointed, to: string | undefined): Fix[] {
  if (to === undefined || to === word) return [];
  const { file, start, end } = range;
  return [
    { code: 'replace', params: { from: word, to }, edits: [{ file, start, end, text: requote(written, to, true) }] },
  ];
}

/** Of the apiVersion in question. */
export const groupOf = ({ params }: Diagnostic): string => {
  const apiVersion = String(params['apiVersion'] ?? '');
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
};
