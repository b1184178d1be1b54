'use client';
// The buttons of a decision go once it is made, and the focus would fall to the top of the page: somebody at the keys
// would begin there again. It goes on to what came of the decision.
import { useEffect } from 'react';

/** The id of the region that shows the replay of an approval. */
export const REPLAY_ID = 'review-replay';

/** How long a dialog may take to close. */
const CLOSING_MS_MAX = 3000;

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** It is no stop of Tab: it can be focused from here alone. */
function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0) element.tabIndex = -1;
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}

/** When the caller goes and its page stays: to the replay, else to the page's heading, unless the focus is somewhere. */
export function useFocusOnward(): void {
  useEffect(() => {
    const page = window.location.pathname;
    return () => {
      const until = performance.now() + CLOSING_MS_MAX;
      // While the dialog that asked is still there, it holds the focus.
      const go = (): void => {
        if (window.location.pathname !== page || performance.now() > until) return;
        if (document.querySelector('[role="dialog"]') !== null) requestAnimationFrame(go);
        else if (isLost()) {
          const next = document.getElementById(REPLAY_ID) ?? document.querySelector('h1');
          if (next !== null) focusOn(next);
        }
      };
      requestAnimationFrame(go);
    };
  }, []);
}
