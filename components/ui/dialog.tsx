'use client';
// Every dialog. What draws it is fetched on demand: most visits to a page open none.
import type { ModalProps } from '@mantine/core';
import { useHeldKeys } from './held-keys';
import { onDemand, useIsHere } from './on-demand';
import { useReturnFocus } from './return-focus';

const frame = onDemand(() => import('./dialog-frame').then(({ DialogFrame }) => DialogFrame));

/** Mantine's Modal. Keys that come before it is drawn do nothing: no dialog is answered unseen. */
export function Dialog(props: ModalProps) {
  const { opened, onClose } = props;
  useReturnFocus(opened);
  const isHere = useIsHere(frame, opened);
  useHeldKeys(opened && !isHere, (key) => {
    if (key === 'Escape') onClose();
  });
  return <frame.Drawn {...props} />;
}
