'use client';
// The way to the command palette, which is fetched on demand. What is typed before it is there is typed into it.
import { useEffect, useState } from 'react';
import { useHeldKeys } from '@/components/ui/held-keys';
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
  const [typed, setTyped] = useState<readonly string[]>([]);
  const isLate = !useIsHere(palette, asked > 0);
  useShortcut(isLate, onAsk);
  useHeldKeys(isLate && asked > 0, (key) => {
    if (key === 'Escape') {
      setTyped([]);
      onCancel();
    } else setTyped((keys) => [...keys, key]);
  });
  return <palette.Drawn asked={asked} typed={typed} />;
}
