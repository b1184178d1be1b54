'use client';
// A button that opens a menu. What draws the menu is fetched on demand; until then the button stands alone.
import { cloneElement, useState } from 'react';
import type { ActionMenuProps } from './action-menu-frame';
import { onDemand, useIsHere } from './on-demand';

const frame = onDemand(() => import('./action-menu-frame').then(({ ActionMenuFrame }) => ActionMenuFrame));

/** `target`, and a menu of `entries` once it is pressed. */
export function ActionMenu(props: ActionMenuProps) {
  const [wanted, setWanted] = useState(false);
  const isHere = useIsHere(frame, wanted);
  if (wanted && isHere) return <frame.Drawn {...props} />;
  return cloneElement(props.target, { onClick: () => setWanted(true), 'aria-haspopup': 'menu' });
}
