/** What axe finds in a page, whatever its weight, in both schemes. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SCHEMES = ['light', 'dark'] as const;

/** A sentence for each rule that is broken; `within` narrows it to what a selector matches. */
export async function faultsOf(page: Page, where: string, within?: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode().options({
      resultTypes: ['violations'],
      // Only colours differ in the second.
      ...(colorScheme === 'light'
        ? { rules: { 'target-size': { enabled: true } } }
        : { runOnly: ['color-contrast'] }),
    });
    const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
    for (const { id, nodes } of violations)
      faults.push(
        `${where}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`,
      );
  }
  return faults;
}
