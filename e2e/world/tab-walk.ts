/**
 * A way through a page by Tab alone, as somebody without a mouse takes it: what it comes by, whether one sees where one
 * is, and what it never comes to. All of it is found in the page, so that a step costs one key press.
 */
import type { Page } from '@playwright/test';

export interface Walk {
  /** What a mouse can press and Tab never reaches. */
  missed: string[];
  /** What has the focus without showing it. */
  unseen: string[];
  /** What does something when it is clicked, and is no control. */
  mouseOnly: string[];
}

interface Walker {
  /** True once Tab has come round. */
  isRound: () => boolean;
  result: () => Walk;
}

declare global {
  interface Window {
    tabWalk?: Walker;
  }
}

/** Between two looks whether the walk is round: a look costs as much as a step. */
const STEPS = 12;
const STEPS_MAX = 1200;

/** In the page: follows the focus from now on, in what `within` matches. Nothing of this file can be reached from here. */
function follow(within: string): void {
  /** WCAG 1.4.11. */
  const CONTRAST_MIN = 3;
  const CONTROL =
    'a[href], button, input, select, textarea, summary, [tabindex], [role="button"], [role="link"], [role="tab"], [role="menuitem"], [role="checkbox"], [role="switch"], [role="option"]';
  const reached = new Set<Element>();
  const unseen = new Set<string>();
  let isRound = false;
  let seen = -1;

  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color: string): number[] => {
    if (pixel === null) return [0, 0, 0, 0];
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color: number[]): number => {
    const [r = 0, g = 0, b = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: number[], b: number[]): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  };
  const chain = (element: Element | null): Element[] =>
    element === null ? [] : [element, ...chain(element.parentElement)];
  const ground = (element: Element): number[] =>
    chain(element)
      .map((one) => rgba(getComputedStyle(one).backgroundColor))
      .find(([, , , alpha = 0]) => alpha > 127) ?? [255, 255, 255, 255];
  /** The contrast of the ring around `element`, 0 where there is none. */
  const ringOf = (element: Element): number => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return 0;
    return contrast(rgba(outlineColor), ground(element.parentElement ?? element));
  };

  const nameOf = (element: Element): string => {
    const text = element.getAttribute('aria-label') ?? (element as HTMLElement).innerText;
    return `${element.tagName.toLowerCase()} "${text.replace(/\s+/g, ' ').trim().slice(0, 60)}"`;
  };
  const isShown = (element: Element): boolean =>
    element.getClientRects().length > 0 &&
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[aria-hidden="true"], [inert]') === null;
  /** One of a group of radios stands for all: arrows lead on. */
  const isReached = (element: Element): boolean =>
    reached.has(element) ||
    (element instanceof HTMLInputElement &&
      element.type === 'radio' &&
      [...reached].some(
        (other) => other instanceof HTMLInputElement && other.type === 'radio' && other.name === element.name,
      ));

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    if (reached.has(target)) isRound = true;
    reached.add(target);
    // The kit shows some rings on what it draws beside a hidden box, or around an input with a button in it.
    const drawn = [target, target.nextElementSibling, target.parentElement].filter((one) => one !== null);
    const ring = Math.max(...drawn.map(ringOf));
    if (ring < CONTRAST_MIN) unseen.add(`${nameOf(target)}, ${ring.toFixed(1)} to 1`);
  });

  const result = () => {
    const root = document.querySelector(within) ?? document.body;
    const controls = [...root.querySelectorAll(CONTROL)].filter(
      (one) => isShown(one) && !one.matches(':disabled, main'),
    );
    const clicked = [...root.querySelectorAll('main *, header *, nav *')].filter((one) => {
      const key = Object.keys(one).find((name) => name.startsWith('__reactProps$'));
      const props = key === undefined ? {} : (one as unknown as Record<string, Record<string, unknown>>)[key];
      return (
        props !== undefined &&
        ['onClick', 'onMouseDown', 'onPointerDown', 'onDoubleClick'].some(
          (on) => typeof props[on] === 'function',
        )
      );
    });
    const isWithin = (one: Element) =>
      one.closest(CONTROL)?.matches(':not(main)') === true ||
      one.querySelector(CONTROL) !== null ||
      one.matches('label');
    return {
      missed: controls.filter((one) => !isReached(one)).map(nameOf),
      unseen: [...unseen],
      mouseOnly: clicked.filter((one) => isShown(one) && !isWithin(one)).map(nameOf),
    };
  };
  const isOver = () => {
    // Where there is a single control, Tab stays on it and nothing is told.
    const isStuck = reached.size === seen;
    seen = reached.size;
    return isRound || isStuck || document.activeElement === document.body;
  };
  window.tabWalk = { isRound: isOver, result };
}

/** Walks on in `page`, or in what `within` matches, until Tab comes round; waits first until the page lives. */
export async function walk(page: Page, within = 'body'): Promise<Walk> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('h1') ?? {}).some((name) => name.startsWith('__reactProps$')),
  );
  await page.evaluate(follow, within);
  for (let steps = 0; steps < STEPS_MAX; steps += STEPS) {
    for (let step = 0; step < STEPS; step += 1) await page.keyboard.press('Tab');
    if (await page.evaluate(() => window.tabWalk?.isRound() ?? true)) break;
  }
  return page.evaluate(() => window.tabWalk?.result() ?? { missed: [], unseen: [], mouseOnly: [] });
}
