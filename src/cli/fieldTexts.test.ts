import { expect, it } from 'vitest';
import { loadLanguage } from '../engine.ts';
import { fields as en } from '../i18n/fields/en.ts';
import { fields as ja } from '../i18n/fields/ja.ts';

it('every sentence is about a field, value or kind that exists, in both languages', async () => {
  const keys = (await loadLanguage()).allFieldKeys();
  expect(Object.keys(en).filter((key) => !keys.has(key))).toEqual([]);
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
  expect([...Object.values(en), ...Object.values(ja)].filter((text) => text.trim() === '')).toEqual([]);
});
