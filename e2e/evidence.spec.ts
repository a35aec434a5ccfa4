import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('a verdict shows the recorded calls that it rests on', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'as Istio 1.32-dev with Envoy 1.40' }).click();
  await expect(page.getByText('which recorded calls bear out its verdict')).toBeVisible();

  await page.getByRole('button', { name: 'Send' }).click();
  await expect(studio.verdict.locator('.verdict-sentence')).toBeVisible();
  const panel = page.getByRole('tabpanel', { name: 'Evidence' });
  await expect(panel.getByRole('heading', { name: 'What this verdict rests on' })).toBeVisible();
  const decided = panel.getByText(/^Seen in [\d,]+ recorded calls; it decided [\d,]+ of them\.$/);
  await expect(decided.first()).toBeVisible();

  // A row opens by keyboard, to calls with what was sent and answered.
  const row = panel.getByRole('group').filter({ hasText: 'Mutual TLS 1.3 established' }).first();
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(row.getByText('For example')).toBeVisible();
  await expect(row.getByText(/^curl \d+/).first()).toBeVisible();
  await row.getByRole('button', { name: 'Go to the step' }).click();
  await expect(page.getByRole('heading', { name: 'Mutual TLS 1.3 established' })).toBeVisible();

  // And back: from a step to its evidence.
  await page.getByRole('button', { name: 'Next step' }).click();
  const step = page.getByRole('region', { name: 'Step' });
  await step.getByRole('button', { name: 'Evidence' }).click();
  await expect(panel.locator('summary:focus')).toBeVisible();

  await panel.getByRole('button', { name: 'Copy a report' }).click();
  const report = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(report).toContain('### boutique.yaml');
  expect(await report()).toContain('curl ');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('.evidence').include('.topbar').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
});
