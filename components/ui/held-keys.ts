'use client';
// Keys that are pressed between asking for a layer (the palette, a dialog) and its being there. They are meant for the
// layer: on the page below, the Enter that follows would open a row, and the letters would run its commands.
import { useEffect, useRef } from 'react';

const never = () => false;

/**
 * While `held`, keys reach nothing of the page and `tell` is given their names; the browser's own commands pass, and
 * what is pressed where `isThere` says that it is the layer already.
 */
export function useHeldKeys(
  held: boolean,
  tell: (key: string) => void,
  isThere: (target: Element) => boolean = never,
): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!held) return undefined;
    const hold = (event: KeyboardEvent) => {
      // What is given to the layer again comes by here too.
      if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && isThere(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      latest.current(event.key);
    };
    window.addEventListener('keydown', hold, true);
    return () => window.removeEventListener('keydown', hold, true);
  }, [held, isThere]);
}

const setValue = (input: HTMLInputElement, value: string) => {
  // React notices a value only where it is set past its own setter.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Gives `input` the keys that were held for it, in their order, and those that are added meanwhile; takes them out. */
export async function replayInto(input: HTMLInputElement, keys: string[]): Promise<void> {
  for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
    if (key.length === 1) setValue(input, input.value + key);
    else if (key === 'Backspace') setValue(input, input.value.slice(0, -1));
    else input.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true }));
    // What the key changes is drawn before the next is read.
    await new Promise((drawn) => setTimeout(drawn, 0));
  }
}
