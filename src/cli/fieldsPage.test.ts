import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fieldsPage } from './fieldsPage.ts';

it('docs/fields.md is what `npm run fields` writes', () => {
  expect(readFileSync('docs/fields.md', 'utf8')).toBe(fieldsPage());
});
