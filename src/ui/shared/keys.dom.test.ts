import { describe, expect, it } from 'vitest';
import { isTyping } from './keys.ts';

describe('somebody is typing', () => {
  it.each([
    ['in a field', '<input id="x">', true],
    ['in a text area', '<textarea id="x"></textarea>', true],
    [
      'in an editor that is no field but a text box by its role',
      '<div role="textbox" id="x" tabindex="0"></div>',
      true,
    ],
    ['inside such an editor', '<div role="textbox"><span id="x"></span></div>', true],
    ['in a menu, which is searched by typing', '<div role="menu"><button id="x"></button></div>', true],
    ['not on a button', '<button id="x"></button>', false],
    ['not on a card of the canvas', '<div role="group"><div id="x" tabindex="0"></div></div>', false],
  ])('%s', (_where, html, expected) => {
    document.body.innerHTML = html;
    expect(isTyping(document.getElementById('x'))).toBe(expected);
  });
});
