'use client';
// Parts that the first sight of a page does without. They are fetched soon after the first sign of a person (a pointer
// that moves, a key, a finger), so that they are here before a hand reaches them; a page that is opened and only looked
// at pays nothing for them, and the page behind a first click does not wait for them.
import { createElement, useEffect, useSyncExternalStore, type ComponentType } from 'react';

interface Part {
  /** Fetches it, unless it is here or on its way. */
  fetch: () => void;
  isHere: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

interface OnDemand<P> extends Part {
  /** Draws it, and nothing until it is here. */
  Drawn: ComponentType<P>;
}

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown'] as const;
/** A part that a person waits for and the server does not give is asked for again after this. */
const RETRY_MS = 1000;

/** After the first sign: as long as the page behind a click takes to come. */
const AFTER_SIGN_MS = 400;

const parts = new Set<() => void>();
let isSomebodyThere = false;

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run);
  else setTimeout(run, 0);
}

function welcome(): void {
  for (const sign of SIGNS) window.removeEventListener(sign, welcome, true);
  setTimeout(() => {
    isSomebodyThere = true;
    for (const fetch of parts) whenIdle(fetch);
  }, AFTER_SIGN_MS);
}

if (typeof window !== 'undefined')
  for (const sign of SIGNS) window.addEventListener(sign, welcome, { capture: true, passive: true });

/** A component that `load` fetches: at the first sign of a person, or before where it is asked for. */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>): OnDemand<P> {
  let here: ComponentType<P> | null = null;
  let isOnItsWay = false;
  const listeners = new Set<() => void>();
  const fetch = () => {
    if (here !== null || isOnItsWay) return;
    isOnItsWay = true;
    load()
      .then((component) => {
        here = component;
        for (const listener of listeners) listener();
      })
      // The line is cut, or the server was replaced: who needs it asks again.
      .catch(() => undefined)
      .finally(() => {
        isOnItsWay = false;
      });
  };
  parts.add(fetch);
  if (isSomebodyThere) whenIdle(fetch);
  const part: Part = {
    fetch,
    isHere: () => here !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const Drawn = (props: P) => {
    useIsHere(part, false);
    return here === null ? null : createElement(here, props);
  };
  return { ...part, Drawn };
}

const never = () => false;

/** True once it is here; where `wanted`, it is fetched now and until it comes. */
export function useIsHere(part: Part, wanted: boolean): boolean {
  const isHere = useSyncExternalStore(part.subscribe, part.isHere, never);
  const isMissed = wanted && !isHere;
  useEffect(() => {
    if (!isMissed) return undefined;
    part.fetch();
    const again = setInterval(part.fetch, RETRY_MS);
    return () => clearInterval(again);
  }, [part, isMissed]);
  return isHere;
}
