import { expect, test } from './fixtures/studio.ts';

test('the studio opens, under its own content security policy', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/Meshverdict/);
  await expect(page.locator('#root')).not.toBeEmpty();
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /default-src 'self'/);
});
