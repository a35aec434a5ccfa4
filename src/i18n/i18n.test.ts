import { describe, expect, it } from 'vitest';
import { createI18n } from './i18n.ts';
import { ALL_AREAS, AREAS } from './messages/areas.ts';
import { core } from './messages/en/core.ts';
import { en } from './messages/en/index.ts';
import { ja } from './messages/ja/index.ts';

describe('areas of the catalogues', () => {
  it.each([
    ['en', en],
    ['ja', ja],
  ] as const)('and the core are all of %s, and bring the same sections in it', async (language, whole) => {
    const sections = await Promise.all(ALL_AREAS.map((area) => AREAS[area][language]()));
    const names = [...Object.keys(core), ...sections.flatMap((section) => Object.keys(section))];
    expect(names.sort()).toEqual(Object.keys(whole).sort());
  });

  it('are fetched when somebody needs them, and then the translator has them', async () => {
    const i18n = await createI18n('en');
    expect(i18n.current().find('csr.passed')).toBeUndefined();
    const fetching = i18n.need(['csr', 'certificates']);
    expect(fetching).toBeDefined();
    expect(i18n.need(['csr', 'certificates']), 'whoever renders twice waits for one thing').toBe(fetching);
    await fetching;
    expect(i18n.need(['csr'])).toBeUndefined();
    expect(i18n.current().find('csr.passed')).toBe(en.csr.passed);
  });

  it('that are in use come along into another language', async () => {
    const i18n = await createI18n('en');
    await i18n.need(['csr']);
    let told = 0;
    i18n.subscribe(() => told++);
    await i18n.setLanguage('ja');
    expect(told).toBe(1);
    expect(i18n.need(['csr'])).toBeUndefined();
    expect(i18n.current().find('csr.passed')).toBe(ja.csr.passed);
  });
});
