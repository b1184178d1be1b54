'use client';
// The way to the command palette, which is fetched on demand. What is typed before it is there is typed into it.
import { useCallback, useEffect, useRef, useState } from 'react';
import { replayInto, useHeldKeys } from '@/components/ui/held-keys';
import { onDemand, useIsHere } from '@/components/ui/on-demand';

const palette = onDemand(() => import('./palette').then(({ Palette }) => Palette));

const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === 'KeyK';

/** Calls `open` at Ctrl+K or Cmd+K until the palette is there, which then listens itself. */
function useShortcut(on: boolean, open: () => void): void {
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [on, open]);
}

/** `asked` counts how often it was asked for; `onAsk` asks once more, `onCancel` takes back what was not answered. */
export function PaletteDoor(props: { asked: number; onAsk: () => void; onCancel: () => void }) {
  const { asked, onAsk, onCancel } = props;
  const typed = useRef<string[]>([]);
  const field = useRef<HTMLInputElement | null>(null);
  const [isGiven, setGiven] = useState(false);
  const isLate = !useIsHere(palette, asked > 0);
  useShortcut(isLate, onAsk);
  // Its code being here does not mean that it is drawn: keys are held until its input has all of them.
  useHeldKeys(asked > 0 && !isGiven, (key) => {
    if (key === 'Escape' && isLate) {
      typed.current = [];
      onCancel();
    } else if (field.current === null) typed.current.push(key);
    else void replayInto(field.current, [key]);
  });
  const give = useCallback(async (input: HTMLInputElement) => {
    await replayInto(input, typed.current);
    input.focus();
    field.current = input;
    setGiven(true);
  }, []);
  return <palette.Drawn asked={asked} onInput={give} />;
}
