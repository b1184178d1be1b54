'use client';
// Parts that the first sight of a page does without. They are fetched once somebody is there and rests, or before where
// they are asked for.
import { createElement, useEffect, useSyncExternalStore, type ComponentType } from 'react';
import { whenSomebodyIsThere } from './when-somebody';

interface Part {
  /** Fetches it, unless it is here or on its way. */
  fetch: () => void;
  isHere: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

interface OnDemand<P> extends Part {
  /** Fetches it, and again until it is here. */
  want: () => void;
  /** Draws it, and nothing until it is here. */
  Drawn: ComponentType<P>;
}

/** A part that a person waits for and the server does not give is asked for again after this. */
const RETRY_MS = 1000;

/** A component that `load` fetches: once somebody is there and rests, or before where it is asked for. */
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
  const want = () => {
    if (here !== null) return;
    fetch();
    setTimeout(want, RETRY_MS);
  };
  whenSomebodyIsThere(fetch);
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
  return { ...part, want, Drawn };
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
