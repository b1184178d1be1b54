/** Whether the command palette has a page's actions by the names that they have on the page. */
import { expect, type Page } from '@playwright/test';

interface PageButton {
  name: string;
  /** The key that does the same, empty where there is none. */
  key: string;
}

/** In the page: its buttons and its files, but for those that sort, go to other pages, or copy what stands beside them. */
function buttonsOf(main: Element | SVGElement): PageButton[] {
  return [...main.querySelectorAll<HTMLElement>('button, a[download]')]
    .filter((button) => button.getClientRects().length > 0)
    .filter((button) => !button.matches('th *, nav *, [role="columnheader"] *, [aria-label^="Copy "]'))
    .map((button) => {
      const shown = button.cloneNode(true) as HTMLElement;
      for (const hidden of shown.querySelectorAll('[aria-hidden="true"], kbd')) hidden.remove();
      const name = button.getAttribute('aria-label') ?? shown.textContent;
      return {
        name: name.replace(/\s+/g, ' ').replace(/…$/, '').trim(),
        key: button.getAttribute('aria-keyshortcuts') ?? '',
      };
    });
}

/** The buttons of `page` that its palette does not name. */
export async function unnamed(page: Page): Promise<string[]> {
  const buttons = await page.getByRole('main').evaluate(buttonsOf);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('button').first()).toBeVisible();
  const entries = await palette.getByRole('button').evaluateAll((all) =>
    all.map((entry) => ({
      text: (entry.textContent ?? '').toLowerCase(),
      key: entry.querySelector('kbd')?.textContent ?? null,
    })),
  );
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  return buttons
    .filter(
      ({ name, key }) =>
        !entries.some(
          (entry) => entry.text.includes(name.toLowerCase()) || (key !== '' && entry.key === key),
        ),
    )
    .map(({ name }) => `"${name}"`);
}
