/** Every code of the TLS vocabularies has a sentence in both languages. */
import { describe, expect, it } from 'vitest';
import {
  TLS_DECISION_TOPICS,
  TLS_FAILURE_REASONS,
  TLS_FIELD_MEANINGS,
  TLS_VALUE_NAMES,
} from '../../base/tlsVocabulary.ts';
import { loadTlsTexts } from './index.ts';
import { TLS_MESSAGE_NAMES, TLS_OPERATIONS, TLS_VIEW_TEXTS } from './texts.ts';

const SECTIONS = {
  field: TLS_FIELD_MEANINGS,
  value: TLS_VALUE_NAMES,
  decision: TLS_DECISION_TOPICS,
  failure: TLS_FAILURE_REASONS,
  message: TLS_MESSAGE_NAMES,
  operation: TLS_OPERATIONS,
  view: TLS_VIEW_TEXTS,
} as const;
const sections = Object.entries(SECTIONS) as [keyof typeof SECTIONS, readonly string[]][];

describe.each(['en', 'ja'] as const)('texts of TLS in %s', (language) => {
  it.each(sections)('has exactly the codes of %s', async (section, codes) => {
    const texts = await loadTlsTexts(language);
    const catalogue: Readonly<Record<string, string>> = texts[section];
    expect(Object.keys(catalogue).sort()).toEqual([...codes].sort());
    expect(Object.values(catalogue).filter((text) => text.trim().length < 2)).toEqual([]);
    if (language === 'ja') {
      expect(
        Object.values(catalogue).filter(
          (text) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text) && !/\{(what|who)\}/.test(text),
        ),
      ).toEqual([]);
    }
  });
});

it('asks for the same parameters in both languages', async () => {
  const [en, ja] = [await loadTlsTexts('en'), await loadTlsTexts('ja')];
  for (const operation of TLS_OPERATIONS) {
    expect([operation, ja.operation[operation].includes('{what}')]).toEqual([
      operation,
      en.operation[operation].includes('{what}'),
    ]);
  }
});
