'use client';
// The focus goes back to what opened a dialog, also where the dialog is taken away as a whole: the kit gives it back
// only to a dialog that stays and closes. A keyboard user would begin at the top of the page again.
import { useEffect } from 'react';

/** Remembers what has the focus while `opened` becomes true, and gives it back when that ends or the caller goes. */
export function useReturnFocus(opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined;
    const from = document.activeElement;
    return () => {
      // After the dialog is gone: while it is there it holds the focus.
      requestAnimationFrame(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && from instanceof HTMLElement && from.isConnected) from.focus();
      });
    };
  }, [opened]);
}
