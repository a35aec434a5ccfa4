import { describe, expect, it } from 'vitest';
import { lookUp, type Params, type Sections } from './lookUp.ts';

const sections: Sections = new Map<string, object>([
  [
    'section',
    {
      plain: 'Plain & simple <b>',
      deep: { er: 'Deeper' },
      'with-dash': '{{who}} asks {{whom}}, {{who}} waits',
      hops_one: '{{count}} hop',
      hops_other: '{{count}} hops',
      bare: 'no forms, {{count}}',
    },
  ],
]);

describe('a key and its parameters become a sentence', () => {
  it.each<[string, string, Params | undefined, string | undefined]>([
    ['as it stands, unescaped', 'section.plain', undefined, 'Plain & simple <b>'],
    ['any depth', 'section.deep.er', undefined, 'Deeper'],
    ['every place of a parameter', 'section.with-dash', { who: 'a', whom: 0 }, 'a asks 0, a waits'],
    ['a parameter left out is a dash', 'section.with-dash', { who: 'a' }, 'a asks –, a waits'],
    [
      'values are not read again',
      'section.with-dash',
      { who: '{{whom}}', whom: '$&' },
      '{{whom}} asks $&, {{whom}} waits',
    ],
    ['one', 'section.hops', { count: 1 }, '1 hop'],
    ['none', 'section.hops', { count: 0 }, '0 hops'],
    ['a count where there are no forms', 'section.bare', { count: 2 }, 'no forms, 2'],
    ['no sentence', 'section.missing', undefined, undefined],
    ['no section', 'other.plain', undefined, undefined],
    ['a section is no sentence', 'section.deep', undefined, undefined],
    ['nothing inherited', 'section.constructor.name', undefined, undefined],
    ['no path', 'section', undefined, undefined],
  ])('%s', (_, key, params, sentence) => {
    expect(lookUp(sections, 'en', key, params)).toBe(sentence);
  });

  it('Japanese has one form for every number', () => {
    expect(lookUp(sections, 'ja', 'section.hops', { count: 1 })).toBe('1 hops');
  });
});
