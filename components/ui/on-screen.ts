/** A page that nobody sees is given no frames: what waits for one there goes on after this. */
const NO_FRAME_MS = 60;

/**
 * Resolves once the browser has drawn what there is to draw now. To ask a server for something takes a browser
 * milliseconds: a page that asks for six things as it opens would be seen that much later.
 */
export function onScreen(): Promise<void> {
  return new Promise((resolve) => {
    const unseen = setTimeout(resolve, NO_FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(unseen);
      // A frame's callbacks run before it is drawn, the next task after it.
      setTimeout(resolve, 0);
    });
  });
}
