/** The order of files is that in which they are applied: moving one is a step of the history. */
import { expect, it } from 'vitest';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, type Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';
import { moveFile } from './files.ts';
import { undo } from './undo.ts';

function withFiles(...names: readonly string[]): Studio {
  const studio = createStudio({
    engine: {} as never,
    storage: memoryStorage(),
    examples: {} as never,
    now: () => 0,
    systemPrefersReducedMotion: () => false,
    ...readPreferences(undefined, { language: 'en', width: 1280 }),
  });
  changeContent(studio, { kind: 'files', target: '' }, () => ({ files: names.map((name) => ({ name, text: name })) }));
  return studio;
}

const order = (studio: Studio): string =>
  studio.store
    .getState()
    .workspace.files.map(({ name }) => name)
    .join('');

it.each([
  ['to the left', 'c', 0, 'cab'],
  ['to the right', 'a', 1, 'bac'],
  ['past the end', 'a', 9, 'bca'],
  ['before the beginning', 'b', -1, 'bac'],
  ['nowhere', 'b', 1, 'abc'],
  ['what is not there', 'x', 0, 'abc'],
])('a file is moved %s', (_, name, to, expected) => {
  const studio = withFiles('a', 'b', 'c');
  const steps = studio.store.getState().history.past.length;
  moveFile(studio, name, to);
  expect(order(studio)).toBe(expected);
  if (expected === 'abc') expect(studio.store.getState().history.past).toHaveLength(steps);
  else {
    undo(studio);
    expect(order(studio)).toBe('abc');
  }
});
