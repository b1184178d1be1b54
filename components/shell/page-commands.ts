// What the page on the screen offers besides what is registered by key: its buttons and its files, by their names there.
// They are read when the palette opens, so that no button of any page can be forgotten in it.
import type { KeyBinding } from '@/components/ui/keys';

export interface PageCommand {
  label: string;
  /** Why it cannot be done now; undefined where it can. */
  disabledReason: string | undefined;
  run: () => void;
}

/** Buttons that only move, as headers that sort and pages of a list do, and the copying of each row. */
const NOT_LISTED = 'th *, nav *, tbody [aria-label^="Copy "]';

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The text of `element` as it is read out. */
function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return plain(copy.textContent);
}

/** A button of a row is named with its row: there is one in each. */
function labelOf(button: HTMLElement): string {
  const name = plain(button.getAttribute('aria-label') ?? textOf(button));
  const row = button.closest('tbody tr');
  const of = row?.querySelector('[data-row-link]') ?? row?.querySelector('td');
  return of === undefined || of === null || of.contains(button) ? name : `${name}: ${textOf(of)}`;
}

function reasonOf(button: HTMLElement): string | undefined {
  if (!button.matches(':disabled') && button.getAttribute('aria-disabled') !== 'true') return undefined;
  const described = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  const reason = plain(described?.textContent ?? button.title);
  return reason === '' ? 'It cannot be used now.' : reason;
}

const isShown = (button: HTMLElement): boolean => button.getClientRects().length > 0;

/** Every button and every file in `main` that none of `registered`, what the palette names already, stands for. */
export function pageCommands(main: Element | null, registered: readonly KeyBinding[]): PageCommand[] {
  const isNamed = (label: string) => {
    const start = label.replace(/…$/, '').toLowerCase();
    return registered.some((binding) => binding.label.toLowerCase().startsWith(start));
  };
  const hasKey = (button: Element) => {
    const key = button.getAttribute('aria-keyshortcuts');
    return key !== null && registered.some(({ keys }) => keys.includes(key));
  };
  return [...(main?.querySelectorAll<HTMLElement>('button, a[download]') ?? [])]
    .filter((button) => !button.matches(NOT_LISTED) && isShown(button) && !hasKey(button))
    .map((button) => ({
      label: labelOf(button),
      disabledReason: reasonOf(button),
      run: () => button.click(),
    }))
    .filter(({ label }) => label !== '' && !isNamed(label));
}
