'use client';
// Every dialog. What draws it is fetched on demand: most visits to a page open none.
import type { ModalProps } from '@mantine/core';
import { useState } from 'react';
import { useHeldKeys } from './held-keys';
import { onDemand, useIsHere } from './on-demand';
import { useReturnFocus } from './return-focus';

const frame = onDemand(() => import('./dialog-frame').then(({ DialogFrame }) => DialogFrame));

/** A dialog that has the focus is drawn, also before React has heard of it. */
const isInDialog = (target: Element): boolean => target.closest('[aria-modal="true"]') !== null;

/** Mantine's Modal. Keys that come before it is drawn do nothing: no dialog is answered unseen, no page meant by them. */
export function Dialog(props: ModalProps) {
  const { opened, onClose } = props;
  useReturnFocus(opened);
  const [isDrawn, setDrawn] = useState(false);
  useIsHere(frame, opened);
  // Its code being here does not mean that it is drawn.
  const cancel = (key: string) => {
    if (key === 'Escape') onClose();
  };
  useHeldKeys(opened && !isDrawn, cancel, isInDialog);
  return <frame.Drawn {...props} onDrawn={setDrawn} />;
}
