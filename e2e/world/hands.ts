/**
 * Hands without a mouse. What is worked with is gone to by Tab, as far from it as one is, and worked by the keys that
 * its kind answers to: a journey that uses these alone is one that somebody who cannot point can make.
 */
import { expect, type Locator } from '@playwright/test';

const STEPS_MAX = 400;

/** Where `element` is from what has the focus, in the order of Tab. */
const whereFromFocus = (element: Element): 'here' | 'before' | 'after' => {
  const at = document.activeElement;
  if (at === element) return 'here';
  if (at === null || at === document.body) return 'after';
  return (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 ? 'before' : 'after';
};

/** Goes to `target` by Tab, or by Shift and Tab where it is behind; waits until it can be used. */
export async function tabTo(target: Locator): Promise<void> {
  // The box of a switch or a radio has no size: the kit draws it beside.
  if (!(await target.evaluate((element) => element.matches('[type="checkbox"], [type="radio"]'))))
    await expect(target).toBeVisible();
  await expect(target).toBeEnabled();
  const { keyboard } = target.page();
  const way = await target.evaluate(whereFromFocus);
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    if ((await target.evaluate(whereFromFocus)) === 'here') return;
    await keyboard.press(way === 'before' ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Tab does not come to ${String(target)}`);
}

/** Presses a button, or follows a link. */
export async function press(target: Locator): Promise<void> {
  await tabTo(target);
  await target.press('Enter');
}

/** Writes `text` in the place of what is in a field. */
export async function write(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  await field.press('Control+a');
  if (text === '') await field.press('Delete');
  else await field.page().keyboard.type(text);
}

/** Chooses the option that is called `label`, or has it as its value, by arrows. */
export async function choose(select: Locator, label: string): Promise<void> {
  await tabTo(select);
  const steps = await select.evaluate((element, wanted) => {
    const { options, selectedIndex } = element as HTMLSelectElement;
    const to = [...options].findIndex(({ text, value }) => text === wanted || value === wanted);
    return to === -1 ? null : to - selectedIndex;
  }, label);
  if (steps === null) throw new Error(`${String(select)} has no option ${label}`);
  for (let step = 0; step < Math.abs(steps); step += 1)
    await select.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
}

/** Ticks a box, or takes the tick away. */
export async function tick(box: Locator, on = true): Promise<void> {
  await tabTo(box);
  if ((await box.isChecked()) !== on) await box.press('Space');
  await expect(box).toBeChecked({ checked: on });
}

/** Opens the menu of `button` and takes `item` of it, by arrows. */
export async function pick(button: Locator, item: Locator): Promise<void> {
  await press(button);
  await expect(item).toBeVisible();
  const entries = await item.page().getByRole('menu').locator('[role^="menuitem"]').count();
  for (let step = 0; step < entries; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await item.page().keyboard.press('ArrowDown');
  }
  await expect(item).toBeFocused();
  await item.press('Enter');
}

/** Goes to a radio by way of its group: by Tab to the one that is chosen, and from there by arrows. */
export async function turnTo(radio: Locator): Promise<void> {
  const name = await radio.evaluate((element) => (element as HTMLInputElement).name);
  const group = radio.page().locator(`input[type="radio"][name="${name}"]`);
  await tabTo(group.and(radio.page().locator(':checked')));
  for (let left = await group.count(); left > 0 && !(await radio.isChecked()); left -= 1)
    await radio.page().keyboard.press('ArrowRight');
  await expect(radio).toBeChecked();
}
