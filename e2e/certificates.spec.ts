/** Keys and clocks: tenants with CAs of their own, the mesh clock, what breaks, a root replaced. */
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('tenants with different signers cannot talk; moving the clock on breaks what copied roots pin, undo mends it', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('Custom CA: a signer for each tenant');
  await studio.call('foo to foo');
  await expect(studio.verdict).toContainText('Allowed: foo/httpbin answered with 200.');
  await studio.call('foo to bar: another signer');
  await expect(studio.verdict).toContainText('its chain leads to no trust anchor');

  await studio.call('foo to foo');
  await studio.node('Certificate authority foo, certifies 2').click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: '30 days on' }).click();
  await page.getByRole('button', { name: '30 days on' }).click();
  await expect(studio.verdict).toContainText('Failed');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(studio.verdict).toContainText('Allowed');
});

test('what breaks without a CA is made out by calling, and a root replaced at one stroke has its window of failure', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('Custom CA: a signer for each tenant');
  await studio.node('Certificate authority foo, certifies 2').click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'What breaks without it …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Certificates and clock' });
  await dialog.getByRole('button', { name: 'Make the calls' }).click();
  await expect(dialog.getByRole('heading', { name: 'At once' })).toBeVisible();
  await expect(dialog.getByText('0 of 12 calls end differently.', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'foo to foo' }).first()).toContainText('Allowed');

  await dialog.getByRole('tab', { name: 'Replace a root' }).click();
  await dialog.getByRole('button', { name: 'Play it through' }).click();
  await expect(dialog.getByText(/^None: all \d+ calls go through the whole time/)).toBeVisible();
  await dialog.getByLabel('Plan').selectOption({ label: 'Swap at one stroke' });
  await dialog.getByRole('button', { name: 'Play it through' }).click();
  await expect(dialog.getByText(/calls of \d+ fail for a while/)).toBeVisible();
});

test('a signing request is played step by step', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('Custom CA: a signer for each tenant');
  await studio
    .node(/httpbin/)
    .first()
    .click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('tab', { name: 'Identity' }).click();
  await page.getByRole('button', { name: 'One step back' }).click();
  await expect(page.getByRole('button', { name: 'One step on' })).toBeEnabled();
  await page.getByRole('button', { name: 'Play the request' }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true }).last()).toBeVisible();
});

test('an open connection lives on while new ones fail, and says with which certificates it began', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('Custom CA: a signer for each tenant');
  await studio.call('foo to foo');
  await studio.node('Certificate authority foo, certifies 2').click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'Open the timeline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Certificates and clock' });
  await dialog.getByRole('tab', { name: 'Open connections' }).click();
  await dialog.getByRole('button', { name: 'Open the connections of the saved calls' }).click();
  await expect(dialog.getByText('foo/curl → foo/httpbin')).toBeVisible();
  await dialog.getByRole('button', { name: '30 days on' }).click();
  await dialog.getByRole('button', { name: '30 days on' }).click();
  const call = dialog.getByRole('listitem').filter({ hasText: 'over what is open' });
  await expect(call).toContainText(/foo to foo.*Allowed.*Failed/);
  await expect(dialog.getByText(/client’s certificate ended .*; nobody looks/)).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Calls go over open connections' }).check();
  await dialog.getByRole('tab', { name: 'In time' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '1 open connection began with it' })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(studio.verdict).toContainText('Over connections opened 2026-11-23 00:00');

  await page.getByRole('button', { name: 'Open the timeline' }).click();
  await dialog.getByRole('tab', { name: 'Open connections' }).click();
  await dialog.getByRole('button', { name: 'Close the connection foo/curl → foo/httpbin' }).click();
  await page.keyboard.press('Escape');
  await expect(studio.verdict).toContainText('Failed');
});

test.describe('in Japan', () => {
  test.use({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });

  test('the mesh clock is in UTC, takes no time that is none, and is where it was left after a reload', async ({
    page,
  }) => {
    const studio = new StudioPage(page);
    await studio.open();
    const clock = page.getByLabel('メッシュの時計 (UTC)');
    const showClock = async (): Promise<void> => {
      await studio.node(/^認証局 istiod/).click();
      await page.getByRole('tab', { name: 'インスペクター' }).click();
      await expect(clock).toBeVisible();
    };
    await showClock();
    await clock.fill('2027-03-28T02:30');
    await expect(clock).toHaveValue('2027-03-28T02:30');
    await clock.fill('');
    await page.getByRole('button', { name: '30 日進める' }).click();
    await expect(clock).toHaveValue('2027-04-27T02:30');
    await expect(page.getByText('このブラウザーに保存済み')).toBeVisible();

    await page.reload();
    await expect(page.locator('.status-dot')).toHaveAttribute('data-status', 'ready');
    await showClock();
    await expect(clock).toHaveValue('2027-04-27T02:30');
  });
});
