'use client';
// The key map: every action of a page is registered once, and the keyboard, the palette and the list of
// keys all read the same register. Without that, a key would do something that the help does not name.
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

export interface KeyBinding {
  /** `event.key` values: `j`, `ArrowDown`, `?`. Empty for an action that only the palette offers. */
  keys: readonly string[];
  /** What it does, as the palette and the help name it. */
  label: string;
  group: string;
  run: () => void;
  /** Why it cannot be done now; it is then shown and refused with this sentence. */
  disabledReason?: string | undefined;
  /** True for moves that make no sense as a command: they are in the help and not in the palette. */
  movement?: boolean;
}

type Refuse = (reason: string) => void;

/** By the order in which their components were first drawn. */
const layers = new Map<number, readonly KeyBinding[]>();
let drawn = 0;
const nextPlace = (): number => (drawn += 1);
const listeners = new Set<() => void>();
let snapshot: readonly KeyBinding[] = [];
const none: readonly KeyBinding[] = [];

function publish(): void {
  snapshot = [...layers].sort(([a], [b]) => a - b).flatMap(([, bindings]) => bindings);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const signature = (bindings: readonly KeyBinding[]): string =>
  JSON.stringify(bindings.map((b) => [b.keys, b.label, b.group, b.disabledReason, b.movement]));

/**
 * Registers `bindings` while the component is mounted. Of two on one key the inner one wins, and of two side by side the
 * later: the place is taken when a component is first drawn, which a parent is before its children. Effects run the
 * other way round, and by their order the frame's Escape would win over that of a panel in it after a full load.
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const [place] = useState(nextPlace);
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  const shape = signature(bindings);
  useLayoutEffect(() => {
    layers.set(
      place,
      latest.current.map((binding, i) => ({ ...binding, run: () => latest.current[i]?.run() })),
    );
    publish();
    return () => {
      layers.delete(place);
      publish();
    };
  }, [place, shape]);
}

/** What is registered now, oldest first. */
export function useRegisteredKeys(): readonly KeyBinding[] {
  return useSyncExternalStore(
    subscribe,
    () => snapshot,
    () => none,
  );
}

/** Those of the binding's keys that lead to it: of two on one key the last wins. */
export const keysInForce = (binding: KeyBinding, all: readonly KeyBinding[]): string[] =>
  binding.keys.filter((key) => all.findLast(({ keys }) => keys.includes(key)) === binding);

const EDITABLE =
  'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]';

const LAYER = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Keys that came while something was open over the page: it may have closed itself before the page hears of them. */
const overPage = new WeakSet<KeyboardEvent>();

const noteLayers = (event: KeyboardEvent): void => {
  if (document.querySelector(`${LAYER}, [aria-modal="true"]`) !== null) overPage.add(event);
};

function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(LAYER)) return true;
  if (event.key !== 'Escape' && target?.closest(EDITABLE)) return true;
  // It closes what is open over the page, also where that has lost the focus.
  if (event.key === 'Escape' && overPage.has(event)) return true;
  return document.querySelector('[aria-modal="true"]') !== null;
}

function handle(event: KeyboardEvent, refuse: Refuse): void {
  if (isTaken(event)) return;
  const target = event.target;
  if (event.key === 'Escape' && target instanceof HTMLElement && target.matches(EDITABLE)) {
    target.blur();
    return;
  }
  const binding = snapshot.findLast(({ keys }) => keys.includes(event.key));
  if (binding === undefined) return;
  // A focused button or link keeps its own Enter.
  if (event.key === 'Enter' && target instanceof Element && target.closest('a, button, summary')) return;
  event.preventDefault();
  if (binding.disabledReason === undefined) binding.run();
  else refuse(binding.disabledReason);
}

/** Listens for keys. Mount once; `refuse` is told why a key did nothing. */
export function useKeyListener(refuse: Refuse): void {
  const latest = useRef(refuse);
  useEffect(() => {
    latest.current = refuse;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event, latest.current);
    window.addEventListener('keydown', noteLayers, true);
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', noteLayers, true);
      window.removeEventListener('keydown', listen);
    };
  }, []);
}
